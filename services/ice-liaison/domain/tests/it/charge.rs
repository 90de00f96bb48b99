//! The charge and its double entry (ICE-10; A0 7.06, J0 7.05; Q10, Q24, Q27).

use ice_liaison_domain::{
    ChargeId, IceYear, PostingId, Refusal,
    charge::{Command, Context, Rules, State, Upheld, standing},
    examination::{ChargeStanding, Outcome},
    ledger::{self, Account},
};
use jiff::civil::Date;
use proptest::prelude::*;
use redress_kernel::{Decider as _, Refusal as _};
use redress_policy::Pack;
use uuid::Uuid;

use crate::fixture::{COMPLAINT, CONTRACT, EXAMINATION, PRIME, atw_2024, atw_before_2023, day, jets, pack};

const CHARGE: ChargeId = ChargeId::new(Uuid::from_u128(900));

fn posting(number: u128) -> PostingId {
    PostingId::new(Uuid::from_u128(910 + number))
}

fn upheld(outcome: Outcome) -> Upheld {
    Upheld {
        examination: EXAMINATION,
        complaint: COMPLAINT,
        contract: CONTRACT,
        liable: PRIME,
        outcome,
        decided_on: day("2024-03-28"),
    }
}

/// The department's desk.
struct Office {
    pack: &'static Pack,
    outcome: Outcome,
    closed: Vec<IceYear>,
    today: Date,
    state: State,
}

impl Office {
    fn under(pack: &'static Pack, outcome: Outcome) -> Self {
        Self { pack, outcome, closed: Vec::new(), today: day("2024-06-03"), state: Rules::initial() }
    }

    fn asks(&mut self, command: &Command) -> Result<(), Refusal> {
        let context = Context {
            today: self.today,
            pack: self.pack,
            upheld: Some(upheld(self.outcome)),
            closed_years: &self.closed,
        };
        let decision = Rules::decide(&self.state, command, &context)?;
        self.state = decision.events.iter().fold(self.state.clone(), Rules::evolve);
        Ok(())
    }

    fn refuses(&mut self, command: &Command) -> &'static str {
        self.asks(command).unwrap_err().explain().reason
    }
}

fn raise(pence: u64, authority: Option<&str>) -> Command {
    Command::Raise {
        id: CHARGE,
        posting: posting(1),
        pence,
        authority: authority.map(str::to_owned),
        posted_on: day("2024-06-03"),
    }
}

fn excuse() -> Command {
    Command::Excuse { id: CHARGE, authority: "DWP-7".to_owned() }
}

fn pay(pence: u64, number: u128) -> Command {
    Command::Pay { posting: posting(number), pence, posted_on: day("2024-06-03") }
}

fn reverse(pence: u64) -> Command {
    Command::Reverse {
        posting: posting(9),
        pence,
        authority: "DWP-8".to_owned(),
        posted_on: day("2024-06-03"),
    }
}

#[test]
fn five_thousand_pounds_are_owed_by_the_holder_and_fund_the_year_after_the_decision() {
    // Q24: decided on 28 March 2024, in 2023-24, so that it funds 2024-25; Q27: the prime owes it.
    let mut office = Office::under(jets(), Outcome::Upheld);
    office.asks(&raise(500_000, None)).unwrap();
    let State::Raised(raised) = &office.state else { panic!() };
    assert_eq!((raised.balance(), raised.funding_year.to_string()), (500_000, "2024-25".to_owned()));
    assert_eq!(raised.postings[0].debit, Account::Receivable(PRIME));
    assert_eq!(raised.postings[0].credit.to_string(), "funding/2024-25");
}

#[test]
fn pounds_are_not_pence_and_nothing_else_is_the_charge() {
    // I25
    for pence in [0, 5_000, 499_999, 500_001] {
        let mut office = Office::under(jets(), Outcome::Upheld);
        assert_eq!(office.refuses(&raise(pence, None)), "MUST_EQUAL_CHARGE");
    }
}

#[test]
fn there_is_one_charge_for_a_case() {
    // I26
    let mut office = Office::under(jets(), Outcome::Upheld);
    office.asks(&raise(500_000, None)).unwrap();
    assert_eq!(office.refuses(&raise(500_000, None)), "ALREADY_THERE");
    assert_eq!(office.refuses(&excuse()), "ALREADY_THERE");
}

