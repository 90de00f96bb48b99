//! What holds whatever anyone asks, in whatever order, on whatever day.

use jiff::{Span, civil::Date};
use proptest::prelude::*;
use records_retention_domain::{
    ComplaintId, Hold, HoldId, HoldReason, Matter, PaymentId, RecordClass,
    contract::ContractFacts,
    payment::{News, Payments},
    person,
    record::{Command, Event, Holder, Rules, StageName, State, Term, allowed, look_on, retention},
};
use redress_kernel::{Decided, Decider as _};
use uuid::Uuid;

use crate::fixture::{
    COMPLAINT, DISPOSAL, PARTICIPANT, Shelf, case_hold, ends, hold, order, order_anonymised, part, payment,
};

fn later(from: Date, days: u16) -> Date {
    from.checked_add(Span::new().days(i64::from(days))).unwrap()
}

/// News of a contract and of payments: versions and revisions as their sources number them.
#[derive(Clone, Copy, Debug)]
enum Told {
    Contract { version: u8, days: u16 },
    Payment { number: u8, revision: u8, days: u16, completes: bool, withdrawn: bool },
}

fn told() -> impl Strategy<Value = Told> {
    prop_oneof![
        (1_u8..5, 0_u16..2_000).prop_map(|(version, days)| Told::Contract { version, days }),
        (1_u8..4, 1_u8..4, 0_u16..900, any::<bool>(), any::<bool>()).prop_map(
            |(number, revision, days, completes, withdrawn)| Told::Payment {
                number,
                revision,
                days,
                completes,
                withdrawn
            }
        ),
    ]
}

/// One source says one thing under one number: the first telling of each number stands, as it would at the source.
fn consistent(told: Vec<Told>) -> Vec<Told> {
    let mut seen = Vec::new();
    let key = |told: &Told| match told {
        Told::Contract { version, .. } => (0, *version),
        Told::Payment { number, revision, .. } => (*number, *revision),
    };
    told.into_iter()
        .filter(|each| {
            let fresh = !seen.contains(&key(each));
            seen.push(key(each));
            fresh
        })
        .collect()
}

