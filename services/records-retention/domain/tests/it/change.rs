//! A schedule is shortened by two people and after a cooling period, or not at all (reliability D4, D41).

use std::{collections::BTreeSet, fmt::Write as _};

use records_retention_domain::change::{Command, Event, Obstacle, StageName, State};
use redress_kernel::Refusal as _;

use crate::fixture::{
    day,
    plan::{Plan, months},
};

fn names(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(Event::name).collect()
}

fn obstacle(plan: &Plan) -> Option<Obstacle> {
    match &plan.state {
        State::Void { obstacle, .. } => Some(*obstacle),
        State::Unproposed | State::Proposed(_) | State::Approved { .. } | State::Applied { .. } => None,
    }
}

#[test]
fn a_longer_period_is_made_at_once_and_a_shorter_one_is_not() {
    // RET-01, Q13; D4: the guidance's six years are 72 months.
    for (wanted, longer) in [(84, true), (72, true), (71, false), (12, false)] {
        let mut plan = Plan::empty("2026-01-05");
        let make = plan.make(months(wanted));
        if longer {
            assert_eq!(names(&plan.asks(&make).unwrap()), ["ScheduleChangeMade"]);
            assert_eq!((plan.stage(), plan.kept().0), ("APPLIED", Some(wanted)));
        } else {
            assert_eq!(plan.refused(&make), "APPROVAL_REQUIRED");
        }
        // And there is nothing for two people to agree on where nothing ends sooner.
        let propose = Plan::empty("2026-01-05");
        let proposed = propose.clone().asks(&propose.propose(months(wanted)));
        assert_eq!(proposed.is_ok(), !longer, "{wanted}");
    }
    // Back from a longer period that was agreed is shorter, too.
    let mut plan = Plan::empty("2026-01-05");
    let longer = plan.make(months(84));
    plan.does(&longer);
    let mut again = Plan { state: State::Unproposed, ..plan };
    assert_eq!(again.refused(&again.make(months(83))), "APPROVAL_REQUIRED");
    let longest = again.make(months(96));
    again.does(&longest);
}

#[test]
fn two_people_agree_and_it_applies_after_the_cooling_period_and_never_before() {
    // D4, D13, D14, Q49: ten working days from Monday 5 January 2026.
    let mut plan = Plan::proposed("2026-01-05");
    let approve = plan.approve();
    assert_eq!(plan.refused(&approve), "SAME_PERSON");
    assert_eq!(plan.is("Officer-1").refused(&approve), "NOT_INDEPENDENT");
    plan.is("officer-2").by_delegate = true;
    assert_eq!(plan.refused(&approve), "NOT_INDEPENDENT");
    plan.by_delegate = false;
    let other = Command::Approve { digest: crate::fixture::digest('b') };
    assert_eq!(plan.refused(&other), "APPROVAL_DIGEST_MISMATCH");
    plan.does(&approve);
    assert_eq!(plan.state.approval().unwrap().cooling_until, day("2026-01-19"));
    // Again by the same person: the same answer, once.
    assert!(plan.asks(&approve).unwrap().is_empty());
    for before in ["2026-01-05", "2026-01-18", "2026-01-19"] {
        assert!(plan.on(before).asks(&Command::Apply).unwrap().is_empty(), "{before}");
        assert_eq!(plan.kept().0, None, "{before}");
    }
    assert_eq!(names(&plan.on("2026-01-20").asks(&Command::Apply).unwrap()), ["ScheduleChangeApplied"]);
    assert_eq!((plan.stage(), plan.kept().0), ("APPLIED", Some(60)));
    assert!(plan.asks(&Command::Apply).unwrap().is_empty());
}