#[test]
fn what_was_not_upheld_at_investigation_costs_nothing() {
    assert_eq!(Office::under(jets(), Outcome::NotUpheld).refuses(&raise(500_000, None)), "CHARGE_NOT_DUE");
    let mut none = Office::under(jets(), Outcome::Upheld);
    let context = Context { today: none.today, pack: none.pack, upheld: None, closed_years: &[] };
    let refusal = Rules::decide(&none.state, &raise(500_000, None), &context).unwrap_err();
    assert_eq!(refusal.explain().reason, "NOT_FOUND");
    assert_eq!(none.refuses(&pay(1, 2)), "NOT_FOUND");
}

#[test]
fn what_was_upheld_in_part_asks_for_a_decision() {
    // Q10
    let mut office = Office::under(jets(), Outcome::PartiallyUpheld);
    assert_eq!(office.refuses(&raise(500_000, None)), "CHARGE_DECISION_NEEDED");
    office.asks(&raise(500_000, Some("DWP-6"))).unwrap();
    let mut office = Office::under(jets(), Outcome::PartiallyUpheld);
    office.asks(&excuse()).unwrap();
    assert_eq!(office.state.name(), "EXCUSED");
}

#[test]
fn a_programme_may_charge_what_is_upheld_in_part_without_asking() {
    // Q10: as its practice has it.
    let mut pack = jets().clone();
    pack.practice.charge_partially_upheld.value = true;
    let pack = Box::leak(Box::new(pack));
    assert_eq!(standing(Outcome::PartiallyUpheld, pack), ChargeStanding::Due);
    Office::under(pack, Outcome::PartiallyUpheld).asks(&raise(500_000, None)).unwrap();
}

#[test]
fn only_guidance_with_normal_circumstances_knows_others() {
    // A0 7.06 "under normal circumstances"; J0 7.05 has no such words.
    let mut office = Office::under(atw_before_2023(), Outcome::Upheld);
    office.asks(&excuse()).unwrap();
    assert_eq!(office.refuses(&pay(1, 2)), "CHARGE_NOT_DUE");
    let mut office = Office::under(jets(), Outcome::Upheld);
    let refusal = office.asks(&excuse()).unwrap_err().explain();
    assert_eq!(
        (refusal.reason, refusal.citations[0].short().as_str()),
        ("EXCUSE_NOT_IN_GUIDANCE", "ICE-10 (J0 7.05)")
    );
}

#[test]
fn an_excuse_names_its_authority() {
    // I28
    let mut office = Office::under(atw_before_2023(), Outcome::Upheld);
    assert_eq!(office.refuses(&Command::Excuse { id: CHARGE, authority: String::new() }), "REQUIRED");
}

#[test]
fn where_the_guidance_is_not_known_nobody_charges() {
    assert_eq!(Office::under(atw_2024(), Outcome::Upheld).refuses(&raise(500_000, None)), "VALUE_NOT_KNOWN");
    // The Work Programme's amount was reported to Parliament without the year after.
    let mut office = Office::under(pack("work-programme", "2011-07-01"), Outcome::Upheld);
    office.asks(&raise(500_000, None)).unwrap();
    let State::Raised(raised) = &office.state else { panic!() };
    assert_eq!(raised.funding_year.to_string(), "2023-24");
}

#[test]
fn a_charge_is_taken_back_whole_and_once() {
    // I29
    let mut office = Office::under(jets(), Outcome::Upheld);
    office.asks(&raise(500_000, None)).unwrap();
    assert_eq!(office.refuses(&reverse(500_001)), "EXCEEDS_ORIGINAL");
    assert_eq!(office.refuses(&reverse(499_999)), "MUST_EQUAL_CHARGE");
    office.asks(&reverse(500_000)).unwrap();
    assert_eq!((office.state.name(), office.refuses(&reverse(500_000))), ("REVERSED", "ALREADY_REVERSED"));
    assert_eq!(office.refuses(&pay(1, 2)), "ALREADY_REVERSED");
}

#[test]
fn a_reversal_names_its_authority() {
    // ICE-10, I28
    let mut office = Office::under(jets(), Outcome::Upheld);
    office.asks(&raise(500_000, None)).unwrap();
    let posted_on = office.today;
    let bare = Command::Reverse { posting: posting(9), pence: 500_000, authority: String::new(), posted_on };
    assert_eq!(office.refuses(&bare), "REQUIRED");
}

