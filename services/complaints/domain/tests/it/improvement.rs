//! Issues, and changes that wait for the Performance Manager.

use complaints_domain::{
    Actor, ChangeProposalId, IssueId, Refusal,
    improvement::{
        change_proposal::{Category, Command, Context, Rules, State, Verdict},
        issue,
    },
};
use jiff::civil::Date;
use redress_kernel::{Decider as _, Kind, Refusal as _};
use redress_policy::Pack;
use uuid::Uuid;

use crate::fixture::{CONTRACT, DEPARTMENT, PRIME, atw_2024, atw_before_2023, day, jets, officer};

const PROPOSAL: ChangeProposalId = ChangeProposalId::new(Uuid::from_u128(70));
const ISSUE: IssueId = IssueId::new(Uuid::from_u128(80));

fn manager() -> Actor {
    Actor { organisation: Some(DEPARTMENT), subject: "pm-1".to_owned() }
}

struct Office {
    pack: &'static Pack,
    today: Date,
    state: State,
}

impl Office {
    fn drafted() -> Self {
        let mut office = Self { pack: atw_before_2023(), today: day("2023-07-03"), state: Rules::initial() };
        office.does(Command::Draft {
            id: PROPOSAL,
            contract: CONTRACT,
            organisation: PRIME,
            category: Category::Access,
            performance_manager: "pm-1".to_owned(),
        });
        office
    }

    fn submitted() -> Self {
        let mut office = Self::drafted();
        let on = office.today;
        office.does(Command::Submit { on });
        office
    }

    fn approved() -> Self {
        let mut office = Self::submitted();
        office.decides(Verdict::Approve).unwrap();
        office
    }

    fn asks(&mut self, command: &Command, actor: &Actor) -> Result<usize, Refusal> {
        let context = Context { today: self.today, actor, pack: self.pack };
        let events = Rules::decide(&self.state, command, &context)?.events;
        for event in &events {
            self.state = Rules::evolve(self.state.clone(), event);
        }
        Ok(events.len())
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a sentence of a test ends in the command it gives away"
    )]
    fn does(&mut self, command: Command) -> &mut Self {
        self.asks(&command, &officer()).unwrap();
        self
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a sentence of a test ends in the command it gives away"
    )]
    fn refused(&mut self, command: Command) -> &'static str {
        self.asks(&command, &officer()).unwrap_err().reason()
    }

    fn decides(&mut self, decision: Verdict) -> Result<usize, Refusal> {
        let command = Command::Decide { decision, decided_on: self.today, referenced: true, commented: true };
        self.asks(&command, &manager())
    }

    fn stage(&self) -> &'static str {
        self.state.stage_name().as_str()
    }
}

#[test]
fn a_change_is_made_only_after_the_performance_manager_approved_it() {
    // ISS-02, ISS-03, A0 7.09
    let on = day("2023-07-03");
    let mut office = Office::drafted();
    assert_eq!(office.refused(Command::Implement { on }), "CHANGE_NOT_APPROVED");
    office.does(Command::Submit { on });
    assert_eq!(office.refused(Command::Implement { on }), "CHANGE_NOT_APPROVED");
    office.decides(Verdict::AskForMore).unwrap();
    assert_eq!(office.stage(), "MORE_INFORMATION");
    office.does(Command::Submit { on }).decides(Verdict::Approve).unwrap();
    office.does(Command::Implement { on }).does(Command::Review { on });
    assert_eq!(office.stage(), "REVIEWED");
    let history: Vec<&str> =
        office.state.proposal().unwrap().history.iter().map(|step| step.stage.as_str()).collect();
    let walked =
        ["DRAFTED", "SUBMITTED", "MORE_INFORMATION", "SUBMITTED", "APPROVED", "IMPLEMENTED", "REVIEWED"];
    assert_eq!(history, walked);
}

#[test]
fn only_the_performance_manager_to_whom_it_is_addressed_decides() {
    // ISS-03
    let mut office = Office::submitted();
    let other = Actor { organisation: Some(DEPARTMENT), subject: "pm-2".to_owned() };
    let decide = Command::Decide {
        decision: Verdict::Approve,
        decided_on: office.today,
        referenced: true,
        commented: false,
    };
    let explanation = office.asks(&decide, &other).unwrap_err().explain();
    assert_eq!((explanation.kind, explanation.reason), (Kind::Forbidden, "NOT_ADDRESSEE"));
}

#[test]
fn a_decision_is_named_and_a_no_is_explained() {
    let mut office = Office::submitted();
    for (decision, field) in [(Verdict::Approve, "decision_reference"), (Verdict::Reject, "comment")] {
        let decided_on = office.today;
        let command = Command::Decide { decision, decided_on, referenced: false, commented: false };
        let explanation = office.asks(&command, &manager()).unwrap_err().explain();
        assert_eq!(explanation.violations[0].field, field);
    }
    office.decides(Verdict::Reject).unwrap();
    assert_eq!(office.refused(Command::Implement { on: day("2023-07-03") }), "STAGE_REFUSES");
}

