//! The state after an event. Total: what was once recorded is accepted, whatever the state; where an event meets a state
//! in which no rule would have produced it, the state stays as it is.

use super::{
    Case, CloseReason, Correction, Draft, Drafting, Event, File, Issued, LetterKind, LetterOnFile,
    LetterStanding, Receipt, Registered, Schema, Stage, State, Work,
    file::{Breach, Escalation, Rebased, Response},
};
use crate::LetterId;

pub(super) fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (State::Unregistered, Event::ComplaintRegistered(registered)) => State::Registered(Box::new(Case {
            schema: Schema::V1,
            stage: Stage::Received,
            file: file(registered),
        })),
        (State::Unregistered, _) => State::Unregistered,
        (State::Registered(mut case), event) => {
            apply(&mut case, event);
            State::Registered(case)
        }
    }
}

fn apply(case: &mut Case, event: &Event) {
    let Case { stage, file, .. } = case;
    match event {
        Event::ComplaintRegistered(_) => {}
        Event::ReceiptRecorded { receipt, received_on } => {
            file.receipts.push(receipt.clone());
            file.received_on = *received_on;
        }
        Event::ComplaintRedirected { subject, told_on, .. } => {
            *stage = Stage::Redirected { subject: *subject, told_on: *told_on };
        }
        Event::ComplaintAcknowledged { acknowledged_on, .. } => {
            file.acknowledged_on = Some(*acknowledged_on);
            *stage = Stage::Acknowledged;
        }
        Event::HandlerAssigned { handler } => file.handler = Some(handler.clone()),
        Event::StageEntered { stage_number } => *stage = Stage::AtStage(Work::at(*stage_number)),
        Event::StepCompleted(done) => {
            file.reopened.retain(|step| *step != done.step);
            file.done.push(done.clone());
        }
        Event::DraftSubmitted { draft, stage_number, supersedes } => {
            submit(file, draft, *stage_number, *supersedes);
            set_drafting(stage, Drafting::Pending(draft.clone()));
        }
        Event::DraftApproved { letter, .. } => {
            stand(file, *letter, LetterStanding::Approved);
            redraft(stage, Drafting::Approved);
        }
        Event::DraftReturned { letter } => {
            stand(file, *letter, LetterStanding::Rework);
            redraft(stage, Drafting::Rework);
        }
        Event::StageResponseIssued(issued) => {
            issue(file, issued, LetterKind::StageResponse);
            *stage =
                Stage::StageResponseIssued { stage_number: issued.stage_number, issued_on: issued.issued_on };
        }
        Event::ComplaintEscalated { to_stage, requested_on, recorded_on } => {
            let (to_stage, requested_on, recorded_on) = (*to_stage, *requested_on, *recorded_on);
            file.escalations.push(Escalation { to_stage, requested_on, recorded_on });
            void_drafts(file);
            // Past informal resolution it is formal (Q21).
            file.formal = true;
            *stage = Stage::AtStage(Work::at(to_stage));
        }
        Event::FinalResponseIssued(issued) => {
            issue(file, issued, LetterKind::FinalResponse);
            // What is with the examiner stays there; the provider has only finished its own work.
            if let Stage::WithIce { work, .. } = stage {
                *work = None;
            } else {
                *stage = Stage::FinalResponseIssued { issued_on: issued.issued_on };
            }
        }
        Event::CorrectionIssued(correction) => correct(file, correction),
        Event::ExaminerContactRecorded(contact) => {
            file.examiner_contacts.push(contact.clone());
            let (work, closed) = (unfinished(stage, file.entry_stage), closed(stage));
            *stage = Stage::WithIce { contact: contact.clone(), work, closed };
        }
        Event::ReturnedByExaminer { .. } => {
            if let Stage::WithIce { work, .. } = stage {
                *stage = with_provider(file, work.take());
            }
        }
        Event::StepsReopened(reopening) => {
            void_drafts(file);
            file.run = reopening.run;
            file.reopened.clone_from(&reopening.steps);
            file.reopenings.push(reopening.clone());
            *stage = Stage::ReopenedByIce(Work::at(file.procedure.last_stage()));
        }
        Event::ComplaintWithdrawn { withdrawn_on, .. } => {
            *stage = Stage::Withdrawn { withdrawn_on: *withdrawn_on }
        }
        Event::ComplaintClosed { reason, closed_on } => {
            *stage = Stage::Closed { reason: *reason, closed_on: *closed_on };
        }
        Event::EarlyAccessOpened { opens_on } => file.early_access_opened_on = Some(*opens_on),
        Event::ClockBreached { clock, due_on } => {
            file.breaches.push(Breach { clock: *clock, due_on: *due_on });
        }
        Event::ClocksRebased { known_on, moved, .. } => {
            file.rebased
                .extend(moved.iter().map(|moved| Rebased { clock: moved.clock, known_on: *known_on }));
        }
        Event::PackRepinned { to, .. } => file.pack = to.clone(),
    }
}

fn file(registered: &Registered) -> File {
    let Registered { received_on, organisation, channel, .. } = *registered;
    File {
        id: registered.id,
        participant: registered.participant,
        contract: registered.contract,
        contract_effective_on: registered.contract_effective_on,
        programme: registered.programme.clone(),
        respondents: registered.respondents.clone(),
        organisation,
        subject: registered.subject,
        formal: registered.formal,
        representative: registered.representative,
        pack: registered.pack.clone(),
        division: registered.division,
        procedure: registered.procedure.clone(),
        entry_stage: registered.entry_stage,
        receipts: vec![Receipt { organisation, on: received_on, channel }],
        received_on,
        registered_on: registered.registered_on,
        jobcentre_plus_on: registered.jobcentre_plus_on,
        acknowledged_on: None,
        handler: None,
        run: 1,
        done: Vec::new(),
        reopened: Vec::new(),
        escalations: Vec::new(),
        reopenings: Vec::new(),
        letters: Vec::new(),
        examiner_contacts: Vec::new(),
        early_access_opened_on: None,
        breaches: Vec::new(),
        rebased: Vec::new(),
        flags: registered.flags.clone(),
    }
}