#[test]
fn one_person_is_enough_to_stop_it_until_it_applies() {
    for (subject, why) in [("officer-1", Obstacle::Withdrawn), ("officer-3", Obstacle::Objected)] {
        let mut proposed = Plan::proposed("2026-01-05");
        proposed.is(subject).does(&Command::Withdraw);
        let mut cooling = Plan::approved("2026-01-05");
        cooling.on("2026-01-19").is(subject).does(&Command::Withdraw);
        for plan in [&mut proposed, &mut cooling] {
            assert_eq!(obstacle(plan), Some(why));
            assert!(plan.on("2026-03-02").asks(&Command::Apply).unwrap().is_empty());
            assert_eq!(plan.kept().0, None);
            assert_eq!(plan.refused(&plan.approve()), "STAGE_REFUSES");
        }
    }
    let mut late = Plan::approved("2026-01-05");
    late.on("2026-01-20").does(&Command::Apply);
    assert_eq!(late.refused(&Command::Withdraw), "STAGE_REFUSES");
}

#[test]
fn what_nobody_approves_in_time_is_given_up() {
    // Q41
    let mut plan = Plan::proposed("2026-01-05");
    assert!(plan.on("2026-01-19").asks(&Command::Lapse).unwrap().is_empty());
    let approve = plan.approve();
    assert_eq!(plan.on("2026-01-20").is("officer-2").refused(&approve), "APPROVAL_EXPIRED");
    plan.does(&Command::Lapse);
    assert_eq!(obstacle(&plan), Some(Obstacle::Lapsed));
}

#[test]
fn an_earlier_last_day_that_is_told_waits_for_two_people() {
    // D4: news comes by a feed, and nobody here agreed with it.
    let mut plan = Plan::empty("2026-01-05");
    assert_eq!(plan.refused(&plan.make(plan.told())), "NOT_ALLOWED");
    plan.promise.learn(2, day("2027-12-31"));
    assert_eq!(plan.promise.withheld(), Some((2, day("2027-12-31"))));
    assert_eq!(plan.kept().1, Some(day("2030-12-31")));
    assert_eq!(plan.refused(&plan.make(plan.told())), "APPROVAL_REQUIRED");
    let propose = plan.propose(plan.told());
    plan.does(&propose);
    let approve = plan.approve();
    plan.is("officer-2").does(&approve).on("2026-01-20").does(&Command::Apply);
    assert_eq!(plan.kept().1, Some(day("2027-12-31")));
    assert_eq!(plan.promise.withheld(), None);
    // A later one counts at once, as ever.
    plan.promise.learn(3, day("2028-06-30"));
    assert_eq!(plan.kept().1, Some(day("2028-06-30")));
}

#[test]
fn what_was_read_is_what_is_agreed_on_and_applied() {
    // Another change, or other news, before the approval and before the cooling period is over.
    let mut plan = Plan::proposed("2026-01-05");
    let approve = plan.approve();
    plan.promise.learn(2, day("2031-12-31"));
    assert_eq!(plan.is("officer-2").refused(&approve), "SCHEDULE_CHANGED");
    let mut plan = Plan::approved("2026-01-05");
    plan.promise.learn(2, day("2031-12-31"));
    plan.on("2026-01-20").does(&Command::Apply);
    assert_eq!((obstacle(&plan), plan.kept().0), (Some(Obstacle::Overtaken), None));
}

#[test]
fn only_the_present_holder_and_the_department_decide() {
    // D41
    let mut plan = Plan::empty("2026-01-05");
    plan.controls = false;
    assert_eq!(plan.refused(&plan.make(months(84))), "NOT_CONTROLLER_CONTRACT");
    assert_eq!(plan.refused(&plan.propose(months(60))), "NOT_CONTROLLER_CONTRACT");
    let mut plan = Plan::proposed("2026-01-05");
    plan.controls = false;
    let approve = plan.approve();
    assert_eq!(plan.is("officer-2").refused(&approve), "NOT_CONTROLLER_CONTRACT");
    // Stopping is never for those alone who decide.
    plan.does(&Command::Withdraw);
    // What the holder of before agreed on is void when its day comes, and holds while it does.
    let mut plan = Plan::approved("2026-01-05");
    plan.controls = false;
    assert!(plan.on("2026-01-19").asks(&Command::Apply).unwrap().is_empty());
    plan.on("2026-01-20").does(&Command::Apply);
    assert_eq!((obstacle(&plan), plan.kept().0), (Some(Obstacle::Overtaken), None));
}

