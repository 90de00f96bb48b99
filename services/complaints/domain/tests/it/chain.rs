//! Who works for whom, day by day.

use complaints_domain::{
    Actor, ContractId, OrganisationId, Refusal,
    supply_chain::{
        Chain, Link, OrganisationKind,
        chain::{Command, Context, Rules},
        contract, organisation,
    },
};
use jiff::civil::Date;
use proptest::prelude::*;
use redress_kernel::{Decider as _, Refusal as _};
use uuid::Uuid;

use crate::fixture::{CONTRACT, DEPARTMENT, JOBCENTRE, PRIME, STRANGER, SUB, SUB_SUB, day, library, link};

fn prime() -> Actor {
    Actor { organisation: Some(PRIME), subject: "manager".to_owned() }
}

#[expect(clippy::unnecessary_wraps, reason = "the state of a chain is none before its contract")]
fn alone() -> Option<Chain> {
    Some(Chain::new(CONTRACT, PRIME, DEPARTMENT))
}

fn ask(chain: &mut Option<Chain>, command: Command, actor: &Actor) -> Result<(), Refusal> {
    let context = Context { today: day("2024-01-02"), actor, subcontractor_is_provider: true };
    for event in Rules::decide(chain, &command, &context)?.events {
        *chain = Rules::evolve(chain.take(), &event);
    }
    Ok(())
}

fn add(chain: &mut Option<Chain>, link: Link) -> Result<(), Refusal> {
    ask(chain, Command::Add(link), &prime())
}

fn organisation(number: u128) -> OrganisationId {
    OrganisationId::new(Uuid::from_u128(500 + number))
}

#[test]
fn tiers_follow_the_links() {
    // CMP-01, XCT-06
    let mut chain = alone();
    add(&mut chain, link(1, PRIME, SUB, "2022-04-01")).unwrap();
    add(&mut chain, link(2, SUB, SUB_SUB, "2022-05-01")).unwrap();
    let members = chain.as_ref().unwrap().at(day("2022-05-01"));
    assert_eq!(members.get(SUB_SUB).unwrap().tier, 2);
    assert_eq!(members.ancestors(SUB_SUB), [SUB, PRIME]);
    assert_eq!(members.visible_to(SUB), [SUB, PRIME], "those below do not see those above");
    assert!(!chain.unwrap().at(day("2022-04-30")).contains(SUB_SUB));
}

#[test]
fn no_circle_no_self_and_no_eleventh_tier() {
    // R8
    let mut chain = alone();
    add(&mut chain, link(1, PRIME, SUB, "2022-04-01")).unwrap();
    add(&mut chain, link(2, SUB, SUB_SUB, "2022-04-01")).unwrap();
    for circle in [
        link(3, SUB, PRIME, "2022-04-01"),
        link(3, SUB, SUB, "2023-04-01"),
        link(3, PRIME, PRIME, "2022-04-01"),
    ] {
        let refusal = add(&mut chain, circle).unwrap_err().explain();
        assert!(
            refusal.violations.iter().any(|violation| violation.reason == "CYCLE"),
            "{circle:?}: {refusal:?}"
        );
    }
    let mut deep = alone();
    let mut parent = PRIME;
    for tier in 1..=10 {
        add(&mut deep, link(tier, parent, organisation(tier), "2022-04-01")).unwrap();
        parent = organisation(tier);
    }
    let refusal = add(&mut deep, link(11, parent, organisation(11), "2022-04-01")).unwrap_err().explain();
    assert_eq!(refusal.reason, "DEPTH");
}

#[test]
fn one_place_at_a_time_and_another_after_it() {
    let mut chain = alone();
    add(&mut chain, link(1, PRIME, SUB, "2022-04-01")).unwrap();
    add(&mut chain, link(2, PRIME, SUB_SUB, "2022-04-01")).unwrap();
    assert_eq!(add(&mut chain, link(3, SUB, SUB_SUB, "2023-04-01")).unwrap_err().reason(), "OVERLAP");
    ask(
        &mut chain,
        Command::End { link: link(2, PRIME, SUB_SUB, "2022-04-01").id, end_on: day("2023-03-31") },
        &prime(),
    )
    .unwrap();
    add(&mut chain, link(3, SUB, SUB_SUB, "2023-04-01")).unwrap();
    let chain = chain.unwrap();
    // A move takes no history along.
    assert_eq!(chain.at(day("2023-03-31")).ancestors(SUB_SUB), [PRIME]);
    assert_eq!(chain.at(day("2023-04-01")).ancestors(SUB_SUB), [SUB, PRIME]);
}

