//! The state of a contact after each event.

use redress_policy::route::Outcome;

use super::{Contact, Event, Recorded, Schema, Stage, State};
use crate::{Fate, MemberLetterId, MixedComplaintId, Route};

pub(super) fn evolve(state: State, event: &Event) -> State {
    if let Event::ContactRouted(it) = event {
        return match state {
            State::Unrecorded => State::Recorded(Box::new(recorded(it))),
            // It is recorded once.
            State::Recorded(_) => state,
        };
    }
    match state {
        State::Unrecorded => State::Unrecorded,
        State::Recorded(mut contact) => {
            moved(&mut contact, event);
            State::Recorded(contact)
        }
    }
}

fn recorded(it: &Recorded) -> Contact {
    Contact {
        schema: Schema::V1,
        stage: stage(&it.route, it.mixed, it.letter),
        id: it.id,
        contract: it.contract,
        recorded_by: it.recorded_by,
        organisation: it.organisation,
        participant: it.participant,
        route: it.route.clone(),
        earlier: Vec::new(),
        complaint: None,
        told: None,
    }
}

/// Where a route leads at first; a complaint is offered or handed over by an event of its own.
fn stage(route: &Route, mixed: Option<MixedComplaintId>, letter: Option<MemberLetterId>) -> Stage {
    match (route.outcome, mixed, letter) {
        (Outcome::MemberCorrespondence, mixed, Some(letter)) => Stage::Correspondence { letter, mixed },
        (Outcome::Mixed, Some(mixed), _) => Stage::Mixed { mixed },
        (Outcome::ProviderComplaint, _, _) => Stage::HandedOver,
        (Outcome::JobcentrePlus, _, _) => Stage::ToBeDirected,
        // The rules give every mixed complaint and every letter an id.
        (Outcome::NotAComplaint | Outcome::Mixed | Outcome::MemberCorrespondence, _, _) => {
            Stage::NotAComplaint
        }
    }
}

fn moved(contact: &mut Contact, event: &Event) {
    match event {
        Event::ContactRouted(_) => {}
        Event::ContactOffered { complaint, organisation } => {
            contact.organisation = *organisation;
            contact.stage = Stage::Offered { complaint: *complaint };
        }
        Event::ContactAccepted { organisation } => contact.organisation = *organisation,
        Event::ContactRejected { reason } => contact.stage = Stage::Declined { reason: *reason },
        Event::ComplaintHandedOver { complaint, organisation, .. } => {
            contact.organisation = *organisation;
            contact.complaint = Some((*complaint, Fate::Awaited));
            if !contact.route.is_correspondence() {
                contact.stage = Stage::HandedOver;
            }
        }
        Event::ContactRerouted { route, mixed, letter } => {
            let before = std::mem::replace(&mut contact.route, route.as_ref().clone());
            contact.earlier.push(before);
            contact.stage = stage(&contact.route, *mixed, *letter);
            contact.complaint = None;
            contact.told = None;
        }
        Event::PersonDirected { told } => {
            contact.told = Some(told.clone());
            if matches!(contact.stage, Stage::ToBeDirected) {
                contact.stage = Stage::Directed;
            }
        }
        Event::HandoverAnswered { complaint, fate, reason, existing } => {
            contact.complaint = Some((*complaint, *fate));
            if *fate == Fate::Refused && matches!(contact.stage, Stage::HandedOver) {
                contact.stage = Stage::NotOpened { reason: reason.clone(), existing: *existing };
            }
        }
    }
}
