//! Every stage against every command: the policy in one page. A change of it shows as a diff of the snapshot.

use std::fmt::Write as _;

use ice_liaison_domain::examination::{
    Command, CommandKind, DeclineGround, Event, LetterKind, Move, Outcome, Rules, StageName, allowed,
};
use redress_kernel::{Decider as _, Refusal as _};

use crate::fixture::{
    Desk, EXAMINATION, accept, advance, agree, answer, complete, day, digest, letter, letter_id, open,
    recommendation_id, report, response, revisit, send_all,
};

/// A desk in each stage, named as a reader would.
pub(crate) fn desks() -> Vec<(&'static str, Desk)> {
    let made = |mut desk: Desk, command: Command| {
        desk.does(command);
        desk
    };
    let today = Desk::answered().today;
    let decline = |ground| Command::Decline { declined_on: today, ground, reasoned: true };
    let incomplete = || made(Desk::at_gateway(), revisit(today));
    vec![
        ("UNOPENED", Desk::answered()),
        ("REFERRED", Desk::referred()),
        ("GATEWAY_CHECK", Desk::at_gateway()),
        ("PROCESS_INCOMPLETE", incomplete()),
        ("PROCESS_INCOMPLETE, answered again", {
            let mut desk = incomplete();
            desk.record.learn(response(2, "2024-03-04", false));
            desk
        }),
        ("ACCEPTED", Desk::accepted()),
        ("RESOLUTION", Desk::resolution()),
        ("EVIDENCE_REQUESTED", Desk::evidence_requested()),
        ("AWAITING_INVESTIGATOR", Desk::awaiting()),
        ("SETTLEMENT", Desk::settlement()),
        ("INVESTIGATION", Desk::investigation()),
        ("REPORT_ISSUED", Desk::reported(Outcome::NotUpheld, 0)),
        ("RECOMMENDATIONS_OPEN, one", Desk::reported(Outcome::Upheld, 1)),
        ("RECOMMENDATIONS_OPEN, two", Desk::reported(Outcome::PartiallyUpheld, 2)),
        ("PREMATURE", made(Desk::at_gateway(), decline(DeclineGround::Premature))),
        ("UNABLE_TO_ACCEPT", made(Desk::at_gateway(), decline(DeclineGround::AlreadyRemedied))),
        ("RESOLVED", made(Desk::resolution(), agree(today))),
        ("SETTLED", made(Desk::settlement(), agree(today))),
        ("WITHDRAWN", made(Desk::awaiting(), Command::Withdraw { withdrawn_on: today })),
        ("CLOSED", made(Desk::reported(Outcome::NotUpheld, 0), Command::Close { closed_on: today })),
    ]
}

/// A command of each kind that fits the desk as well as one of its kind can.
pub(crate) fn command(kind: CommandKind, desk: &Desk) -> Command {
    let today = desk.today;
    match kind {
        CommandKind::Open => open(today, false),
        CommandKind::RecordLetter => letter(9, LetterKind::InformationRequest, today, None),
        CommandKind::AnswerLetter => answer(1, today),
        CommandKind::ConfirmProcess => Command::ConfirmProcess { confirmed_on: today, after_noon: false },
        CommandKind::RequestRevisit => revisit(today),
        CommandKind::NoteFinalResponse => Command::NoteFinalResponse,
        CommandKind::Accept => accept(today, false),
        CommandKind::Decline => {
            Command::Decline { declined_on: today, ground: DeclineGround::OutOfRemit, reasoned: false }
        }
        CommandKind::BeginResolution => advance(Move::BeginResolution, today, false),
        CommandKind::RequestEvidence => advance(Move::RequestEvidence, today, false),
        CommandKind::SendEvidence => send_all(today),
        CommandKind::Allocate => advance(Move::Allocate, today, false),
        CommandKind::BeginInvestigation => advance(Move::BeginInvestigation, today, false),
        CommandKind::Agree => agree(today),
        CommandKind::IssueReport => report(today, Outcome::Upheld, 1),
        CommandKind::AssignRecommendation => Command::AssignRecommendation {
            recommendation: recommendation_id(1),
            owner: "manager-1".to_owned(),
            due_on: day("2024-04-02"),
        },
        CommandKind::CompleteRecommendation => complete(1, today),
        CommandKind::SubmitAccount => {
            Command::SubmitAccount { given_on: today, evidence: Vec::new(), digest: digest('a') }
        }
        CommandKind::Withdraw => Command::Withdraw { withdrawn_on: today },
        CommandKind::Close => Command::Close { closed_on: today },
        CommandKind::FlagOverdue => Command::FlagOverdue { letter: letter_id(1) },
    }
}

#[test]
fn every_stage_answers_every_command() {
    let mut page = String::new();
    for (name, desk) in desks() {
        writeln!(page, "## {name}").unwrap();
        for kind in CommandKind::ALL {
            let command = command(kind, &desk);
            let mut after = desk.clone();
            let outcome = match after.asks(&command) {
                Ok(events) if events.is_empty() => "nothing to do".to_owned(),
                Ok(events) => {
                    let names: Vec<&str> = events.iter().map(Event::name).collect();
                    format!("{} -> {}", names.join(", "), after.stage())
                }
                Err(refusal) => refusal.explain().reason.to_owned(),
            };
            writeln!(page, "{:<23} {outcome}", kind.as_str()).unwrap();
        }
        writeln!(page).unwrap();
    }
    insta::assert_snapshot!("every_stage_and_command", page);
}

#[test]
fn every_stage_is_shown() {
    for stage in StageName::ALL {
        let shown = desks().iter().any(|(_, desk)| desk.state.stage_name() == stage);
        assert!(shown, "{} is not shown", stage.as_str());
    }
}

#[test]
fn a_command_is_accepted_only_in_the_stages_declared_for_it() {
    for (name, desk) in desks() {
        for kind in CommandKind::ALL {
            let accepted = Rules::decide(&desk.state, &command(kind, &desk), &desk.context()).is_ok();
            assert!(
                !accepted || allowed(kind).contains(&desk.state.stage_name()),
                "{name}: {}",
                kind.as_str()
            );
        }
    }
}

#[test]
fn a_stage_that_refuses_says_which_stages_do_not() {
    for (name, desk) in desks().into_iter().filter(|(name, _)| *name != "UNOPENED") {
        for kind in CommandKind::ALL {
            let Err(refusal) = Rules::decide(&desk.state, &command(kind, &desk), &desk.context()) else {
                continue;
            };
            let explanation = refusal.explain();
            if let Some(stage) = explanation.stage {
                assert_eq!((stage.current, stage.subject), (desk.stage(), EXAMINATION.name()), "{name}");
                assert!(!stage.allowed.contains(&desk.stage()), "{name}: {kind:?}");
            }
        }
    }
}