#[test]
fn a_lengthened_link_takes_no_place_that_is_taken() {
    let mut chain = alone();
    let first = Link { end_on: Some(day("2023-03-31")), ..link(1, PRIME, SUB, "2022-04-01") };
    add(&mut chain, first).unwrap();
    add(&mut chain, link(2, PRIME, SUB, "2023-04-01")).unwrap();
    let lengthen = Command::End { link: first.id, end_on: day("2023-04-01") };
    assert_eq!(ask(&mut chain, lengthen, &prime()).unwrap_err().reason(), "OVERLAP");
    let before_it_began = Command::End { link: first.id, end_on: day("2022-03-31") };
    assert_eq!(ask(&mut chain, before_it_began, &prime()).unwrap_err().reason(), "TOO_EARLY");
}

#[test]
fn nobody_puts_itself_under_a_parent() {
    // R10
    let mut chain = alone();
    let itself = Actor { organisation: Some(SUB), subject: "manager".to_owned() };
    let refusal =
        ask(&mut chain, Command::Add(link(1, PRIME, SUB, "2022-04-01")), &itself).unwrap_err().explain();
    assert_eq!((refusal.kind, refusal.reason), (redress_kernel::Kind::Forbidden, "NOT_ABOVE_IN_CHAIN"));
    add(&mut chain, link(1, PRIME, SUB, "2022-04-01")).unwrap();
    let end = Command::End { link: link(1, PRIME, SUB, "2022-04-01").id, end_on: day("2023-01-01") };
    assert_eq!(ask(&mut chain, end, &itself).unwrap_err().reason(), "NOT_ABOVE_IN_CHAIN");
    ask(&mut chain, Command::Add(link(2, SUB, SUB_SUB, "2022-04-01")), &itself).unwrap();
    let department = Actor { organisation: Some(DEPARTMENT), subject: "commissioner".to_owned() };
    ask(&mut chain, end, &department).unwrap();
}

#[test]
fn a_parent_outside_the_chain_takes_nobody_in() {
    let mut chain = alone();
    assert_eq!(add(&mut chain, link(1, STRANGER, SUB, "2022-04-01")).unwrap_err().reason(), "NOT_IN_CHAIN");
    let context = Context { today: day("2024-01-02"), actor: &prime(), subcontractor_is_provider: false };
    let refusal =
        Rules::decide(&chain, &Command::Add(link(1, PRIME, JOBCENTRE, "2022-04-01")), &context).unwrap_err();
    assert_eq!(refusal.reason(), "NOT_ALLOWED");
}

proptest! {
    #[test]
    fn whatever_is_added_the_chain_stays_a_tree(links in prop::collection::vec((0_u128..8, 0_u128..8, 0_i8..24, 1_i8..12), 0..30)) {
        // R8: on no day does anyone stand above itself, twice, or below tier ten.
        let mut chain = alone();
        let who = |number| if number == 0 { PRIME } else { organisation(number) };
        for (at, (parent, below, from, months)) in links.into_iter().enumerate() {
            let start = day("2022-01-01") + jiff::Span::new().months(from);
            let mut link = link(at as u128, who(parent), who(below), "2022-01-01");
            link.effective_on = start;
            link.end_on = Some(start + jiff::Span::new().months(months));
            let _ = add(&mut chain, link);
        }
        let chain = chain.unwrap();
        let days: Vec<Date> = (0..40).map(|month| day("2021-12-15") + jiff::Span::new().months(month)).collect();
        for on in days {
            let members = chain.at(on);
            for (organisation, member) in members.iter() {
                let above = members.ancestors(organisation);
                prop_assert!(!above.contains(&organisation));
                prop_assert_eq!(above.len(), usize::from(member.tier));
                prop_assert!(member.tier <= 10);
                let places = chain.links.iter().filter(|link| link.subcontractor == organisation && link.in_force_on(on));
                prop_assert!(places.count() <= 1);
            }
        }
    }
}

