//! Reads that are asked at the same time: answered together, each asker alone with its answer and its failure.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures::future::join_all;
use redress_store::{DbError, Gather, Glance, Reading, Tx};

use crate::fixture::{add, name, on_both};

/// Looks versions of things up, and counts how often it was sent.
#[derive(Clone, Default)]
struct Versions {
    groups: Arc<AtomicUsize>,
}

const SELECT: &str = "SELECT version FROM things WHERE version IN ({keys})";

/// Stands for a question whose row is damaged.
const DAMAGED: i64 = -1;
/// Stands for a mistake in the reading itself.
const PANICS: i64 = -2;

impl Reading for Versions {
    type Question = i64;
    type Answer = bool;

    async fn at_hand(&self, _: &mut Glance, questions: &[i64]) -> Result<Vec<Option<bool>>, DbError> {
        Ok(vec![None; questions.len()])
    }

    async fn answer(&self, tx: &mut Tx, questions: &[i64]) -> Result<Vec<bool>, DbError> {
        self.groups.fetch_add(1, Ordering::Relaxed);
        assert!(!questions.contains(&PANICS), "a mistake");
        if questions.contains(&DAMAGED) {
            return Err(DbError::Inconsistent {
                table: "things".to_owned(),
                column: "version".to_owned(),
                reason: "is damaged",
            });
        }
        let found: Vec<i64> = tx.query(SELECT).keys(questions.to_vec()).all(|row| row.get("version")).await?;
        Ok(questions.iter().map(|question| found.contains(question)).collect())
    }
}

#[tokio::test]
async fn questions_that_wait_share_a_transaction() {
    on_both(async |db| {
        add(&db, 7).await.unwrap();
        let versions = Versions::default();
        let gather = Gather::start(&db, versions.clone());
        let answers = join_all((0..100).map(|number| gather.ask(number))).await;
        for (number, answer) in answers.into_iter().enumerate() {
            assert_eq!(answer, Ok(number == 7), "{number} on {}", name(&db));
        }
        let groups = versions.groups.load(Ordering::Relaxed);
        assert!(groups <= 10, "{groups} groups for 100 questions on {}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn an_answer_knows_of_everything_that_was_durable_when_it_was_asked_for() {
    on_both(async |db| {
        let gather = Gather::start(&db, Versions::default());
        for number in 1..50 {
            add(&db, number).await.unwrap();
            let others = join_all((1000..1010).map(|other| gather.ask(other)));
            let (answer, _) = futures::future::join(gather.ask(number), others).await;
            assert_eq!(answer, Ok(true), "{number} on {}", name(&db));
        }
    })
    .await;
}

#[tokio::test]
async fn a_damaged_row_fails_its_own_asker_only() {
    on_both(async |db| {
        add(&db, 7).await.unwrap();
        let gather = Gather::start(&db, Versions::default());
        let answers = join_all([7, DAMAGED, 8].map(|number| gather.ask(number))).await;
        assert_eq!(answers[0], Ok(true), "{}", name(&db));
        assert!(matches!(answers[1], Err(DbError::Inconsistent { .. })), "{:?}", answers[1]);
        assert_eq!(answers[2], Ok(false), "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn a_lane_outlives_a_panic() {
    on_both(async |db| {
        add(&db, 7).await.unwrap();
        let gather = Gather::start(&db, Versions::default());
        for _ in 0..5 {
            assert!(matches!(gather.ask(PANICS).await, Err(DbError::Unavailable(_))), "{}", name(&db));
        }
        assert_eq!(gather.ask(7).await, Ok(true), "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn whoever_asks_while_the_database_is_away_hears_so() {
    on_both(async |db| {
        let gather = Gather::start(&db, Versions::default());
        assert_eq!(gather.ask(1).await, Ok(false));
        db.close().await;
        let answers = join_all((0..100).map(|number| gather.ask(number))).await;
        for answer in answers {
            assert!(matches!(answer, Err(DbError::Unavailable(_))), "{answer:?} on {}", name(&db));
        }
    })
    .await;
}