#[test]
fn withdrawal_comes_before_approval() {
    let on = day("2023-07-03");
    Office::submitted().does(Command::Withdraw { on });
    assert_eq!(Office::approved().refused(Command::Withdraw { on }), "STAGE_REFUSES");
}

#[test]
fn approval_ends_when_the_guidance_changes_before_the_change_is_made() {
    // The suite's own rule (domain 3.6).
    let mut office = Office::approved();
    assert_eq!(office.asks(&Command::Expire, &Actor::suite()).unwrap(), 0, "the same guidance ends nothing");
    office.pack = atw_2024();
    assert_eq!(office.refused(Command::Implement { on: day("2023-07-03") }), "APPROVAL_EXPIRED");
    office.asks(&Command::Expire, &Actor::suite()).unwrap();
    assert_eq!(office.stage(), "DRAFTED");
    let kept = serde_json::to_value(&office.state).unwrap();
    assert_eq!(serde_json::from_value::<State>(kept).unwrap(), office.state);
}

#[test]
fn no_move_lies_before_the_one_before_it() {
    let mut office = Office::submitted();
    assert_eq!(office.refused(Command::Withdraw { on: day("2023-07-02") }), "TOO_EARLY");
    assert_eq!(office.refused(Command::Withdraw { on: day("2023-07-04") }), "DATE_IN_FUTURE");
}

fn found(changes_access: bool) -> issue::Issue {
    issue::Issue {
        id: ISSUE,
        contract: CONTRACT,
        organisation: PRIME,
        found_on: day("2023-07-01"),
        changes_access,
    }
}

fn resolve(changes_access: bool, pack: &Pack, proposal: Option<&State>) -> Result<(), Refusal> {
    let report = found(changes_access);
    let context = issue::Context { today: day("2023-07-03"), pack, proposal };
    let reported = issue::Rules::decide(&issue::Rules::initial(), &issue::Command::Report(report), &context)?;
    let open = issue::Rules::evolve(issue::Rules::initial(), &reported.events[0]);
    let command = issue::Command::Resolve {
        resolved_on: day("2023-07-03"),
        change_proposal: proposal.map(|_| PROPOSAL),
    };
    let resolved = issue::Rules::decide(&open, &command, &context)?;
    let state = issue::Rules::evolve(open, &resolved.events[0]);
    assert_eq!(state.stage_name(), "RESOLVED");
    let again = issue::Rules::decide(&state, &command, &context).unwrap_err();
    assert_eq!(again.reason(), "STAGE_REFUSES");
    Ok(())
}

#[test]
fn a_problem_is_put_right_between_the_day_it_was_found_and_today() {
    // ISS-01
    let context = issue::Context { today: day("2023-07-03"), pack: atw_before_2023(), proposal: None };
    let asked = |state: &issue::State, command| {
        issue::Rules::decide(state, &command, &context).map(|decision| decision.events)
    };
    let report = |on: &str| issue::Command::Report(issue::Issue { found_on: day(on), ..found(false) });
    let unreported = issue::Rules::initial();
    assert_eq!(asked(&unreported, report("2023-07-04")).unwrap_err().reason(), "DATE_IN_FUTURE");
    let events = asked(&unreported, report("2023-07-03")).unwrap();
    let open = issue::Rules::evolve(unreported, &events[0]);
    let resolve = |on: &str| issue::Command::Resolve { resolved_on: day(on), change_proposal: None };
    assert_eq!(asked(&open, resolve("2023-07-02")).unwrap_err().reason(), "TOO_EARLY");
    assert_eq!(asked(&open, resolve("2023-07-04")).unwrap_err().reason(), "DATE_IN_FUTURE");
    asked(&open, resolve("2023-07-03")).unwrap();
}

#[test]
fn a_problem_is_put_right_without_asking_and_a_change_of_access_is_not() {
    // ISS-01, A0 7.08; ISS-03, A0 7.09; Q28
    resolve(false, atw_before_2023(), None).unwrap();
    assert_eq!(resolve(true, atw_before_2023(), None).unwrap_err().reason(), "CHANGE_NOT_APPROVED");
    let mut office = Office::approved();
    let unmade = resolve(true, atw_before_2023(), Some(&office.state)).unwrap_err();
    assert_eq!(unmade.reason(), "CHANGE_NOT_APPROVED", "approved is not made");
    office.does(Command::Implement { on: day("2023-07-03") });
    resolve(true, atw_before_2023(), Some(&office.state)).unwrap();
}

#[test]
fn guidance_that_asks_for_no_approval_gets_none_and_unknown_guidance_decides_nothing() {
    resolve(true, jets(), None).unwrap();
    assert_eq!(resolve(true, atw_2024(), None).unwrap_err().reason(), "VALUE_NOT_KNOWN");
}
