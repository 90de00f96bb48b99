//! Procedures tighten and never loosen.

use complaints_domain::{
    Actor, Refusal,
    complaint::ProcedureSnapshot,
    procedure::{Command, Context, Event, Rules, State, document_key},
};
use jiff::civil::Date;
use redress_kernel::{Decider as _, Refusal as _};
use redress_policy::Pack;

use crate::fixture::{
    CONTRACT, Desk, PRIME, SUB, atw_before_2023, day, jets, one_stage, step, term, two_stages,
};

struct Ask<'a> {
    desk: Desk,
    pack: &'a Pack,
    upper: Option<ProcedureSnapshot>,
    latest: Option<(u32, Date)>,
}

impl Ask<'_> {
    fn jets() -> Ask<'static> {
        Ask { desk: Desk::jets(), pack: jets(), upper: None, latest: None }
    }

    fn ask(&self, state: &mut State, command: &Command) -> Result<Vec<Event>, Refusal> {
        let context = Context {
            today: day("2024-01-02"),
            actor: &self.desk.actor,
            pack: self.pack,
            chain: Some(&self.desk.chain),
            upper: self.upper.as_ref(),
            latest: self.latest,
        };
        let events = Rules::decide(state, command, &context)?.events;
        for event in &events {
            *state = Rules::evolve(state.clone(), event);
        }
        Ok(events)
    }

    fn records(&self, body: ProcedureSnapshot) -> Result<State, Refusal> {
        let mut state = Rules::initial();
        self.ask(&mut state, &record(body))?;
        Ok(state)
    }
}

fn record(body: ProcedureSnapshot) -> Command {
    Command::Record { contract: CONTRACT, organisation: PRIME, effective_on: day("2024-02-01"), body }
}

fn breaches(refusal: &Refusal) -> Vec<(String, &'static str)> {
    let violations = refusal.explain().violations;
    violations.into_iter().map(|violation| (violation.field, violation.reason)).collect()
}

#[test]
fn every_place_where_it_loosens_the_guidance_is_named_at_once() {
    // CMP-05, CMP-06, J0 7.01 action 3; CMP-08
    let mut body = two_stages();
    body.stages[0].response_limit = None;
    body.stages[1].response_limit = Some(term("3 months"));
    let refusal = Ask::jets().records(body).unwrap_err();
    assert_eq!(refusal.reason(), "PROCEDURE_LOOSENS");
    let found = breaches(&refusal);
    assert!(found.contains(&("procedure.stages[0].response_limit".to_owned(), "NOT_STATED")), "{found:?}");
    assert!(found.contains(&("procedure.stages".to_owned(), "CANNOT_END_IN_TIME")), "{found:?}");
    assert!(
        refusal.explain().citations.iter().any(|citation| citation.short() == "CMP-06 (J0 7.01 action 3)")
    );
}

#[test]
fn guidance_that_states_no_limit_asks_for_none() {
    let ask = Ask { pack: atw_before_2023(), ..Ask::jets() };
    ask.records(one_stage()).unwrap();
}

#[test]
fn a_subcontractor_tightens_the_procedure_of_the_prime() {
    // CMP-01, XCT-06
    let mut lower = two_stages();
    let ask = Ask { upper: Some(two_stages()), ..Ask::jets() };
    ask.records(lower.clone()).unwrap();
    lower.stages[0].response_limit = Some(term("11 working days"));
    lower.stages[0].escalation_limit = Some(term("1 week"));
    let found = breaches(&ask.records(lower).unwrap_err());
    assert!(found.contains(&("procedure.stages[0].response_limit".to_owned(), "TOO_LONG")), "{found:?}");
    assert!(found.contains(&("procedure.stages[0].escalation_limit".to_owned(), "TOO_SHORT")), "{found:?}");
}

#[test]
fn a_procedure_has_stages_with_steps_of_different_names() {
    let mut body = two_stages();
    body.stages[1].steps = vec![step("call", false)];
    body.stages[0].escalation_limit = None;
    let found = breaches(&Ask::jets().records(body).unwrap_err());
    assert_eq!(
        found,
        [
            ("procedure.stages[0].escalation_limit".to_owned(), "REQUIRED"),
            ("procedure.stages[1].steps[0].id".to_owned(), "DUPLICATE"),
        ]
    );
    let empty = ProcedureSnapshot { stages: Vec::new(), ..two_stages() };
    assert_eq!(Ask::jets().records(empty).unwrap_err().reason(), "REQUIRED");
}

#[test]
fn versions_count_up_and_follow_one_another() {
    let ask = Ask { latest: Some((3, day("2024-01-15"))), ..Ask::jets() };
    let state = ask.records(two_stages()).unwrap();
    assert_eq!(state.procedure().unwrap().version, 4);
    let ask = Ask { latest: Some((3, day("2024-02-02"))), ..Ask::jets() };
    assert_eq!(ask.records(two_stages()).unwrap_err().reason(), "TOO_EARLY");
}

#[test]
fn only_the_organisation_itself_or_one_above_it_states_its_procedure() {
    let mut ask = Ask::jets();
    ask.desk.actor = Actor { organisation: Some(SUB), subject: "manager".to_owned() };
    assert_eq!(ask.records(two_stages()).unwrap_err().reason(), "NOT_ABOVE_IN_CHAIN");
}

#[test]
fn a_review_is_complete_when_every_document_that_the_guidance_names_was_consulted() {
    // CMP-10, A0 7.02
    let ask = Ask { pack: atw_before_2023(), ..Ask::jets() };
    let mut state = ask.records(one_stage()).unwrap();
    let named: Vec<String> =
        ask.pack.rules.review_documents.value().unwrap().iter().map(|title| document_key(title)).collect();
    assert_eq!(named, ["complaint-resolution-core-briefing-pack", "dwp-customer-charter"]);
    for documents in [named[..1].to_vec(), named.clone()] {
        ask.ask(&mut state, &Command::Review { reviewed_on: day("2024-01-02"), documents }).unwrap();
    }
    let complete: Vec<bool> =
        state.procedure().unwrap().reviews.iter().map(|review| review.complete).collect();
    assert_eq!(complete, [false, true]);
    let future = Command::Review { reviewed_on: day("2024-01-03"), documents: Vec::new() };
    assert_eq!(ask.ask(&mut state, &future).unwrap_err().reason(), "INVALID_REQUEST");
    let kept = serde_json::to_value(&state).unwrap();
    assert_eq!(serde_json::from_value::<State>(kept).unwrap(), state);
}