fn contract_record() -> contract::Record {
    contract::Record {
        id: CONTRACT,
        programme: "access-to-work-holistic-assessments".to_owned(),
        holder: PRIME,
        commissioner: DEPARTMENT,
        jobcentre_plus: Some(JOBCENTRE),
        division: None,
        effective_on: day("2023-06-05"),
        end_on: None,
        agreed_retention: None,
    }
}

const KINDS: [(OrganisationId, OrganisationKind); 4] = [
    (STRANGER, OrganisationKind::Provider),
    (PRIME, OrganisationKind::Provider),
    (DEPARTMENT, OrganisationKind::Department),
    (JOBCENTRE, OrganisationKind::JobcentrePlus),
];

fn contract_context(existing: Option<ContractId>) -> contract::Context<'static> {
    contract::Context { today: day("2024-06-03"), library: library(), kinds: &KINDS, existing }
}

fn recorded(record: contract::Record) -> Result<contract::State, Refusal> {
    let command = contract::Command::Record(Box::new(record));
    let decision = contract::Rules::decide(&contract::Rules::initial(), &command, &contract_context(None))?;
    Ok(contract::Rules::evolve(contract::Rules::initial(), &decision.events[0]))
}

#[test]
fn the_first_day_of_a_contract_chooses_its_pack() {
    // XCT-01: two packs were live at once from 5 June to 18 August 2023.
    let pack = |effective_on: &str| {
        let state =
            recorded(contract::Record { effective_on: day(effective_on), ..contract_record() }).unwrap();
        state.contract().unwrap().pack.id.clone()
    };
    assert_eq!(pack("2023-06-04"), "atw-ha-pre-2023");
    assert_eq!(pack("2023-06-05"), "atw-ha-2023");
    let nowhere = contract::Record { programme: "no-such-programme".to_owned(), ..contract_record() };
    assert_eq!(recorded(nowhere).unwrap_err().reason(), "UNKNOWN_PROGRAMME");
}

fn agreed(reference: &str) -> contract::AgreedRetention {
    contract::AgreedRetention {
        months: 84,
        agreement_reference: reference.to_owned(),
        agreed_on: day("2023-06-01"),
    }
}

#[test]
fn another_retention_period_needs_its_agreement() {
    // RET-01, Q13, A0 7.11
    let without = contract::Record { agreed_retention: Some(agreed(" ")), ..contract_record() };
    assert_eq!(recorded(without).unwrap_err().reason(), "REQUIRED");
    recorded(contract::Record { agreed_retention: Some(agreed("CCN 7")), ..contract_record() }).unwrap();
}

#[test]
fn a_contract_lasts_from_its_first_day_and_was_agreed_before_today() {
    // XCT-01, RET-01: recorded on 3 June 2024.
    let first = contract_record().effective_on;
    let ends = |on| recorded(contract::Record { end_on: Some(on), ..contract_record() });
    assert_eq!(ends(first.yesterday().unwrap()).unwrap_err().reason(), "TOO_EARLY");
    let state = ends(first).unwrap();
    assert!(state.contract().unwrap().in_force_on(first));
    let agreed_on = |on: &str| {
        let agreed = contract::AgreedRetention { agreed_on: day(on), ..agreed("CCN 7") };
        recorded(contract::Record { agreed_retention: Some(agreed), ..contract_record() })
    };
    assert_eq!(agreed_on("2024-06-04").unwrap_err().reason(), "DATE_IN_FUTURE");
    agreed_on("2024-06-03").unwrap();
}

#[test]
fn parties_of_a_contract_are_what_they_must_be() {
    let swapped = contract::Record { holder: DEPARTMENT, commissioner: PRIME, ..contract_record() };
    let explanation = recorded(swapped).unwrap_err().explain();
    let fields: Vec<&str> = explanation.violations.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["contract.holder", "contract.commissioner"]);
    let command = contract::Command::Record(Box::new(contract_record()));
    let again =
        contract::Rules::decide(&contract::Rules::initial(), &command, &contract_context(Some(CONTRACT)));
    assert_eq!(again.unwrap_err().reason(), "ALREADY_THERE");
}

