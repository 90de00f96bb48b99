//! An examination that is opened while what was learned of its complaint is destroyed, on both databases: whichever comes first, the other finds out
//! (L34).
//!
//! Each side is taken to the point at which it has decided and has not committed, so that nothing is left to chance.

use ice_liaison_domain::{ContractId, OrganisationId, examination::State};
use jiff::Timestamp;
use redress_journal::shell::World as _;
use redress_store::{Document, Settings};
use redress_testkit::{
    Backend, backends,
    database::{self, Opened},
    wait,
};
use uuid::Uuid;

use super::*;
use crate::world::World;

const COMPLAINT: ComplaintId = Id::new(Uuid::from_u128(7));
const EXAMINATION: ExaminationId = Id::new(Uuid::from_u128(8));
const CONTRACT: ContractId = Id::new(Uuid::from_u128(9));
const PRIME: OrganisationId = Id::new(Uuid::from_u128(10));

const CASE: &str = "INSERT INTO case_records (complaint_id, contract_id, organisation_id, state, revision) \
     VALUES ($1, $2, $3, $4, 1)";

/// What the state of an examination that is under way says of it.
const LIVE: &str = "UPDATE examinations SET is_live = TRUE WHERE examination_id = $1";

/// A database in which something is known of one complaint.
async fn place(backend: &Backend) -> Opened {
    // Whoever waits here waits for as long as it takes.
    let (lock, statement, idle) = Default::default();
    let settings = Settings { lock, statement, idle, ..Settings::default() };
    let lists = [
        redress_journal::MIGRATIONS,
        redress_chain::MIGRATIONS,
        redress_disposal::MIGRATIONS,
        crate::MIGRATIONS,
    ];
    let place = Opened::on(backend, settings, &lists).await.expect("a database");
    let mut tx = place.db.write().await.expect("to write");
    let known = Document::of(&[(); 0], "state").expect("a document");
    let case = tx.query(CASE).bind(COMPLAINT).bind(CONTRACT).bind(PRIME).bind(known);
    case.execute().await.expect("a case");
    tx.commit().await.expect("to be kept");
    place
}

/// What opening an examination writes.
async fn open(tx: &mut Tx) -> Result<(), DbError> {
    let mut world = World::new();
    let at = Timestamp::UNIX_EPOCH;
    let opened = Examination {
        id: EXAMINATION,
        complaint: COMPLAINT,
        contract: CONTRACT,
        organisation: PRIME,
        reference: None,
        state: State::Unopened,
        key: Uuid::from_u128(11),
        version: 1,
        revision: 0,
        created_at: at,
        updated_at: at,
    };
    world.examinations.put(EXAMINATION, opened);
    world.flush(tx).await?;
    tx.query(LIVE).bind(EXAMINATION).execute().await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_examination_that_came_first_keeps_its_complaint() {
    for backend in backends() {
        let place = place(&backend).await;
        let mut first = place.db.write_in_snapshot().await.expect("to write");
        open(&mut first).await.expect("an examination");
        let db = place.db.clone();
        let mut orders = tokio::task::JoinSet::new();
        let order = orders.spawn(async move {
            let mut tx = db.write().await.expect("to write");
            let standing = ExaminationsAndCases.standing(&mut tx, &COMPLAINT.name()).await;
            tx.commit().await.expect("to be kept");
            standing.expect("a standing")
        });
        if matches!(backend, Backend::Postgres(_)) {
            wait::until_async("the order to wait for the examination", || async {
                database::someone_waits(&place.db).await.expect("to look") || order.is_finished()
            })
            .await;
        }
        first.commit().await.expect("to be kept");
        assert_eq!(orders.join_all().await, [Standing::Open], "{}", backend.name());
        place.leave().await.expect("to be removed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_examination_that_comes_second_is_not_opened_over_what_is_gone() {
    for backend in backends() {
        // On SQLite nobody else writes until the order is taken.
        let Backend::Postgres(_) = &backend else { continue };
        let place = place(&backend).await;
        let mut second = place.db.write_in_snapshot().await.expect("to write");
        let known = ended::known(&mut second, COMPLAINT).await.expect("to look");
        assert_eq!(known, Some((CONTRACT, PRIME)), "it has decided on what it saw");
        let mut first = place.db.write().await.expect("to write");
        let subject = COMPLAINT.name();
        let standing = ExaminationsAndCases.standing(&mut first, &subject).await;
        assert_eq!(standing.expect("a standing"), Standing::Closed);
        ExaminationsAndCases.take_out(&mut first, &subject).await.expect("to be taken out");
        first.commit().await.expect("to be kept");
        let late = open(&mut second).await;
        assert!(matches!(late, Err(DbError::Conflict(_))), "it decides again: {late:?}");
        drop(second);
        place.leave().await.expect("to be removed");
    }
}
