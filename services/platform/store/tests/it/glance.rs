//! A look without a transaction: it sees what is durable, each statement anew, and can change nothing.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures::future::join_all;
use redress_store::{DbError, Gather, Glance, Reading, Tx};
use uuid::Uuid;

use crate::fixture::{ADD, add, count, name, on_both};

const SELECT: &str = "SELECT version FROM things WHERE version IN ({keys})";

#[tokio::test]
async fn each_statement_sees_what_is_durable_by_then() {
    on_both(async |db| {
        let mut glance = db.glance().await.unwrap();
        for number in 1..10 {
            add(&db, number).await.unwrap();
            let found: Vec<i64> =
                glance.query(SELECT).keys([number]).all(|row| row.get("version")).await.unwrap();
            assert_eq!(found, [number], "{}", name(&db));
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_is_written_at_a_glance() {
    on_both(async |db| {
        let mut glance = db.glance().await.unwrap();
        let refused = glance.query(ADD).bind(Uuid::nil()).bind(1_i64).execute().await;
        assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?} on {}", name(&db));
        let after = glance.query(SELECT).keys([1_i64]).all(|row| row.get::<i64>("version")).await;
        assert!(after.is_err(), "nothing follows a statement that failed, on {}", name(&db));
        drop(glance);
        assert_eq!(count(&db).await, 0, "{}", name(&db));
    })
    .await;
}

/// Sees even numbers at a glance, and counts what it must look at longer.
#[derive(Clone, Default)]
struct Even {
    longer: Arc<AtomicUsize>,
    blind: bool,
}

impl Reading for Even {
    type Question = i64;
    type Answer = &'static str;

    async fn at_hand(
        &self,
        glance: &mut Glance,
        questions: &[i64],
    ) -> Result<Vec<Option<&'static str>>, DbError> {
        if self.blind {
            glance.query("SELECT nothing FROM nowhere").execute().await?;
        }
        Ok(questions.iter().map(|question| (question % 2 == 0).then_some("at a glance")).collect())
    }

    async fn answer(&self, _: &mut Tx, questions: &[i64]) -> Result<Vec<&'static str>, DbError> {
        self.longer.fetch_add(questions.len(), Ordering::Relaxed);
        Ok(questions.iter().map(|_| "in a transaction").collect())
    }
}

#[tokio::test]
async fn what_is_at_hand_takes_no_transaction_and_the_rest_does() {
    on_both(async |db| {
        let even = Even::default();
        let gather = Gather::start(&db, even.clone());
        let answers = join_all((0..40).map(|number| gather.ask(number))).await;
        for (number, answer) in answers.into_iter().enumerate() {
            let expected = if number % 2 == 0 { "at a glance" } else { "in a transaction" };
            assert_eq!(answer, Ok(expected), "{number} on {}", name(&db));
        }
        assert_eq!(even.longer.load(Ordering::Relaxed), 20, "{}", name(&db));
    })
    .await;
}

#[tokio::test]
async fn a_look_that_fails_is_made_up_for() {
    on_both(async |db| {
        let gather = Gather::start(&db, Even { blind: true, ..Even::default() });
        assert_eq!(gather.ask(2).await, Ok("in a transaction"), "{}", name(&db));
    })
    .await;
}
