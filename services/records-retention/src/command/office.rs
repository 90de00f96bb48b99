//! Where commands are tried: a contract that ended, and two processes that keep its records.

use std::sync::Arc;

use jiff::Timestamp;
use prost::{Message as _, Name as _};
use records_retention_domain::{Actor, ContractId, OrganisationId, Refusal};
use redress_journal::{
    Actor as By, Failure, Hint, Shell,
    append::Origin,
    entry::{Content, Entry},
    shell::{self, inside::carry_out},
};
use redress_kernel::Id;
use redress_policy::{Calendars, Library, Rulebook};
use redress_proto::{supply_chain::v1 as chain, r#type::v1::CivilDate};
use redress_store::{Db, DbError, Settings, Tx};
use redress_testkit::{Backend, CountingIds, StillClock, database::Scratch};
use tempfile::TempDir;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use super::case::{News, TakeIn};
use crate::world::World;

pub(super) const PRIME: OrganisationId = Id::new(Uuid::from_u128(1));
pub(super) const CONTRACT: ContractId = Id::new(Uuid::from_u128(3));
const DEPARTMENT: OrganisationId = Id::new(Uuid::from_u128(2));

/// Everything under the contract is due, and the calendars still reach.
const PROPOSED: &str = "2028-07-03T09:00:00Z";
/// Days after the last one of the veto; two, so that the pace of a day is never what decides.
const ORDERED: [&str; 2] = ["2028-07-06T09:00:00Z", "2028-07-07T09:00:00Z"];

/// Two shells over one database, and a clock.
pub(super) struct Office {
    pub(super) parts: shell::Parts,
    pub(super) rulebook: Rulebook,
    clock: Arc<StillClock>,
    shells: [Shell<World>; 2],
    scratch: Option<Scratch>,
    _folder: TempDir,
}

impl Office {
    /// Over a database of its own.
    pub(super) async fn on(backend: &Backend) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (url, scratch) = match backend {
            Backend::Sqlite => (format!("sqlite:{}/records.db", folder.path().display()), None),
            Backend::Postgres(administrator) => {
                let scratch = Scratch::create(administrator).await.expect("a database");
                (scratch.url.clone(), Some(scratch))
            }
        };
        let db = Db::open(&url, Settings::default()).await.expect("a database");
        let lists = [
            redress_journal::MIGRATIONS,
            redress_chain::MIGRATIONS,
            redress_disposal::MIGRATIONS,
            crate::MIGRATIONS,
        ];
        db.migrate(&lists).await.expect("a schema");
        let mut tx = db.write().await.expect("to write");
        assert!(redress_chain::learn(&mut tx, &contract()).await.expect("a contract"));
        tx.commit().await.expect("to be kept");
        let clock = Arc::new(StillClock::at(PROPOSED));
        let parts = shell::Parts {
            db,
            clock: clock.clone(),
            ids: Arc::new(CountingIds::new()),
            hint: Hint::new(),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        let library = Arc::new(Library::embedded().expect("packs"));
        let calendars = Arc::new(Calendars::embedded().expect("calendars"));
        let shells = [(); 2].map(|()| Shell::start(&parts, shell::Settings::default()));
        let rulebook = Rulebook { library, calendars };
        Self { parts, rulebook, clock, shells, scratch, _folder: folder }
    }

    /// Moves to the day on which disposals are proposed.
    pub(super) fn propose(&self) {
        self.clock.move_to(instant(PROPOSED));
    }

    /// Moves to a day on which they are ordered; another one each time.
    pub(super) fn order(&self, round: u64) {
        self.clock.move_to(instant(ORDERED[usize::from(round.is_multiple_of(2))]));
    }

    /// Carries a command out through one of the processes. One that lost every race is asked again, as its caller would.
    pub(super) async fn submit<C>(
        &self,
        process: usize,
        lane: Uuid,
        command: impl Fn() -> C,
    ) -> Result<C::Answer, Refusal>
    where
        C: shell::Command<World, Refusal = Refusal> + Send + Sync + 'static,
        C::Answer: Send,
    {
        let by = By { organisation: Some(PRIME.uuid()), subject: "test".to_owned() };
        loop {
            let mut call = shell::Call::new(by.clone(), command());
            call.partition = Some(lane);
            match self.shells[process].submit(call).await {
                Ok(answer) => return Ok(answer),
                Err(Failure::Refused(refusal)) => return Err(refusal),
                Err(Failure::LostRace | Failure::Overloaded | Failure::Unavailable) => {
                    tokio::task::yield_now().await;
                }
                Err(other) => panic!("{other:?}"),
            }
        }
    }

    /// A transaction of one's own, as a follower has; again where no connection was free in time.
    pub(super) async fn write(&self) -> Tx {
        loop {
            match self.parts.db.write().await {
                Ok(tx) => return tx,
                Err(DbError::Unavailable(_)) => tokio::task::yield_now().await,
                Err(error) => panic!("{error:?}"),
            }
        }
    }

    /// An id that nothing has.
    pub(super) fn fresh<K>(&self) -> Id<K> {
        Id::fresh(self.parts.ids.as_ref())
    }

    /// Lets go of the database.
    pub(super) async fn close(self) {
        self.parts.stop.cancel();
        self.parts.tasks.close();
        self.parts.tasks.wait().await;
        self.parts.db.close().await;
        if let Some(scratch) = self.scratch {
            scratch.remove().await.expect("to be removed");
        }
    }
}

/// Takes news in as a follower does: in a transaction of its own, again where others were first.
pub(super) async fn take_in(office: &Office, news: News) {
    let parts = &office.parts;
    let command = TakeIn { rulebook: office.rulebook.clone(), news, ids: parts.ids.clone() };
    loop {
        let mut tx = office.write().await;
        let now = parts.clock.now();
        let done =
            carry_out::<World, _>(&mut tx, &command, Origin::of_suite(), parts.ids.as_ref(), now).await;
        let done = match done {
            Ok(done) => {
                done.expect("no refusal");
                tx.commit().await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => return,
            Err(DbError::Conflict(_) | DbError::Unavailable(_)) => tokio::task::yield_now().await,
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// A person of the prime.
pub(super) fn person(subject: &str) -> Actor {
    Actor { organisation: Some(PRIME), subject: subject.to_owned() }
}

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// The entry by which the complaints service tells of the contract.
fn contract() -> Entry {
    let recorded = chain::ContractRecorded {
        contract: CONTRACT.name(),
        programme: "jets-scotland".to_owned(),
        holder: PRIME.name(),
        commissioner: DEPARTMENT.name(),
        effective_on: Some(CivilDate { year: 2022, month: 3, day: 1 }),
        end_on: Some(CivilDate { year: 2022, month: 6, day: 30 }),
        pack: Some(chain::PackReference { id: "jets-scotland".to_owned(), version: "2022-02-25".to_owned() }),
        ..chain::ContractRecorded::default()
    };
    let content = Content {
        entry_id: Uuid::from_u128(8).to_string(),
        stream_kind: "contracts".to_owned(),
        stream_id: CONTRACT.uuid().to_string(),
        version: 1,
        entry_type: chain::ContractRecorded::full_name(),
        payload: recorded.encode_to_vec(),
        ..Content::default()
    };
    Entry::parse(1, content.encode_to_vec(), String::new()).expect("an entry")
}
