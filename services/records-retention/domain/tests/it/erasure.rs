//! Erasure requests, day by day: the holding reply, the month, who may be erased, and what beats it (RET-10 to RET-12, Q23).

use std::{collections::BTreeSet, fmt::Write as _};

use jiff::civil::Date;
use records_retention_domain::{
    ErasureRequestId, HoldId, HoldReason, PartId, RecordClass, RecordId, Refusal,
    erasure::{
        Command, Context, Event, Granted, Ground, Outcome, Progress, Receipt, Rules, StageName, State,
    },
    record::{Command as OnRecord, StageName as RecordStage},
};
use redress_kernel::{Decider as _, Refusal as _};
use redress_policy::Pack;
use uuid::Uuid;

use crate::fixture::{CONTRACT, PARTICIPANT, PRIME, RECORD, Shelf, calendars, day, hold, jets, pack, person};

const REQUEST: ErasureRequestId = ErasureRequestId::new(Uuid::from_u128(70));

/// A desk with one request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) state: State,
    today: Date,
    pack: &'static Pack,
    held: Vec<(RecordId, HoldId, HoldReason)>,
    gone: bool,
}

impl Asked {
    fn nothing(today: &str) -> Self {
        Self { state: Rules::initial(), today: day(today), pack: jets(), held: Vec::new(), gone: false }
    }

    fn received(today: &str) -> Self {
        let mut desk = Self::nothing(today);
        desk.does(receive(today));
        desk
    }

    fn referred(today: &str) -> Self {
        let mut desk = Self::received(today);
        desk.does(Command::RecordReference { reference: "DPO-1".to_owned() });
        desk
    }

    fn granted(today: &str) -> Self {
        let mut desk = Self::referred(today);
        desk.does(decide(Outcome::Erase, Progress::NeverStarted));
        desk
    }

    fn on(&mut self, today: &str) -> &mut Self {
        self.today = day(today);
        self
    }

    pub(crate) fn asks(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let actor = person("officer-1");
        let context = Context {
            today: self.today,
            actor: &actor,
            pack: self.pack,
            calendars: calendars(),
            held: &self.held,
            gone: self.gone,
        };
        let decision = Rules::decide(&self.state, command, &context)?;
        for event in &decision.events {
            self.state = Rules::evolve(self.state.clone(), event);
        }
        Ok(decision.events)
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a sentence of a test ends in the command it gives away"
    )]
    fn does(&mut self, command: Command) -> Vec<Event> {
        match self.asks(&command) {
            Ok(events) => events,
            Err(refusal) => panic!("{command:?} on {} was refused: {:?}", self.today, refusal.explain()),
        }
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a sentence of a test ends in the command it gives away"
    )]
    fn refused(&self, command: Command) -> &'static str {
        match self.clone().asks(&command) {
            Ok(events) => panic!("{command:?} on {} was allowed: {events:?}", self.today),
            Err(refusal) => refusal.explain().reason,
        }
    }
}

fn receive(on: &str) -> Command {
    Command::Receive(Box::new(Receipt {
        id: REQUEST,
        contract: CONTRACT,
        organisation: PRIME,
        participant: PARTICIPANT,
        received_on: day(on),
        correspondence: RecordId::new(Uuid::from_u128(71)),
        holding_reply: PartId::new(Uuid::from_u128(72)),
    }))
}

const fn decide(outcome: Outcome, progress: Progress) -> Command {
    Command::Decide { outcome, progress, letter: PartId::new(Uuid::from_u128(73)) }
}

/// A desk in each stage.
pub(crate) fn desks() -> Vec<Asked> {
    let mut refused = Asked::referred("2026-01-05");
    refused.does(decide(Outcome::Keep(Ground::LegalClaims), Progress::Started));
    let granted = Asked::granted("2026-01-05");
    let mut gone = granted.clone();
    gone.gone = true;
    gone.does(Command::Look);
    vec![
        Asked::nothing("2026-01-05"),
        Asked::received("2026-01-05"),
        Asked::referred("2026-01-05"),
        refused,
        granted,
        gone,
    ]
}

