//! A complaint that arrives while its participant is destroyed, on both databases: whichever comes first, the other finds out (L34).
//!
//! Each side is taken to the point at which it has decided and has not committed, so that nothing is left to chance.

use jiff::{Timestamp, civil::date};
use redress_store::{Document, Settings};
use redress_testkit::{
    Backend, backends,
    database::{self, Opened},
    wait,
};

use super::*;

const PARTICIPANT: ParticipantId = Id::new(Uuid::from_u128(7));

const ORGANISATION: &str = "INSERT INTO organisations (organisation_id, recorded_by, kind, display_name, version, revision, created_at) \
     VALUES ($1, $1, 'PROVIDER', 'Prime', 1, 1, $2)";

const CONTRACT: &str = "INSERT INTO contracts (contract_id, reference, state, version, revision, created_at) \
     VALUES ($1, 'C-1', $3, 1, 1, $2)";

const PERSON: &str = "INSERT INTO participants (participant_id, contract_id, organisation_id, reference, explained, state, key_id, \
     version, revision, created_at) VALUES ($4, $1, $1, 'P-1', TRUE, $3, $1, 1, 1, $2)";

const COMPLAINT: &str = "INSERT INTO complaints (complaint_id, contract_id, participant_id, organisation_id, case_reference, fingerprint, \
     stage, stage_number, received_on, persons_complained_about, state, key_id, version, revision, created_at, updated_at) \
     VALUES ($1, $1, $4, $1, 'R-1', $5, 'RECEIVED', 1, $6, $3, $3, $1, 1, 1, $2, $2)";

/// A database with one participant in it.
async fn place(backend: &Backend) -> Opened {
    // Whoever waits here waits for as long as it takes.
    let (lock, statement, idle) = Default::default();
    let settings = Settings { lock, statement, idle, ..Settings::default() };
    let lists = [redress_journal::MIGRATIONS, redress_disposal::MIGRATIONS, crate::MIGRATIONS];
    let place = Opened::on(backend, settings, &lists).await.expect("a database");
    let mut tx = place.db.write().await.expect("to write");
    let (id, at, empty) =
        (PARTICIPANT.uuid(), Timestamp::UNIX_EPOCH, Document::of(&[(); 0], "state").expect("a document"));
    tx.query(ORGANISATION).bind(id).bind(at).execute().await.expect("an organisation");
    tx.query(CONTRACT).bind(id).bind(at).bind(empty.clone()).execute().await.expect("a contract");
    tx.query(PERSON).bind(id).bind(at).bind(empty).bind(id).execute().await.expect("a participant");
    tx.commit().await.expect("to be kept");
    place
}

/// What registering a complaint writes.
async fn register(tx: &mut Tx) -> Result<u64, DbError> {
    let (id, at, empty) =
        (Uuid::from_u128(7), Timestamp::UNIX_EPOCH, Document::of(&[(); 0], "state").expect("a document"));
    let complaint = tx.query(COMPLAINT).bind(id).bind(at).bind(empty).bind(PARTICIPANT);
    complaint.bind(vec![1_u8]).bind(date(2022, 3, 7)).execute().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_that_came_first_keeps_its_participant() {
    for backend in backends() {
        let place = place(&backend).await;
        let mut first = place.db.write_in_snapshot().await.expect("to write");
        register(&mut first).await.expect("a complaint");
        let db = place.db.clone();
        let mut orders = tokio::task::JoinSet::new();
        let order = orders.spawn(async move {
            let mut tx = db.write().await.expect("to write");
            let standing = CasesAndPeople.standing(&mut tx, &PARTICIPANT.name()).await;
            tx.commit().await.expect("to be kept");
            standing.expect("a standing")
        });
        if matches!(backend, Backend::Postgres(_)) {
            wait::until_async("the order to wait for the complaint", || async {
                database::someone_waits(&place.db).await.expect("to look") || order.is_finished()
            })
            .await;
        }
        first.commit().await.expect("to be kept");
        assert_eq!(orders.join_all().await, [Standing::Open], "{}", backend.name());
        let mut tx = place.db.read().await.expect("to look");
        let known_by = tx
            .query(ended::SELECT_REFERENCE)
            .bind(PARTICIPANT)
            .one(|row| row.get::<String>("reference"))
            .await;
        assert_eq!(known_by.as_deref(), Ok("P-1"), "{}", backend.name());
        drop(tx);
        place.leave().await.expect("to be removed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_that_comes_second_does_not_bring_its_participant_back() {
    for backend in backends() {
        // On SQLite nobody else writes until the order is taken.
        let Backend::Postgres(_) = &backend else { continue };
        let place = place(&backend).await;
        let mut second = place.db.write_in_snapshot().await.expect("to write");
        let known_by =
            second.query(ended::SELECT_REFERENCE).bind(PARTICIPANT).one(|row| row.get::<String>("reference"));
        assert_eq!(known_by.await.as_deref(), Ok("P-1"), "it has decided on what it saw");
        let mut first = place.db.write().await.expect("to write");
        let subject = PARTICIPANT.name();
        let standing = CasesAndPeople.standing(&mut first, &subject).await;
        assert_eq!(standing.expect("a standing"), Standing::Closed);
        CasesAndPeople.take_out(&mut first, &subject).await.expect("to be taken out");
        first.commit().await.expect("to be kept");
        let late = register(&mut second).await;
        assert!(matches!(late, Err(DbError::Conflict(_))), "it decides again: {late:?}");
        drop(second);
        place.leave().await.expect("to be removed");
    }
}