#[test]
fn the_last_day_of_a_contract_can_be_corrected_and_extended() {
    // RET-01; L38: retention follows the last word, whenever it comes.
    let mut state = recorded(contract_record()).unwrap();
    for (end_on, events) in [("2025-06-04", 1), ("2025-06-04", 0), ("2026-06-04", 1), ("2025-01-31", 1)] {
        let command = contract::Command::End { end_on: day(end_on) };
        let decision = contract::Rules::decide(&state, &command, &contract_context(None)).unwrap();
        assert_eq!(decision.events.len(), events, "{end_on}");
        for event in &decision.events {
            state = contract::Rules::evolve(state, event);
        }
    }
    assert_eq!(state.contract().unwrap().end_on, Some(day("2025-01-31")));
    let early = contract::Command::End { end_on: day("2023-06-04") };
    assert_eq!(
        contract::Rules::decide(&state, &early, &contract_context(None)).unwrap_err().reason(),
        "TOO_EARLY"
    );
}

#[test]
fn a_contract_is_novated_to_another_provider_which_then_decides() {
    // RET-01; reliability D41
    let state = recorded(contract_record()).unwrap();
    let novate = |state: &contract::State, to, on: &str| {
        let command = contract::Command::Novate(contract::Novation { to, on: day(on) });
        contract::Rules::decide(state, &command, &contract_context(None))
    };
    for (to, on, reason) in [
        (PRIME, "2024-06-01", "NOT_ALLOWED"),
        (DEPARTMENT, "2024-06-01", "NOT_ALLOWED"),
        (SUB_SUB, "2024-06-01", "NOT_ALLOWED"),
        (STRANGER, "2024-06-04", "DATE_IN_FUTURE"),
        (STRANGER, "2023-06-04", "TOO_EARLY"),
    ] {
        assert_eq!(novate(&state, to, on).unwrap_err().reason(), reason, "{to:?} on {on}");
    }
    let decision = novate(&state, STRANGER, "2024-06-01").unwrap();
    let state = contract::Rules::evolve(state, &decision.events[0]);
    let contract = state.contract().unwrap();
    assert_eq!((contract.holder, contract.controller()), (PRIME, STRANGER));
    assert!(contract.outside().contains(&STRANGER), "it sees the whole chain");
    // Told again, and back to whoever had it.
    assert!(novate(&state, STRANGER, "2024-06-01").unwrap().events.is_empty());
    assert_eq!(novate(&state, PRIME, "2024-05-31").unwrap_err().reason(), "TOO_EARLY");
    let back = novate(&state, PRIME, "2024-06-02").unwrap();
    let state = contract::Rules::evolve(state, &back.events[0]);
    assert_eq!(state.contract().unwrap().controller(), PRIME);
}

#[test]
fn a_provider_records_providers_and_the_department_everyone() {
    let record = |kind, commissioner| {
        let command = organisation::Command::Record { id: SUB, kind };
        organisation::Rules::decide(
            &organisation::Rules::initial(),
            &command,
            &organisation::Context { commissioner },
        )
    };
    record(OrganisationKind::Provider, false).unwrap();
    record(OrganisationKind::Department, true).unwrap();
    let refusal = record(OrganisationKind::JobcentrePlus, false).unwrap_err();
    assert_eq!(refusal.reason(), "ORGANISATION_KIND_NOT_ALLOWED");
}

#[test]
fn a_chain_and_a_contract_read_back_as_they_were_kept() {
    let mut chain = alone();
    add(&mut chain, link(1, PRIME, SUB, "2022-04-01")).unwrap();
    let kept = serde_json::to_value(&chain).unwrap();
    assert_eq!(serde_json::from_value::<Option<Chain>>(kept).unwrap(), chain);
    let state = recorded(contract::Record {
        division: Some(redress_policy::Division::Scotland),
        ..contract_record()
    })
    .unwrap();
    let kept = serde_json::to_value(&state).unwrap();
    assert_eq!(serde_json::from_value::<contract::State>(kept).unwrap(), state);
}
