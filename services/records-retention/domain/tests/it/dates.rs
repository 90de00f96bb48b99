//! When a record's term ends: each sentence of A0 7.11 and 7.12, the vectors of the domain rules (7.3), and its ambiguities.

use records_retention_domain::{
    RecordClass,
    contract::{Agreed, ContractFacts},
    record::{Command, Event, Gap, Holder, StageName, Term, look_on, retention},
};

use crate::fixture::{Shelf, day, ends, jets, pack, part, payment};

fn term(shelf: &Shelf) -> Term {
    retention(shelf.state.file().unwrap(), &shelf.context()).unwrap()
}

/// The last day of the term, the first on which it may be destroyed, and the rule.
fn shown(shelf: &Shelf) -> (String, String, String) {
    match term(shelf) {
        Term::Ends { last, due_from } => {
            (last.due_on.to_string(), due_from.to_string(), last.citation.short())
        }
        Term::None(gap) => panic!("no day is known: {gap:?}"),
    }
}

#[test]
fn the_contract_record_is_kept_six_years_after_the_end_of_the_contract() {
    // RET-01, RET-02, A0 7.11; Q22
    for class in
        [RecordClass::ServicesSupplied, RecordClass::ExpenditureReimbursed, RecordClass::PaymentsMade]
    {
        for (end_on, last, from) in
            [("2023-12-31", "2029-12-31", "2030-01-01"), ("2024-02-29", "2030-02-28", "2030-03-01")]
        {
            let shelf = Shelf::ended(class, "2024-03-01", end_on);
            let rule = "RET-01 (A0 7.11)".to_owned();
            assert_eq!(shown(&shelf), (last.to_owned(), from.to_owned(), rule));
        }
    }
}

#[test]
fn a_report_goes_six_months_after_payment_is_received() {
    // RET-03, RET-04, A0 7.12: "at which point", so its last day is the day on which it must go.
    for (paid, last) in
        [("2023-08-31", "2024-02-29"), ("2024-08-29", "2025-02-28"), ("2024-01-10", "2024-07-10")]
    {
        let mut shelf = Shelf::with(RecordClass::NeedsAssessmentReport, "2023-06-01");
        shelf.on("2025-03-01").does(Command::RecordPayment(payment(1, 1, paid, true)));
        assert_eq!(shown(&shelf), (last.to_owned(), last.to_owned(), "RET-03 (A0 7.12)".to_owned()));
    }
}

#[test]
fn another_period_holds_where_it_was_agreed_with_a_reference() {
    // RET-01 "or as long as may be agreed", Q13: shorter or longer.
    for (months, last) in [(24_u16, "2025-12-31"), (120, "2033-12-31")] {
        let mut shelf = Shelf::ended(RecordClass::ServicesSupplied, "2024-01-01", "2023-12-31");
        let agreed = Agreed { months, reference: "AGR-1".to_owned(), agreed_on: day("2023-01-01") };
        shelf.contract.agreed = Some(agreed);
        let Term::Ends { last: computed, .. } = term(&shelf) else { panic!("no term") };
        assert_eq!(computed.due_on, day(last));
        assert!(computed.citation.inputs.contains(&("agreement".to_owned(), "AGR-1".to_owned())));
    }
}

#[test]
fn a_complaint_file_is_kept_like_the_record_of_its_contract() {
    // Q14; JETS is silent on retention, and the file has a term all the same.
    let mut shelf = Shelf::ended(RecordClass::ComplaintFile, "2024-01-01", "2023-12-31");
    assert_eq!(shown(&shelf).2, "RET-01 (reading Q14)");
    shelf.pack = jets();
    assert_eq!(shown(&shelf).0, "2029-12-31");
}

#[test]
fn what_no_guidance_answers_for_is_kept() {
    // Reliability D2, RET-06: the default is to keep.
    let certificate = Shelf::ended(RecordClass::Certificate, "2024-01-01", "2000-12-31");
    assert_eq!(term(&certificate), Term::None(Gap::NoSchedule));
    let mut silent = Shelf::ended(RecordClass::ServicesSupplied, "2024-01-01", "2000-12-31");
    silent.pack = jets();
    assert_eq!(term(&silent), Term::None(Gap::NoSchedule));
    let mut unknown = Shelf::ended(RecordClass::NeedsAssessmentReport, "2024-01-01", "2000-12-31");
    unknown.pack = pack("atw-ha-2023", "2024-05-01");
    unknown.does(Command::RecordPayment(payment(1, 1, "2024-01-01", true)));
    assert_eq!(term(&unknown), Term::None(Gap::NoSchedule));
    for shelf in [certificate, silent, unknown] {
        assert_eq!(shelf.order_is(), "NO_SCHEDULE");
    }
}

