//! I26, L21: fifty at once, through two processes that know nothing of each other, make one charge; on both databases.

use std::sync::Arc;

use futures::future::join_all;
use ice_liaison_domain::{
    CaseRecord, ChargeId, ComplaintId, ContractId, ExaminationId, LetterId, OrganisationId, ProcedureId,
    Refusal,
    charge::Command as OnCharge,
    examination::{Command, Move, NewReport, Outcome},
    paper::{Included, PaperRef},
    record::{FinalResponse, Learned, Registered},
};
use jiff::civil::Date;
use prost::{Message as _, Name as _};
use redress_journal::{
    Actor, Failure, Hint, Shell,
    entry::{Content, Entry},
    shell,
};
use redress_kernel::{Digest, Id};
use redress_policy::{Calendars, Division, Library, PackRef, Rulebook};
use redress_proto::supply_chain::v1 as chain;
use redress_store::Db;
use redress_testkit::{CountingIds, StillClock, database::on_each};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use super::{Decide, On};
use crate::{
    command::{act::Act, open::Open},
    store::{
        ledger,
        record::{self, Record},
    },
    world::World,
};

const PRIME: OrganisationId = Id::new(Uuid::from_u128(1));
const DEPARTMENT: OrganisationId = Id::new(Uuid::from_u128(2));
const CONTRACT: ContractId = Id::new(Uuid::from_u128(3));
const COMPLAINT: ComplaintId = Id::new(Uuid::from_u128(4));
const EXAMINATION: ExaminationId = Id::new(Uuid::from_u128(5));
const ON: Date = Date::constant(2024, 3, 4);

#[tokio::test]
async fn fifty_at_once_make_one_charge() {
    let lists = [redress_journal::MIGRATIONS, redress_chain::MIGRATIONS, crate::MIGRATIONS];
    on_each(&lists, async |db| {
        let on = db.engine().name();
        let office = Office::over(db.clone());
        office.upheld().await;
        let other =
            Office { shell: Shell::start(&office.parts, shell::Settings::default()), ..office.clone() };
        let asks = (0..50_u128).map(|at| {
            let office = if at % 2 == 0 { &office } else { &other };
            office.raise(Uuid::from_u128(1_000 + at))
        });
        let answers = join_all(asks).await;
        let raised = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(raised, 1, "on {on}: {answers:?}");
        for answer in answers {
            let there = matches!(&answer, Ok(_) | Err(Failure::Refused(Refusal::AlreadyThere { .. })));
            assert!(there, "on {on}: {answer:?}");
        }
        let mut tx = office.parts.db.read().await.expect("to read");
        let balances = ledger::balances(&mut tx, DEPARTMENT).await.expect("balances");
        assert_eq!(balances.len(), 2);
        assert_eq!(balances.iter().map(|(_, pence)| pence).sum::<i64>(), 0);
        assert!(balances.contains(&(format!("receivable/{}", PRIME.name()), 500_000)));
        assert_eq!(ledger::unbalanced(&mut tx).await, Ok(0));
        drop(tx);
        office.parts.stop.cancel();
        office.parts.tasks.close();
        office.parts.tasks.wait().await;
    })
    .await
    .expect("a database");
}

#[derive(Clone)]
struct Office {
    parts: shell::Parts,
    shell: Shell<World>,
    rulebook: Rulebook,
}

