//! The state of a letter after each event.

use super::{Authority, Event, Letter, Schema, Stage, State, Transfer};

pub(super) fn evolve(state: State, event: &Event) -> State {
    if let Event::MemberLetterLogged { log, recorded_on, pack } = event {
        return match state {
            State::Logged(_) => state,
            State::Unlogged => State::Logged(Box::new(Letter {
                schema: Schema::V1,
                stage: Stage::Classified,
                id: log.id,
                contact: log.contact,
                contract: log.contract,
                organisation: log.organisation,
                standing: log.standing,
                destination: log.destination,
                letter_on: log.letter_on,
                received_on: log.received_on,
                recorded_on: *recorded_on,
                complaint: log.complaint,
                mixed: log.mixed,
                pack: pack.clone(),
                division: log.division,
                referenced: log.referenced,
                authority: log.standing.is_elected().then_some(Authority::Elected),
                authority_paper: None,
                handler: None,
                transfers: Vec::new(),
                promised_on: None,
                replied: None,
                late: false,
                breaches: Vec::new(),
            })),
        };
    }
    match state {
        State::Unlogged => State::Unlogged,
        State::Logged(mut letter) => {
            moved(&mut letter, event);
            State::Logged(letter)
        }
    }
}

fn moved(letter: &mut Letter, event: &Event) {
    match event {
        Event::MemberLetterLogged { .. } => {}
        Event::MemberLetterTransferred { organisation, received_on, recorded_on } => {
            letter.transfers.push(Transfer { from: letter.organisation, received_on: letter.received_on });
            letter.organisation = *organisation;
            letter.received_on = *received_on;
            letter.recorded_on = *recorded_on;
            // Another answers now, by a clock of its own; what was promised before was promised by somebody else.
            letter.promised_on = None;
            letter.handler = None;
        }
        Event::MemberLetterAssigned { handler } => letter.handler = Some(handler.clone()),
        Event::AuthorityRecorded { authority, paper, .. } => {
            letter.authority = Some(*authority);
            letter.authority_paper = *paper;
        }
        Event::HoldingReplySent { new_due_on, .. } => {
            letter.promised_on = Some(*new_due_on);
            letter.stage = Stage::HoldingSent;
        }
        Event::MemberLetterReplied { replied_on, digest, late } => {
            letter.replied = Some((*replied_on, digest.clone()));
            letter.late = *late;
            letter.stage = Stage::Replied;
        }
        Event::MemberLetterClosed { .. } => letter.stage = Stage::Closed,
        Event::MemberLetterAbandoned { .. } => letter.stage = Stage::Abandoned,
        Event::MemberLetterClockBreached { breach } => letter.breaches.push(breach.clone()),
    }
}