#[test]
fn no_clock_runs_before_its_trigger() {
    // Reliability D5
    let contract = Shelf::with(RecordClass::PaymentsMade, "2024-01-01");
    assert_eq!((term(&contract), contract.stage()), (Term::None(Gap::ContractNotEnded), StageName::Active));
    let mut report = Shelf::ended(RecordClass::NeedsAssessmentReferral, "2024-01-01", "2000-12-31");
    assert_eq!(term(&report), Term::None(Gap::NotPaid));
    assert_eq!((contract.order_is(), report.order_is()), ("TRIGGER_NOT_MET", "TRIGGER_NOT_MET"));
    // Q12: part-paid is not paid.
    report.does(Command::RecordPayment(payment(1, 1, "2024-01-01", false)));
    assert_eq!(term(&report), Term::None(Gap::NotPaid));
}

#[test]
fn a_completed_report_that_nobody_pays_for_is_raised_after_six_months() {
    // Q12
    let mut shelf = Shelf::with(RecordClass::NeedsAssessmentReport, "2024-01-10");
    assert_eq!(look_on(&shelf.state, &shelf.context()).unwrap(), Some(day("2024-07-11")));
    assert!(shelf.on("2024-07-10").asks(&Command::Look).unwrap().is_empty());
    let raised = shelf.on("2024-07-11").asks(&Command::Look).unwrap();
    assert_eq!(raised, [Event::ReportUnpaid { due_on: day("2024-07-10") }]);
    assert!(shelf.asks(&Command::Look).unwrap().is_empty());
}

#[test]
fn what_a_european_fund_paid_for_is_kept_until_the_fund_says() {
    // RET-09, W15: not for people who started on or after 1 November 2022.
    for (started, last) in [("2022-10-31", "2034-12-31"), ("2022-11-01", "2029-12-31")] {
        let mut shelf = Shelf::empty("2024-01-01");
        shelf.pack = pack("whp-jets", "2025-02-11");
        shelf.contract = ends(1, "2023-12-31");
        let mut register = shelf.register(RecordClass::ComplaintFile);
        register.funded_start_on = Some(day(started));
        shelf.does(Command::Register(Box::new(register)));
        assert_eq!(shown(&shelf).0, last);
    }
}

#[test]
fn the_term_is_told_once_and_again_when_it_moves() {
    let mut shelf = Shelf::ended(RecordClass::ComplaintFile, "2024-01-01", "2018-06-30");
    assert_eq!(shelf.stage(), StageName::RetentionRunning);
    assert!(shelf.on("2024-06-30").asks(&Command::Look).unwrap().is_empty());
    let fell = shelf.on("2024-07-01").asks(&Command::Look).unwrap();
    assert_eq!(fell, [Event::RecordFellDue { due_on: day("2024-06-30"), held: false }]);
    assert_eq!(shelf.stage(), StageName::Due);
    assert!(shelf.asks(&Command::Look).unwrap().is_empty());
    // Reliability D8: the contract was extended after all.
    shelf.contract = ends(3, "2019-06-30");
    assert_eq!((shelf.stage(), shelf.order_is()), (StageName::RetentionRunning, "NOT_DUE"));
    assert_eq!(look_on(&shelf.state, &shelf.context()).unwrap(), Some(day("2025-07-01")));
    let fell = shelf.on("2025-07-01").asks(&Command::Look).unwrap();
    assert_eq!(fell, [Event::RecordFellDue { due_on: day("2025-06-30"), held: false }]);
}

#[test]
fn what_is_added_late_shares_the_date() {
    // L36
    let mut shelf = Shelf::ended(RecordClass::ComplaintFile, "2024-01-01", "2018-06-30");
    let before = shown(&shelf);
    shelf.on("2024-06-01").does(Command::AddPart(part(61, Holder::RecordsRetention, "2024-06-01")));
    assert_eq!(shown(&shelf), before);
    // From a feed that repeats itself it comes once.
    let again = part(60, Holder::Complaints, "2024-06-01");
    assert!(shelf.asks(&Command::AddPart(again)).unwrap().is_empty());
}

#[test]
fn a_contract_is_what_its_latest_version_says() {
    let old = ends(1, "2023-12-31");
    let new = ContractFacts { version: 3, ..ends(3, "2024-12-31") };
    assert_eq!(ContractFacts::default().learn(old.clone()).learn(new.clone()), new);
    assert_eq!(ContractFacts::default().learn(new.clone()).learn(old), new);
}