#[test]
fn what_is_asked_says_why_and_by_which_agreement() {
    let plan = Plan::empty("2026-01-05");
    let mut proposal = plan.proposal(months(60));
    proposal.reference.clear();
    let records_retention_domain::change::Amendment::Period(agreed) = &mut proposal.amendment else {
        unreachable!("a period was asked for")
    };
    agreed.reference.clear();
    agreed.agreed_on = day("2026-01-06");
    let refusal = plan.clone().asks(&Command::Propose(Box::new(proposal))).unwrap_err();
    let said = refusal.explain();
    let fields: Vec<&str> = said.violations.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "schedule_change.reference",
            "schedule_change.agreed_retention.agreed_on",
            "schedule_change.agreed_retention.agreement_reference"
        ]
    );
}

/// A plan in each stage.
pub(crate) fn plans() -> Vec<Plan> {
    let mut applied = Plan::approved("2026-01-05");
    applied.on("2026-01-20").does(&Command::Apply);
    let mut void = Plan::proposed("2026-01-05");
    void.does(&Command::Withdraw);
    vec![Plan::empty("2026-01-05"), Plan::proposed("2026-01-05"), Plan::approved("2026-01-05"), applied, void]
}

/// One of each command, by another person than the proposer.
fn asked(plan: &Plan) -> Vec<(&'static str, Command)> {
    vec![
        ("Make, longer", plan.make(months(84))),
        ("Make, shorter", plan.make(months(48))),
        ("Propose", plan.propose(months(48))),
        ("Approve", plan.approve()),
        ("Withdraw", Command::Withdraw),
        ("Lapse", Command::Lapse),
        ("Apply", Command::Apply),
    ]
}

#[test]
fn every_stage_of_a_change_answers_every_command() {
    let mut page = String::new();
    for plan in plans() {
        writeln!(page, "## {}", plan.stage()).unwrap();
        for (when, days) in [("same day", 0), ("a month on", 30)] {
            for (name, command) in asked(&plan) {
                let mut after = plan.clone();
                after.is("officer-3");
                after.today = plan.today.checked_add(jiff::Span::new().days(days)).unwrap();
                let outcome = match after.asks(&command) {
                    Ok(events) if events.is_empty() => "nothing to do".to_owned(),
                    Ok(events) => format!("{} -> {}", names(&events).join(", "), after.stage()),
                    Err(refusal) => refusal.explain().reason.to_owned(),
                };
                writeln!(page, "{name:<14} {when:<11} {outcome}").unwrap();
            }
        }
        writeln!(page).unwrap();
    }
    insta::assert_snapshot!("every_stage_and_command_of_a_change", page);
    for stage in StageName::ALL {
        assert!(plans().iter().any(|plan| plan.state.stage_name() == stage), "{stage:?} is not shown");
    }
}

/// The machine, as its commands move it.
pub(crate) fn diagram() -> String {
    let mut edges = BTreeSet::new();
    for plan in plans() {
        let from = plan.state.stage_name();
        for days in [0, 30] {
            for (_, command) in asked(&plan) {
                let mut after = plan.clone();
                after.is("officer-3");
                after.today = plan.today.checked_add(jiff::Span::new().days(days)).unwrap();
                let to = after.asks(&command).ok().map(|_| after.state.stage_name());
                if let Some(to) = to.filter(|to| *to != from) {
                    edges.insert((from, to, command.name()));
                }
            }
        }
    }
    let steps = edges.iter().map(|(from, to, what)| (from.as_str(), to.as_str(), *what, to.is_terminal()));
    redress_ruletest::machine::drawn(steps, StageName::Unproposed.as_str())
}