/// Commands of every kind, each in the ways that matter.
pub(crate) fn commands() -> Vec<(&'static str, Command)> {
    vec![
        ("Receive", receive("2026-01-05")),
        ("RecordReference", Command::RecordReference { reference: "DPO-2".to_owned() }),
        ("Decide: erase", decide(Outcome::Erase, Progress::NeverStarted)),
        ("Decide: erase who started", decide(Outcome::Erase, Progress::Started)),
        ("Decide: keep", decide(Outcome::Keep(Ground::AuditAndPayment), Progress::Started)),
        ("Look", Command::Look),
    ]
}

/// The diagram, drawn from the rules.
pub(crate) fn diagram() -> String {
    let mut edges = BTreeSet::new();
    for desk in desks() {
        let from = desk.state.stage_name();
        for (_, command) in commands() {
            let mut after = desk.clone();
            after.gone = true;
            if after.asks(&command).is_ok() && after.state.stage_name() != from {
                edges.insert((from, after.state.stage_name(), command.name()));
            }
        }
    }
    let steps = edges.iter().map(|(from, to, what)| (from.as_str(), to.as_str(), *what, to.is_terminal()));
    redress_ruletest::machine::drawn(steps, StageName::Unrequested.as_str())
}

#[test]
fn every_stage_and_command_of_an_erasure_request() {
    let mut table = String::new();
    for desk in desks() {
        let _ = writeln!(table, "{}", desk.state.stage_name().as_str());
        for (name, command) in commands() {
            let mut after = desk.clone();
            let came = match after.asks(&command) {
                Ok(events) if events.is_empty() => "nothing".to_owned(),
                Ok(events) => events.iter().map(Event::name).collect::<Vec<_>>().join(", "),
                Err(refusal) => refusal.explain().reason.to_owned(),
            };
            let _ = writeln!(table, "    {name}: {came}");
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn the_answer_is_promised_within_a_month_by_the_same_numbered_day() {
    // RET-10, Q22, XCT-08
    for (received, by) in
        [("2026-01-05", "2026-02-05"), ("2026-01-31", "2026-02-28"), ("2024-01-30", "2024-02-29")]
    {
        let desk = Asked::received(received);
        assert_eq!(desk.state.request().unwrap().answer_by, day(by), "{received}");
    }
    assert_eq!(Asked::nothing("2026-01-05").refused(receive("2026-01-06")), "DATE_IN_FUTURE");
}

#[test]
fn somebody_is_reminded_once_while_there_is_time() {
    // RET-10, Q48
    let mut desk = Asked::referred("2026-01-05");
    assert_eq!(desk.state.look_on(day("2026-01-05")), Some(day("2026-01-26")));
    assert!(desk.on("2026-01-25").does(Command::Look).is_empty());
    let reminded = [Event::ErasureAnswerDueSoon { answer_by: day("2026-02-05") }];
    assert_eq!(desk.on("2026-01-26").does(Command::Look), reminded);
    assert!(desk.on("2026-01-27").does(Command::Look).is_empty());
    assert_eq!(desk.state.look_on(day("2026-01-27")), Some(day("2026-02-06")));
}

#[test]
fn a_late_answer_is_raised_once_and_can_still_be_given() {
    let mut desk = Asked::referred("2026-01-05");
    let soon = Event::ErasureAnswerDueSoon { answer_by: day("2026-02-05") };
    assert_eq!(desk.on("2026-02-05").does(Command::Look), [soon]);
    assert_eq!(desk.state.look_on(desk.today), Some(day("2026-02-06")));
    assert_eq!(
        desk.on("2026-02-06").does(Command::Look),
        [Event::ErasureAnswerLate { answer_by: day("2026-02-05") }]
    );
    assert_eq!(desk.on("2026-02-07").does(Command::Look), []);
    assert_eq!(desk.state.look_on(desk.today), None);
    desk.does(decide(Outcome::Erase, Progress::NeverStarted));
    assert_eq!(desk.state.stage_name(), StageName::Granted);
}

#[test]
fn who_may_be_erased_hangs_on_how_far_they_came_and_on_the_pack() {
    // RET-11: NEA keeps whoever attended the assessment; RPC keeps whoever began.
    let (nea, rpc) = (pack("nea-2", "2023-01-13"), pack("rpc", "2021-11-12"));
    for (pack, progress, erased) in [
        (nea, Progress::NeverStarted, true),
        (nea, Progress::AttendedOnly, false),
        (rpc, Progress::AttendedOnly, true),
        (rpc, Progress::Started, false),
        // Where the pack does not say, only who never came is erased.
        (jets(), Progress::NeverStarted, true),
        (jets(), Progress::AttendedOnly, false),
        (jets(), Progress::Started, false),
    ] {
        let mut desk = Asked::referred("2026-01-05");
        desk.pack = pack;
        let keep = decide(Outcome::Keep(Ground::AuditAndPayment), progress);
        if erased {
            assert_eq!(desk.refused(keep), "NOT_ALLOWED", "{progress:?}");
            desk.does(decide(Outcome::Erase, progress));
        } else {
            assert_eq!(desk.refused(decide(Outcome::Erase, progress)), "KEPT_FOR_AUDIT", "{progress:?}");
            desk.does(keep);
        }
        // RET-12: another ground is always there to be given.
        let mut desk = Asked::referred("2026-01-05");
        desk.does(decide(Outcome::Keep(Ground::LegalObligation), progress));
    }
}

#[test]
fn a_hold_beats_erasure() {
    // Q23
    let mut desk = Asked::referred("2026-01-05");
    desk.held = vec![(RECORD, HoldId::new(Uuid::from_u128(9)), HoldReason::OpenComplaint)];
    assert_eq!(desk.refused(decide(Outcome::Erase, Progress::NeverStarted)), "ON_HOLD");
    desk.does(decide(Outcome::Keep(Ground::LegalClaims), Progress::NeverStarted));
}

#[test]
fn what_is_granted_makes_what_is_about_the_person_due_and_nothing_else() {
    let granted = Granted { request: REQUEST, received_on: day("2026-01-05"), decided_on: day("2026-01-12") };
    for class in RecordClass::ALL {
        let mut shelf = Shelf::with(class, "2026-01-05");
        let before = shelf.stage();
        assert_ne!(before, RecordStage::Due);
        shelf.on("2026-01-12").granted = Some(granted.clone());
        let due = shelf.stage() == RecordStage::Due;
        assert_eq!(due, class.is_about_a_person(), "{}", class.as_str());
        if due {
            assert_eq!(shelf.order_is(), "ORDERED");
            shelf.does(OnRecord::PlaceHold(hold(1, HoldReason::LegalClaim, "2026-01-12")));
            assert_eq!(shelf.order_is(), "ON_HOLD");
        }
    }
}

#[test]
fn the_hold_of_a_request_is_placed_and_released_by_the_request_alone() {
    let mut shelf = Shelf::with(RecordClass::ComplaintFile, "2026-01-05");
    let by_hand = hold(1, HoldReason::ErasurePending, "2026-01-05");
    assert_eq!(shelf.refused(OnRecord::PlaceHold(by_hand.clone())), "NOT_ALLOWED");
    let by_request = records_retention_domain::Hold {
        placed_by: records_retention_domain::Actor::suite(),
        authority: Some(REQUEST.name()),
        ..by_hand
    };
    let id = by_request.id;
    shelf.does(OnRecord::PlaceHold(by_request));
    assert_eq!(shelf.refused(OnRecord::ReleaseHold { hold: id }), "NOT_YOUR_HOLD");
    shelf.actor = records_retention_domain::Actor::suite();
    shelf.does(OnRecord::ReleaseHold { hold: id });
}
