//! The state after an event. Total: what was once recorded is accepted, whatever the state; where an event meets a state
//! in which no rule would have produced it, the state stays as it is.

use super::{Event, File, Ordered, Registered, State, Tombstone};
use crate::payment::Payments;

pub(super) fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (State::Unregistered, Event::RecordRegistered(registered)) => State::Kept(Box::new(file(registered))),
        (State::Unregistered, _) => State::Unregistered,
        (State::Kept(file), Event::DisposalOrdered { order, due_on, rule, ordered_on }) => {
            let tombstone = Tombstone {
                record: file.id,
                class: file.class,
                rule: rule.clone(),
                due_on: *due_on,
                disposal: order.disposal,
                ordered_on: *ordered_on,
                destroyed_on: None,
                proposed_by: order.proposed_by.clone(),
                approved_by: order.approved_by.clone(),
                method: order.method,
                anonymised_in: order.anonymised_in,
            };
            let (outstanding, parts) = (file.holders(), file.parts.clone());
            State::Ordered(Box::new(Ordered { tombstone, parts, outstanding, file: Some(file) }))
        }
        (State::Kept(_) | State::Ordered(_), Event::ErasureReplayed(tombstone)) => {
            State::Destroyed(tombstone.clone())
        }
        (State::Kept(mut file), event) => {
            apply(&mut file, event);
            State::Kept(file)
        }
        (State::Ordered(mut ordered), Event::HolderDone { holder }) => {
            ordered.outstanding.retain(|outstanding| outstanding != holder);
            State::Ordered(ordered)
        }
        (State::Ordered(mut ordered), Event::HoldCameLate(hold)) => {
            if let Some(file) = &mut ordered.file {
                file.holds.push(hold.clone());
            }
            State::Ordered(ordered)
        }
        (State::Ordered(mut ordered), Event::HoldReleased { .. } | Event::RecordAttributed { .. }) => {
            if let Some(file) = &mut ordered.file {
                apply(file, event);
            }
            State::Ordered(ordered)
        }
        (State::Ordered(ordered), Event::DisposalRecalled { .. }) => match ordered.file {
            Some(file) => State::Kept(file),
            None => State::Ordered(ordered),
        },
        (State::Ordered(ordered), Event::RecordDestroyed { destroyed_on }) => {
            State::Destroyed(Box::new(Tombstone { destroyed_on: Some(*destroyed_on), ..ordered.tombstone }))
        }
        (state @ (State::Ordered(_) | State::Destroyed(_)), _) => state,
    }
}

fn apply(file: &mut File, event: &Event) {
    match event {
        Event::PartAdded(part) => file.parts.push(part.clone()),
        Event::RecordAttributed { participant } => file.participant = Some(*participant),
        Event::PaymentRecorded(payment) => file.payments.learn(*payment),
        Event::HoldPlaced(hold) => file.holds.push(hold.clone()),
        Event::HoldReviewed { hold, review_on } => {
            for known in file.holds.iter_mut().filter(|known| known.id == *hold) {
                known.review_on = *review_on;
            }
        }
        Event::HoldReleased { hold, released_on, .. } => {
            for known in file.holds.iter_mut().filter(|known| known.id == *hold) {
                known.released_on = Some(*released_on);
            }
        }
        Event::RecordFellDue { due_on, .. } => file.fell_due_on = Some(*due_on),
        Event::ReportUnpaid { due_on } => file.raised_unpaid_on = Some(*due_on),
        Event::AnonymityReviewDue { due_on } => file.raised_review_on = Some(*due_on),
        Event::AnonymityReviewed { on, still_anonymous } => {
            if let Some(set) = &mut file.anonymised {
                set.reviewed_on = Some(*on);
                set.found_wanting = !still_anonymous;
            }
        }
        Event::RecordRegistered(_)
        | Event::DisposalOrdered { .. }
        | Event::DisposalRecalled { .. }
        | Event::HoldCameLate(_)
        | Event::ErasureReplayed(_)
        | Event::HolderDone { .. }
        | Event::RecordDestroyed { .. } => {}
    }
}

fn file(registered: &Registered) -> File {
    File {
        id: registered.id,
        contract: registered.contract,
        organisation: registered.organisation,
        class: registered.class,
        participant: registered.participant,
        complaint: registered.complaint,
        completed_on: registered.completed_on,
        funded_start_on: registered.funded_start_on,
        pack: registered.pack.clone(),
        registered_on: registered.registered_on,
        parts: Vec::new(),
        payments: Payments::default(),
        holds: Vec::new(),
        fell_due_on: None,
        raised_unpaid_on: None,
        anonymised: registered.anonymised.clone(),
        raised_review_on: None,
    }
}
