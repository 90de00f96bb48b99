//! The state after an event. Total: what was once recorded is accepted, whatever the state; where an event meets a state
//! in which no rule would have produced it, the state stays as it is.

use jiff::civil::Date;

use super::{
    Answered, Case, Event, File, IceLetter, Opened, Recommendation, Revisit, Schema, Stage, StageEntry,
    StageName, State,
};
use crate::{IceLetterId, RecommendationId};

pub(super) fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (State::Unopened, Event::ExaminationOpened(opened)) => {
            State::Opened(Box::new(Case { schema: Schema::V1, stage: Stage::Referred, file: file(opened) }))
        }
        (State::Unopened, _) => State::Unopened,
        (State::Opened(mut case), event) => {
            apply(&mut case, event);
            State::Opened(case)
        }
    }
}

fn apply(case: &mut Case, event: &Event) {
    match event {
        Event::ExaminationOpened(_) => {}
        Event::GatewayCheckBegun { on } => enter(case, Stage::GatewayCheck { asked_on: *on }, *on, false),
        Event::IceLetterReceived(received) => case.file.letters.push(received.letter.clone()),
        Event::IceLetterAnswered { letter, answered_on, taken_on, late } => {
            with_letter(&mut case.file, *letter, |letter| {
                letter.answered = Some(Answered { on: *answered_on, taken_on: *taken_on, late: *late });
            });
        }
        Event::IceLetterOverdue { letter, .. } => {
            with_letter(&mut case.file, *letter, |letter| letter.overdue = true);
        }
        Event::ProcessConfirmed(confirmation) => case.file.confirmations.push(confirmation.clone()),
        Event::StepsToRevisit { steps, requested_on, due_on, .. } => {
            let (steps, requested_on, due_on) = (steps.clone(), *requested_on, *due_on);
            case.file.revisits.push(Revisit { steps, requested_on, due_on, completed_on: None });
            enter(case, Stage::ProcessIncomplete { requested_on }, requested_on, false);
        }
        Event::ProcessCompleted { final_response_on, finding } => {
            if let Some(revisit) = case.file.revisits.last_mut() {
                revisit.completed_on = Some(*final_response_on);
            }
            case.file.finding = *finding;
            case.file.judged_on = case.file.judged_on.max(*final_response_on);
            let asked_on = *final_response_on;
            enter(case, Stage::GatewayCheck { asked_on }, asked_on, false);
        }
        Event::ExaminationAccepted { accepted_on, finding, discretion, .. } => {
            case.file.accepted_on = Some(*accepted_on);
            (case.file.finding, case.file.discretion) = (*finding, *discretion);
            enter(case, Stage::Accepted, *accepted_on, false);
        }
        Event::ExaminationAdvanced { stage, on, out_of_order } => advance(case, *stage, *on, *out_of_order),
        Event::AccountSubmitted(account) => case.file.accounts.push(account.clone()),
        Event::EvidenceDelivered(evidence) => {
            let since = evidence.sent_on;
            case.file.evidence = Some(evidence.clone());
            enter(case, Stage::AwaitingInvestigator { since }, since, false);
        }
        Event::ReportIssued(report) => {
            let on = report.decided_on;
            case.file.report = Some(report.clone());
            enter(case, Stage::ReportIssued, on, false);
        }
        Event::RecommendationMade(recommendation) => {
            case.file.recommendations.push(recommendation.clone());
            if case.stage == Stage::ReportIssued {
                case.stage = Stage::RecommendationsOpen;
            }
        }
        Event::RecommendationAssigned { recommendation, owner, due_on } => {
            with_recommendation(&mut case.file, *recommendation, |recommendation| {
                recommendation.owner = Some(owner.clone());
                recommendation.due_on = Some(*due_on);
            });
        }
        Event::RecommendationCompleted { recommendation, completed_on, evidence, procedure, .. } => {
            with_recommendation(&mut case.file, *recommendation, |recommendation| {
                recommendation.completed_on = Some(*completed_on);
                recommendation.evidence.clone_from(evidence);
                recommendation.procedure = *procedure;
            });
        }
        Event::ExaminationClosed(closed) => {
            for letter in case.file.letters.iter_mut().filter(|letter| letter.is_open()) {
                letter.lapsed = true;
            }
            enter(case, Stage::Ended(closed.ending), closed.ending.on, false);
        }
    }
}

fn advance(case: &mut Case, stage: StageName, on: Date, out_of_order: bool) {
    let allocated_on = match case.stage {
        Stage::Settlement { allocated_on } => allocated_on,
        Stage::Referred
        | Stage::GatewayCheck { .. }
        | Stage::ProcessIncomplete { .. }
        | Stage::Accepted
        | Stage::Resolution { .. }
        | Stage::EvidenceRequested { .. }
        | Stage::AwaitingInvestigator { .. }
        | Stage::Investigation { .. }
        | Stage::ReportIssued
        | Stage::RecommendationsOpen
        | Stage::Ended(_) => on,
    };
    let next = match stage {
        StageName::Resolution => Stage::Resolution { since: on },
        StageName::EvidenceRequested => Stage::EvidenceRequested { since: on },
        StageName::Settlement => Stage::Settlement { allocated_on },
        StageName::Investigation => Stage::Investigation { allocated_on, since: on },
        // No rule advances to any other.
        StageName::Unopened
        | StageName::Referred
        | StageName::GatewayCheck
        | StageName::ProcessIncomplete
        | StageName::Accepted
        | StageName::AwaitingInvestigator
        | StageName::ReportIssued
        | StageName::RecommendationsOpen
        | StageName::Premature
        | StageName::UnableToAccept
        | StageName::Resolved
        | StageName::Settled
        | StageName::Withdrawn
        | StageName::Closed => return,
    };
    enter(case, next, on, out_of_order);
}

fn enter(case: &mut Case, stage: Stage, on: Date, out_of_order: bool) {
    case.stage = stage;
    case.file.history.push(StageEntry { stage: case.stage.name(), on, out_of_order });
}

fn with_letter(file: &mut File, id: IceLetterId, change: impl FnOnce(&mut IceLetter)) {
    if let Some(letter) = file.letters.iter_mut().find(|letter| letter.id == id) {
        change(letter);
    }
}

fn with_recommendation(file: &mut File, id: RecommendationId, change: impl FnOnce(&mut Recommendation)) {
    if let Some(recommendation) = file.recommendations.iter_mut().find(|known| known.id == id) {
        change(recommendation);
    }
}

fn file(opened: &Opened) -> File {
    let entry = StageEntry { stage: StageName::Referred, on: opened.notified_on, out_of_order: false };
    File {
        id: opened.id,
        complaint: opened.complaint,
        contract: opened.contract,
        programme: opened.programme.clone(),
        organisation: opened.organisation,
        tier: opened.tier,
        liable: opened.liable,
        pack: opened.pack.clone(),
        division: opened.division,
        referred_on: opened.referred_on,
        effective_on: opened.effective_on,
        notified_on: opened.notified_on,
        recorded_on: opened.recorded_on,
        judged_on: opened.referred_on,
        finding: opened.finding,
        accepted_on: None,
        discretion: false,
        confirmations: Vec::new(),
        revisits: Vec::new(),
        history: vec![entry],
        letters: Vec::new(),
        accounts: Vec::new(),
        evidence: None,
        report: None,
        recommendations: Vec::new(),
    }
}