impl Office {
    fn over(db: Db) -> Self {
        let parts = shell::Parts {
            db,
            clock: Arc::new(StillClock::at("2024-06-03T09:00:00Z")),
            ids: Arc::new(CountingIds::new()),
            hint: Hint::new(),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        let library = Arc::new(Library::embedded().expect("packs"));
        let calendars = Arc::new(Calendars::embedded().expect("calendars"));
        let shell = Shell::start(&parts, shell::Settings::default());
        Self { parts, shell, rulebook: Rulebook { library, calendars } }
    }

    /// A complaint that ICE upheld at investigation.
    async fn upheld(&self) {
        let mut tx = self.parts.db.write().await.expect("to write");
        assert!(redress_chain::learn(&mut tx, &contract()).await.expect("a contract"));
        record::save(&mut tx, &Record { case: answered(), revision: 0 }).await.expect("a record");
        tx.commit().await.expect("to be kept");
        let open = Open {
            rulebook: self.rulebook.clone(),
            caller: PRIME,
            id: EXAMINATION,
            complaint: COMPLAINT,
            referred_on: ON,
            after_noon: false,
            notified_on: ON,
            reference: None,
            key: Uuid::from_u128(9),
        };
        self.shell.submit(shell::Call::new(actor(), open)).await.expect("an examination");
        let advance = |to| Command::Advance { to, on: ON, reasoned: false };
        let included = vec![Included { paper: PaperRef::Letter(response()), digest: None }];
        for command in [
            Command::Accept { accepted_on: ON, discretion: false, reasoned: false },
            advance(Move::BeginResolution),
            advance(Move::RequestEvidence),
            Command::SendEvidence { sent_on: ON, after_noon: false, included, withheld: Vec::new() },
            advance(Move::Allocate),
            advance(Move::BeginInvestigation),
            Command::IssueReport(NewReport {
                decided_on: ON,
                outcome: Outcome::Upheld,
                elements: Vec::new(),
                digest: None,
                recommendations: Vec::new(),
            }),
        ] {
            let act = Act {
                rulebook: self.rulebook.clone(),
                caller: Some(PRIME),
                examination: EXAMINATION,
                expected: None,
                command,
                texts: Vec::new(),
                note: None,
            };
            self.shell.submit(shell::Call::new(actor(), act)).await.expect("to be taken");
        }
    }

    async fn raise(&self, id: Uuid) -> Result<redress_proto::ice_liaison::v1::Charge, Failure<Refusal>> {
        let id: ChargeId = Id::new(id);
        let command = OnCharge::Raise {
            id,
            posting: Id::new(self.parts.ids.next()),
            pence: 500_000,
            authority: None,
            posted_on: self.parts.clock.today(),
        };
        let on = On::Examination(EXAMINATION);
        let (rulebook, caller) = (self.rulebook.clone(), DEPARTMENT);
        let decide = Decide { rulebook, caller, on, expected: None, command, reason: None };
        let mut call = shell::Call::new(actor(), decide);
        // Each in a lane of its own as far as there are any, so that the database is what decides.
        call.partition = Some(id.uuid());
        self.shell.submit(call).await
    }
}

fn actor() -> Actor {
    Actor { organisation: Some(PRIME.uuid()), subject: "test".to_owned() }
}

fn response() -> LetterId {
    Id::new(Uuid::from_u128(7))
}

fn answered() -> CaseRecord {
    let pack = PackRef { id: "jets-scotland".to_owned(), version: "2022-02-25".to_owned() };
    let received_on = Date::constant(2024, 1, 2);
    let procedure: ProcedureId = Id::new(Uuid::from_u128(6));
    let mut record = CaseRecord::from(Registered {
        complaint: COMPLAINT,
        contract: CONTRACT,
        programme: "jets-scotland".to_owned(),
        organisation: PRIME,
        pack,
        division: Division::Scotland,
        received_on,
        registered_on: received_on,
        procedure,
        steps: Vec::new(),
    });
    record.learn(Learned::FinalResponse(FinalResponse {
        letter: response(),
        run: 1,
        issued_on: Date::constant(2024, 2, 1),
        recorded_on: Date::constant(2024, 2, 1),
        by_post: false,
        digest: Digest::parse(&"a".repeat(64)).expect("a digest"),
    }));
    record
}

/// The entry by which the complaints service tells of the contract.
fn contract() -> Entry {
    let effective_on = redress_proto::r#type::v1::CivilDate { year: 2022, month: 6, day: 1 };
    let recorded = chain::ContractRecorded {
        contract: CONTRACT.name(),
        programme: "jets-scotland".to_owned(),
        holder: PRIME.name(),
        commissioner: DEPARTMENT.name(),
        effective_on: Some(effective_on),
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
