//! Where commands are tried: a contract that ended, and two processes that keep its records.

use std::sync::Arc;

use jiff::{Timestamp, civil::date};
use prost::{Message as _, Name as _};
use records_retention_domain::{
    Actor, ContractId, ErasureRequestId, HoldReason, OrganisationId, PartId, ParticipantId, RecordId,
    Refusal,
    erasure::Receipt,
    record::{Holder, Part},
};
use redress_journal::{
    Actor as By, Failure, Hint, Shell,
    append::Origin,
    entry::{Content, Entry},
    shell::{self, inside::carry_out},
};
use redress_kernel::Id;
use redress_policy::{Calendars, Library, Rulebook};
use redress_proto::{supply_chain::v1 as chain, r#type::v1::CivilDate};
use redress_store::{DbError, Settings, Tx};
use redress_testkit::{Backend, CountingIds, StillClock, database::Opened};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use super::{
    case::{News, TakeIn},
    erasure::Receive,
};
use crate::{
    store::{self, record::Record},
    world::World,
};

pub(crate) const PRIME: OrganisationId = Id::new(Uuid::from_u128(1));
pub(crate) const CONTRACT: ContractId = Id::new(Uuid::from_u128(3));
pub(crate) const ANOTHER: ContractId = Id::new(Uuid::from_u128(4));
const DEPARTMENT: OrganisationId = Id::new(Uuid::from_u128(2));

/// Everything under the contract is due, and the calendars still reach.
const PROPOSED: &str = "2028-07-03T09:00:00Z";
/// Days after the last one of the veto; two, so that the pace of a day is never what decides.
const ORDERED: [&str; 2] = ["2028-07-06T09:00:00Z", "2028-07-07T09:00:00Z"];

/// Two shells over one database, and a clock.
pub(crate) struct Office {
    pub(crate) parts: shell::Parts,
    pub(crate) rulebook: Rulebook,
    clock: Arc<StillClock>,
    shells: [Shell<World>; 2],
    place: Opened,
}

impl Office {
    /// Over a database of its own.
    pub(crate) async fn on(backend: &Backend) -> Self {
        let lists = [
            redress_journal::MIGRATIONS,
            redress_chain::MIGRATIONS,
            redress_disposal::MIGRATIONS,
            crate::MIGRATIONS,
        ];
        let place = Opened::on(backend, Settings::default(), &lists).await.expect("a database");
        let mut tx = place.db.write().await.expect("to write");
        for told in [contract(CONTRACT), contract(ANOTHER)] {
            assert!(redress_chain::learn(&mut tx, &told).await.expect("a contract"));
        }
        tx.commit().await.expect("to be kept");
        let clock = Arc::new(StillClock::at(PROPOSED));
        let parts = shell::Parts {
            db: place.db.clone(),
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
        Self { parts, rulebook, clock, shells, place }
    }

    /// Moves to the day on which disposals are proposed.
    pub(crate) fn propose(&self) {
        self.clock.move_to(instant(PROPOSED));
    }

    /// Moves to a day on which they are ordered; another one each time.
    pub(crate) fn order(&self, round: u64) {
        self.clock.move_to(instant(ORDERED[usize::from(round.is_multiple_of(2))]));
    }

    /// Carries a command out through one of the processes. One that lost every race is asked again, as its caller would.
    pub(crate) async fn submit<C>(
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
    pub(crate) async fn write(&self) -> Tx {
        loop {
            match self.parts.db.write().await {
                Ok(tx) => return tx,
                Err(DbError::Unavailable(_)) => tokio::task::yield_now().await,
                Err(error) => panic!("{error:?}"),
            }
        }
    }

    /// An id that nothing has.
    pub(crate) fn fresh<K>(&self) -> Id<K> {
        Id::fresh(self.parts.ids.as_ref())
    }

    /// Lets go of the database.
    pub(crate) async fn close(self) {
        self.parts.stop.cancel();
        self.parts.tasks.close();
        self.parts.tasks.wait().await;
        self.place.leave().await.expect("to be removed");
    }
}

/// Takes news of a case in.
pub(crate) async fn take_in(office: &Office, news: News) {
    let ids = office.parts.ids.clone();
    tell(office, &TakeIn { rulebook: office.rulebook.clone(), news, ids }).await;
}

/// Takes news in as a follower does: in a transaction of its own, again where others were first.
pub(crate) async fn tell<C>(office: &Office, command: &C)
where
    C: shell::Command<World, Refusal = Refusal>,
{
    let parts = &office.parts;
    loop {
        let mut tx = office.write().await;
        let now = parts.clock.now();
        let done = carry_out::<World, _>(&mut tx, command, Origin::of_suite(), parts.ids.as_ref(), now).await;
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

/// A person asks to be erased.
pub(crate) async fn ask(office: &Office, participant: ParticipantId) {
    let (id, holding_reply): (ErasureRequestId, PartId) = (office.fresh(), office.fresh());
    let (received_on, correspondence) = (date(2028, 7, 3), office.fresh());
    let (contract, organisation) = (CONTRACT, PRIME);
    let receipt =
        Receipt { id, contract, organisation, participant, received_on, correspondence, holding_reply };
    let letter = Part {
        id: holding_reply,
        holder: Holder::RecordsRetention,
        subject: String::new(),
        added_on: received_on,
        is_report: false,
        digest: None,
        readmitted_of: None,
        content: None,
    };
    let receive = || Receive {
        rulebook: office.rulebook.clone(),
        actor: person("rita"),
        receipt: receipt.clone(),
        letter: letter.clone(),
        sealed: Vec::new(),
        ids: office.parts.ids.clone(),
    };
    office.submit(0, participant.uuid(), receive).await.expect("a request");
}

/// The record of a thing of another service.
pub(crate) async fn file_of(office: &Office, subject: Uuid) -> Record {
    let mut tx = office.write().await;
    let found = store::subject::find_many(&mut tx, vec![subject]).await.expect("to read");
    tx.commit().await.expect("to let go");
    of_record(office, found.into_iter().map(|(_, record)| record).next().expect("a record")).await
}

/// A record as it is kept.
pub(crate) async fn of_record(office: &Office, id: RecordId) -> Record {
    let mut tx = office.write().await;
    let found = store::record::find_many(&mut tx, vec![id]).await.expect("to read").pop();
    tx.commit().await.expect("to let go");
    found.expect("a record")
}

/// Why a record is held, for itself and with everything about its person, in order.
pub(crate) async fn reasons(office: &Office, row: &Record) -> Vec<HoldReason> {
    let mut tx = office.write().await;
    let about = row.participant.into_iter().collect();
    let person = store::person::find_many(&mut tx, about).await.expect("to read").pop();
    tx.commit().await.expect("to let go");
    let today = date(2028, 7, 3);
    let own = row.state.file().expect("a file").own_holds(today).map(|hold| hold.reason);
    let of_person = person.iter().flat_map(|person| person.held.open(today)).map(|hold| hold.reason);
    let mut reasons: Vec<HoldReason> = own.chain(of_person).collect();
    reasons.sort_unstable();
    reasons
}

/// A person of the prime.
pub(crate) fn person(subject: &str) -> Actor {
    Actor { organisation: Some(PRIME), subject: subject.to_owned() }
}

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// The entry by which the complaints service tells of a contract.
fn contract(id: ContractId) -> Entry {
    let recorded = chain::ContractRecorded {
        contract: id.name(),
        programme: "jets-scotland".to_owned(),
        holder: PRIME.name(),
        commissioner: DEPARTMENT.name(),
        effective_on: Some(CivilDate { year: 2022, month: 3, day: 1 }),
        end_on: Some(CivilDate { year: 2022, month: 6, day: 30 }),
        pack: Some(chain::PackReference { id: "jets-scotland".to_owned(), version: "2022-02-25".to_owned() }),
        ..chain::ContractRecorded::default()
    };
    let content = Content {
        entry_id: Uuid::from_u128(id.uuid().as_u128() + 8).to_string(),
        stream_kind: "contracts".to_owned(),
        stream_id: id.uuid().to_string(),
        version: 1,
        entry_type: chain::ContractRecorded::full_name(),
        payload: recorded.encode_to_vec(),
        ..Content::default()
    };
    Entry::parse(1, content.encode_to_vec(), String::new()).expect("an entry")
}
