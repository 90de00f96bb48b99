//! I26, L21: fifty at once, through two processes that know nothing of each other, make one charge, and so does a complaint that is
//! upheld twice; and nothing is posted into a year that closes at the same time. On both databases.

use std::sync::Arc;

use futures::future::join_all;
use ice_liaison_domain::{
    CaseRecord, ComplaintId, ContractId, ExaminationId, IceYear, LetterId, OrganisationId, ProcedureId,
    Refusal,
    charge::Command as OnCharge,
    examination::{Command, Move, NewReport, Outcome},
    paper::{Included, PaperRef},
    record::{FinalResponse, Learned, Registered},
};
use jiff::civil::Date;
use prost::{Message as _, Name as _};
use redress_disposal::{Holdings as _, Standing};
use redress_journal::{
    Actor, Entries, Failure, Hint, Shell,
    append::Origin,
    entry::{Content, Entry},
    shell::{self, Command as _, World as _},
};
use redress_kernel::{Digest, Id};
use redress_policy::{Calendars, Division, Library, PackRef, Rulebook};
use redress_proto::{ice_liaison::v1::Charge, supply_chain::v1 as chain};
use redress_store::{Db, DbError, List, db::Engine};
use redress_testkit::{CountingIds, StillClock, database::on_each};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use super::{Decide, On};
use crate::{
    command::{act::Act, open::Open, year::CloseYear},
    holding::ExaminationsAndCases,
    store::{
        charge::find_due,
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
const AGAIN: ExaminationId = Id::new(Uuid::from_u128(15));
const ON: Date = Date::constant(2024, 3, 4);

const LISTS: [List; 3] = [redress_journal::MIGRATIONS, redress_chain::MIGRATIONS, crate::MIGRATIONS];

#[tokio::test]
async fn fifty_at_once_make_one_charge() {
    on_each(&LISTS, async |db| {
        let on = db.engine().name();
        let office = Office::on(db).await;
        office.upheld(EXAMINATION).await;
        let other =
            Office { shell: Shell::start(&office.parts, shell::Settings::default()), ..office.clone() };
        let asks = (0..50_u128).map(|at| {
            let office = if at % 2 == 0 { &office } else { &other };
            office.raise(EXAMINATION, Uuid::from_u128(1_000 + at))
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
        office.leave().await;
    })
    .await
    .expect("a database");
}

#[tokio::test]
async fn a_complaint_that_ice_upholds_twice_is_charged_once() {
    on_each(&LISTS, async |db| {
        let on = db.engine().name();
        let office = Office::on(db).await;
        office.upheld(EXAMINATION).await;
        let charge = office.raise(EXAMINATION, Uuid::from_u128(1_000)).await.expect("a charge");
        office.act(EXAMINATION, Command::Close { closed_on: ON }).await;
        office.upheld(AGAIN).await;
        let again = office.raise(AGAIN, Uuid::from_u128(1_001)).await;
        let Err(Failure::Refused(Refusal::AlreadyThere { name })) = &again else {
            panic!("on {on}: {again:?}")
        };
        assert_eq!(*name, charge.name, "on {on}");
        office.act(AGAIN, Command::Close { closed_on: ON }).await;
        // Nobody is still to decide anything, so that both may end with their term.
        let mut tx = office.parts.db.write().await.expect("to look");
        assert_eq!(find_due(&mut tx, DEPARTMENT, "DUE", 10).await, Ok(Vec::new()), "on {on}");
        for examination in [EXAMINATION, AGAIN] {
            let standing = ExaminationsAndCases.standing(&mut tx, &examination.name()).await;
            assert_eq!(standing, Ok(Standing::Closed), "on {on}");
        }
        drop(tx);
        office.leave().await;
    })
    .await
    .expect("a database");
}

#[tokio::test]
async fn a_year_that_closes_meanwhile_is_not_posted_into() {
    on_each(&LISTS, async |db| {
        // On SQLite nobody else writes until the posting is committed.
        if db.engine() == Engine::Sqlite {
            return;
        }
        let office = Office::on(db).await;
        office.upheld(EXAMINATION).await;
        let decide = office.decision(EXAMINATION, Uuid::from_u128(1_000), ON);
        let (ids, now) = (office.parts.ids.as_ref(), office.parts.clock.now());
        let mut tx = office.parts.db.write_in_snapshot().await.expect("to write");
        let (mut world, mut wants) = (World::new(), Vec::new());
        decide.wants(&mut wants);
        world.load(&mut tx, &wants).await.expect("to load");
        let mut entries = Entries::new(ids, now, Origin::of_suite());
        decide.run(&mut world, &mut entries, now).expect("the year to be open");

        let close = CloseYear { stream: Uuid::from_u128(12), year: IceYear::new(2023, 4) };
        office.shell.submit(shell::Call::new(actor(), close)).await.expect("the year to be closed");
        let late = world.flush(&mut tx).await;
        assert!(matches!(late, Err(DbError::Conflict(_))), "it decides again: {late:?}");
        drop(tx);
        let decided_again = office.shell.submit(shell::Call::new(actor(), decide)).await;
        let closed = matches!(&decided_again, Err(Failure::Refused(Refusal::PeriodClosed { .. })));
        assert!(closed, "{decided_again:?}");
        office.leave().await;
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
    /// One that knows of a complaint that was answered.
    async fn on(db: &Db) -> Self {
        let parts = shell::Parts {
            db: db.clone(),
            clock: Arc::new(StillClock::at("2024-06-03T09:00:00Z")),
            ids: Arc::new(CountingIds::new()),
            hint: Hint::new(),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        let library = Arc::new(Library::embedded().expect("packs"));
        let calendars = Arc::new(Calendars::embedded().expect("calendars"));
        let shell = Shell::start(&parts, shell::Settings::default());
        let mut tx = parts.db.write().await.expect("to write");
        assert!(redress_chain::learn(&mut tx, &contract()).await.expect("a contract"));
        record::save(&mut tx, &Record { case: answered(), revision: 0 }).await.expect("a record");
        tx.commit().await.expect("to be kept");
        Self { parts, shell, rulebook: Rulebook { library, calendars } }
    }

    async fn leave(self) {
        self.parts.stop.cancel();
        self.parts.tasks.close();
        self.parts.tasks.wait().await;
    }

    /// An examination of the complaint, which ICE upheld at investigation.
    async fn upheld(&self, examination: ExaminationId) {
        let open = Open {
            rulebook: self.rulebook.clone(),
            caller: PRIME,
            id: examination,
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
            self.act(examination, command).await;
        }
    }

    async fn act(&self, examination: ExaminationId, command: Command) {
        let act = Act {
            rulebook: self.rulebook.clone(),
            caller: Some(PRIME),
            examination,
            expected: None,
            command,
            texts: Vec::new(),
            note: None,
        };
        self.shell.submit(shell::Call::new(actor(), act)).await.expect("to be taken");
    }

    fn decision(&self, examination: ExaminationId, id: Uuid, posted_on: Date) -> Decide {
        let posting = Id::new(self.parts.ids.next());
        let command =
            OnCharge::Raise { id: Id::new(id), posting, pence: 500_000, authority: None, posted_on };
        let on = On::Examination(examination);
        let rulebook = self.rulebook.clone();
        Decide { rulebook, caller: DEPARTMENT, on, expected: None, command, reason: None }
    }

    async fn raise(&self, examination: ExaminationId, id: Uuid) -> Result<Charge, Failure<Refusal>> {
        let decide = self.decision(examination, id, self.parts.clock.today());
        let mut call = shell::Call::new(actor(), decide);
        // Each in a lane of its own as far as there are any, so that the database is what decides.
        call.partition = Some(id);
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