/// An approved draft becomes the letter; any other response is a letter of its own.
fn issue(file: &mut File, issued: &Issued, kind: LetterKind) {
    file.letters.retain(|letter| letter.id != issued.letter);
    file.letters.push(LetterOnFile {
        id: issued.letter,
        kind,
        stage_number: issued.stage_number,
        run: issued.run,
        digest: issued.digest.clone(),
        outcome: Some(issued.outcome),
        standing: LetterStanding::Issued {
            on: issued.issued_on,
            recorded_on: issued.recorded_on,
            channel: issued.channel,
            signposting_version: issued.signposting_version,
            corrects: None,
        },
    });
}

/// Drafts of an answer that is not wanted any more.
fn void_drafts(file: &mut File) {
    for letter in &mut file.letters {
        match letter.standing {
            LetterStanding::Draft | LetterStanding::Rework | LetterStanding::Approved => {
                letter.standing = LetterStanding::Superseded;
            }
            LetterStanding::Superseded | LetterStanding::Issued { .. } => {}
        }
    }
}

fn submit(file: &mut File, draft: &Draft, stage_number: u8, supersedes: Option<LetterId>) {
    if let Some(superseded) = supersedes {
        stand(file, superseded, LetterStanding::Superseded);
    }
    file.letters.push(LetterOnFile {
        id: draft.letter,
        kind: draft.kind,
        stage_number,
        run: file.run,
        digest: draft.digest.clone(),
        outcome: Some(draft.outcome),
        standing: LetterStanding::Draft,
    });
}

fn correct(file: &mut File, correction: &Correction) {
    file.letters.push(LetterOnFile {
        id: correction.letter,
        kind: LetterKind::Correction,
        stage_number: correction.stage_number,
        run: file.run,
        digest: correction.digest.clone(),
        outcome: None,
        standing: LetterStanding::Issued {
            on: correction.issued_on,
            recorded_on: correction.recorded_on,
            channel: correction.channel,
            signposting_version: None,
            corrects: Some(correction.corrects),
        },
    });
}

fn stand(file: &mut File, id: LetterId, standing: LetterStanding) {
    if let Some(letter) = file.letters.iter_mut().find(|letter| letter.id == id) {
        letter.standing = standing;
    }
}

fn work(stage: &mut Stage) -> Option<&mut Work> {
    match stage {
        Stage::AtStage(work) | Stage::ReopenedByIce(work) => Some(work),
        Stage::WithIce { work, .. } => work.as_mut(),
        Stage::Received
        | Stage::Redirected { .. }
        | Stage::Acknowledged
        | Stage::StageResponseIssued { .. }
        | Stage::FinalResponseIssued { .. }
        | Stage::Closed { .. }
        | Stage::Withdrawn { .. } => None,
    }
}

fn set_drafting(stage: &mut Stage, drafting: Drafting) {
    if let Some(work) = work(stage) {
        work.drafting = drafting;
    }
}

fn redraft(stage: &mut Stage, becomes: impl FnOnce(Draft) -> Drafting) {
    if let Some(work) = work(stage)
        && let Some(draft) = work.drafting.draft().cloned()
    {
        work.drafting = becomes(draft);
    }
}

/// What the provider was still working on when the examiner took the case up.
fn unfinished(stage: &Stage, entry_stage: u8) -> Option<Work> {
    match stage {
        Stage::Received | Stage::Acknowledged => Some(Work::at(entry_stage)),
        Stage::AtStage(work) | Stage::ReopenedByIce(work) => Some(work.clone()),
        Stage::StageResponseIssued { stage_number, .. } => Some(Work::at(*stage_number)),
        Stage::WithIce { work, .. } => work.clone(),
        Stage::FinalResponseIssued { .. }
        | Stage::Redirected { .. }
        | Stage::Closed { .. }
        | Stage::Withdrawn { .. } => None,
    }
}

/// Why the provider regarded it as closed, where it did.
fn closed(stage: &Stage) -> Option<CloseReason> {
    match stage {
        Stage::Closed { reason, .. } => Some(*reason),
        Stage::WithIce { closed, .. } => *closed,
        Stage::Received
        | Stage::Acknowledged
        | Stage::AtStage(_)
        | Stage::StageResponseIssued { .. }
        | Stage::FinalResponseIssued { .. }
        | Stage::ReopenedByIce(_)
        | Stage::Redirected { .. }
        | Stage::Withdrawn { .. } => None,
    }
}

/// Where it is once the examiner has it no more: where the provider's own work stands.
fn with_provider(file: &File, work: Option<Work>) -> Stage {
    if let Some(response) = file.final_responses().find(|response| response.run == file.run) {
        return Stage::FinalResponseIssued { issued_on: response.issued_on };
    }
    let work = work.unwrap_or_else(|| Work::at(file.entry_stage));
    if file.run > 1 {
        return Stage::ReopenedByIce(work);
    }
    if file.acknowledged_on.is_none() {
        return Stage::Received;
    }
    if file.handler.is_none() {
        return Stage::Acknowledged;
    }
    let mut answers = file.responses(LetterKind::StageResponse);
    match answers.find(|response| response.stage_number == work.stage_number) {
        Some(Response { stage_number, issued_on, .. }) => {
            Stage::StageResponseIssued { stage_number, issued_on }
        }
        None => Stage::AtStage(work),
    }
}