/// The dates that a shelf arrives at when it hears this, in this order.
fn heard(class: RecordClass, told: &[Told]) -> (Option<Date>, Option<Date>) {
    let mut shelf = Shelf::with(class, "2020-01-01");
    shelf.on("2026-01-01");
    let start = "2020-01-01".parse().unwrap();
    for each in told {
        match *each {
            Told::Contract { version, days } => {
                let news = ends(version.into(), &later(start, days).to_string());
                shelf.contract = std::mem::take(&mut shelf.contract).learn(news);
            }
            Told::Payment { number, revision, days, completes, withdrawn } => {
                let mut payment =
                    payment(number.into(), revision.into(), &later(start, days).to_string(), completes);
                payment.withdrawn = withdrawn;
                if class.is_report() {
                    shelf.does(Command::RecordPayment(payment));
                }
            }
        }
    }
    match retention(shelf.state.file().unwrap(), &shelf.context()).unwrap() {
        Term::Ends { last, due_from } => (Some(last.due_on), Some(due_from)),
        Term::None(_) => (None, None),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn news_in_any_order_gives_the_same_dates(
        (told, shuffled) in prop::collection::vec(told(), 1..12).prop_map(consistent)
            .prop_flat_map(|told| (Just(told.clone()), Just(told).prop_shuffle())),
        again in any::<bool>(),
    ) {
        // L38: late, repeated, corrected, out of order.
        let mut shuffled = shuffled;
        if again {
            shuffled.extend(told.clone());
        }
        for class in [RecordClass::NeedsAssessmentReport, RecordClass::PaymentsMade] {
            prop_assert_eq!(heard(class, &told), heard(class, &shuffled));
        }
    }

    #[test]
    fn the_highest_revision_of_a_payment_counts(mut revisions in prop::collection::vec((1_u16..9, 0_u16..900), 1..9)) {
        revisions.sort_unstable();
        revisions.dedup_by_key(|(revision, _)| *revision);
        let start = "2020-01-01".parse().unwrap();
        let mut payments = Payments::default();
        for (revision, days) in revisions.iter().rev() {
            payments.learn(payment(1, *revision, &later(start, *days).to_string(), true));
        }
        let (_, days) = revisions.last().unwrap();
        prop_assert_eq!(payments.received_on(), Some(later(start, *days)));
        let older = payment(1, 0, "2019-01-01", true);
        prop_assert_eq!(payments.news(&older), News::Known);
    }

    #[test]
    fn whatever_is_asked_nothing_is_destroyed_early_or_held(
        class in 0_usize..10, asks in prop::collection::vec((0_u8..16, any::<u16>(), 0_u16..500), 1..40),
    ) {
        let mut shelf = Shelf::empty("2018-01-01");
        for (what, number, days) in asks {
            shelf.today = later(shelf.today, days);
            let command = command(&mut shelf, RecordClass::ALL[class], what, number);
            let before = shelf.clone();
            let Ok(events) = shelf.asks(&command) else {
                prop_assert_eq!(&before.state, &shelf.state);
                continue;
            };
            prop_assert!(allowed(command.kind()).contains(&before.stage()) , "{:?}", command);
            for event in &events {
                if let Event::DisposalOrdered { due_on, .. } = event {
                    let file = before.state.file().unwrap();
                    prop_assert!(!before.context().is_held(file));
                    prop_assert!(before.today >= *due_on);
                    prop_assert_eq!(before.stage(), StageName::Due);
                }
            }
            // Evolving event by event equals evolving the batch; and the day to look again lies ahead once one has looked.
            let batch = events.iter().fold(before.state.clone(), Rules::evolve);
            prop_assert_eq!(&batch, &shelf.state);
            if command == Command::Look {
                let next = look_on(&shelf.state, &shelf.context()).unwrap();
                prop_assert!(next.is_none_or(|next| next > shelf.today));
                prop_assert!(shelf.asks(&command).unwrap().is_empty());
            }
        }
    }

    #[test]
    fn what_holds_the_person_holds_as_if_it_held_the_record(
        asks in prop::collection::vec((0_u8..5, 1_u8..4, any::<u16>(), 0_u16..20), 1..40),
    ) {
        let mut own = Shelf::ended(RecordClass::ComplaintFile, "2020-01-06", "2012-06-30");
        let (mut theirs, mut held) = (own.clone(), person::State::default());
        for (number, (what, case, until, days)) in (1_u128..).zip(asks) {
            own.today = later(own.today, days);
            let matter = Matter::Complaint(ComplaintId::new(Uuid::from_u128(u128::from(case))));
            let of_complaint = matches!(what, 0 | 4);
            let reason = if of_complaint { HoldReason::OpenComplaint } else { HoldReason::OpenWindow };
            let today = own.today.to_string();
            let until = later(own.today, until % 60).to_string();
            let hold = case_hold(number, reason, &today, (!of_complaint).then_some(until.as_str()));
            let hold = Hold { matter: Some(matter), ..hold };
            let (on_record, on_person) = if what < 3 {
                (Command::PlaceHold(hold.clone()), person::Command::Place(hold))
            } else {
                (Command::ReleaseMatter { matter, reason }, person::Command::Release { matter, reason })
            };
            let events = own.asks(&on_record).unwrap();
            let context = person::Context { today: own.today };
            let decided = Decided::<person::Rules>::by(&held, &on_person, &context).unwrap();
            prop_assert_eq!(events.len(), decided.events.len());
            held = decided.state;
            (theirs.today, theirs.of_person) = (own.today, held.holds.clone());
            let is_held = |shelf: &Shelf| shelf.context().is_held(shelf.state.file().unwrap());
            prop_assert_eq!(is_held(&own), is_held(&theirs));
            prop_assert_eq!(own.order_is(), theirs.order_is());
        }
    }

    #[test]
    fn a_state_reads_back_as_it_was_written(asks in prop::collection::vec((0_u8..11, any::<u16>(), 0_u16..500), 1..30)) {
        let mut shelf = Shelf::empty("2018-01-01");
        for (what, number, days) in asks {
            shelf.today = later(shelf.today, days);
            let command = command(&mut shelf, RecordClass::NeedsAssessmentReport, what, number);
            let _ = shelf.asks(&command);
            let written = serde_json::to_string(&shelf.state).unwrap();
            prop_assert_eq!(&serde_json::from_str::<State>(&written).unwrap(), &shelf.state);
        }
    }
}

fn command(shelf: &mut Shelf, class: RecordClass, what: u8, number: u16) -> Command {
    let today = shelf.today.to_string();
    let some = u128::from(number % 4) + 1;
    let id = HoldId::new(Uuid::from_u128(some));
    let reasons = [HoldReason::LegalClaim, HoldReason::Audit];
    match what {
        0 => Command::Register(Box::new(shelf.register(class))),
        1 => Command::AddPart(part(some + 60, Holder::RecordsRetention, &today)),
        2 => {
            let mut payment = payment(some, number % 3 + 1, &today, number.is_multiple_of(2));
            payment.id = PaymentId::new(Uuid::from_u128(some));
            Command::RecordPayment(payment)
        }
        3 => Command::PlaceHold(hold(some, reasons[usize::from(number % 2)], &today)),
        4 => {
            let until = later(shelf.today, number % 300).to_string();
            let until = number.is_multiple_of(2).then_some(until.as_str());
            Command::PlaceHold(case_hold(some + 100, HoldReason::OpenWindow, &today, until))
        }
        5 => Command::ReviewHold { hold: id, review_on: later(shelf.today, number % 9) },
        6 => Command::ReleaseHold { hold: id },
        7 => Command::ReleaseMatter { matter: Matter::Complaint(COMPLAINT), reason: HoldReason::OpenWindow },
        8 => order(),
        9 => {
            // The contract moves as well.
            let news = ContractFacts {
                version: shelf.contract.version + 1,
                ..ends(0, &later("2018-06-01".parse().unwrap(), number % 900).to_string())
            };
            shelf.contract = std::mem::take(&mut shelf.contract).learn(news);
            Command::Look
        }
        11 => order_anonymised(),
        13 => Command::Recall { disposal: DISPOSAL },
        15 => Command::Attribute { participant: PARTICIPANT },
        14 => Command::RecordCarriedOut { holder: Holder::Complaints, on: shelf.today },
        12 => Command::ReviewAnonymity { still_anonymous: !number.is_multiple_of(3) },
        _ => Command::Look,
    }
}