/// Each command that posts, on a day; what is paid and reversed was raised before.
fn posted(posted_on: Date) -> [(Office, Command); 3] {
    let raised = || {
        let mut office = Office::under(jets(), Outcome::Upheld);
        office.asks(&raise(500_000, None)).unwrap();
        office
    };
    let (pence, authority) = (500_000, "DWP-8".to_owned());
    [
        (
            Office::under(jets(), Outcome::Upheld),
            Command::Raise { id: CHARGE, posting: posting(1), pence, authority: None, posted_on },
        ),
        (raised(), Command::Pay { posting: posting(2), pence, posted_on }),
        (raised(), Command::Reverse { posting: posting(9), pence, authority, posted_on }),
    ]
}

#[test]
fn nothing_is_posted_before_the_decision_after_today_or_in_a_closed_year() {
    // ICE-10, I27: decided on 28 March 2024, asked on 3 June.
    for (on, reason) in [("2024-03-27", "TOO_EARLY"), ("2024-06-04", "DATE_IN_FUTURE")] {
        for (mut office, command) in posted(day(on)) {
            assert_eq!(office.refuses(&command), reason, "{command:?}");
        }
    }
    for on in ["2024-03-28", "2024-06-03"] {
        for (mut office, command) in posted(day(on)) {
            office.asks(&command).unwrap();
        }
    }
    for (mut office, command) in posted(day("2024-03-29")) {
        office.closed.push(IceYear::of(day("2024-03-29"), jets()));
        assert_eq!(office.refuses(&command), "PERIOD_CLOSED", "{command:?}");
    }
}

#[test]
fn a_year_is_closed_when_its_last_day_is_over() {
    // ICE-34
    let year = IceYear::of(day("2024-03-31"), jets());
    let closed = |on: &str| ledger::close(year, &[], day(on)).map_err(|refusal| refusal.explain().reason);
    assert_eq!(closed("2024-03-31").unwrap_err(), "YEAR_NOT_OVER");
    assert!(closed("2024-04-01").is_ok());
}

#[test]
fn no_more_is_paid_than_is_owed() {
    let mut office = Office::under(jets(), Outcome::Upheld);
    office.asks(&raise(500_000, None)).unwrap();
    assert_eq!(office.refuses(&pay(0, 2)), "REQUIRED", "nothing is no payment");
    office.asks(&pay(400_000, 2)).unwrap();
    assert_eq!((office.state.name(), office.refuses(&pay(100_001, 3))), ("RAISED", "EXCEEDS_BALANCE"));
    office.asks(&pay(100_000, 3)).unwrap();
    assert_eq!(office.state.name(), "RECOVERED");
}

#[test]
fn closed_years_stay_closed() {
    let mut office = Office::under(jets(), Outcome::Upheld);
    let year = IceYear::of(day("2024-03-31"), jets());
    ledger::close(year, &office.closed, office.today).unwrap();
    office.closed.push(year);
    let closed = |result: Result<(), Refusal>| result.unwrap_err().explain().reason;
    assert_eq!(closed(ledger::close(year, &office.closed, office.today)), "PERIOD_CLOSED");
    assert_eq!(closed(ledger::close(year.next(), &office.closed, office.today)), "YEAR_NOT_OVER");
    let back = Command::Raise {
        id: CHARGE,
        posting: posting(1),
        pence: 500_000,
        authority: None,
        posted_on: day("2024-03-29"),
    };
    assert_eq!(office.refuses(&back), "PERIOD_CLOSED");
    office.asks(&raise(500_000, None)).unwrap();
}

proptest! {
    #[test]
    fn whatever_is_asked_the_ledger_sums_to_zero_and_nobody_pays_too_much(
        asks in prop::collection::vec((0_u8..4, 0_u64..700_000), 1..40),
    ) {
        let mut office = Office::under(atw_before_2023(), Outcome::Upheld);
        for (at, (kind, pence)) in asks.into_iter().enumerate() {
            let command = match kind {
                0 => raise(if pence % 2 == 0 { 500_000 } else { pence }, None),
                1 => pay(pence, 20 + at as u128),
                2 => reverse(if pence % 2 == 0 { 500_000 } else { pence }),
                _ => excuse(),
            };
            let _refused = office.asks(&command);
            if let State::Raised(raised) = &office.state {
                let lines = raised.postings.iter().flat_map(ledger::Posting::lines);
                prop_assert_eq!(lines.map(|line| line.pence).sum::<i64>(), 0);
                prop_assert!(raised.balance() <= 500_000 && (raised.is_reversed() || raised.balance() >= 0));
            }
        }
    }
}
