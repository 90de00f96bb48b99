//! Takes, or does not take, for the contract holder what is about its subcontractors (XCT-06).

use redress_kernel::{Checks, Decision};

use super::{Decided, guard, record, refused};
use crate::{
    OrganisationId, Refusal,
    contact::{CommandKind, Contact, Context, Event, Recorded, RejectReason, Stage},
    refusal::field,
};

pub(super) fn accept(
    contact: &Contact,
    organisation: Option<OrganisationId>,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    let in_chain = organisation.is_none_or(|named| context.contract.members.contains(&named));
    let said = "must be in the supply chain of the contract on the day of receipt";
    checks.require(in_chain, "organisation", field::NOT_IN_CHAIN, said);
    checks.done().map_err(Refusal::Invalid)?;
    holder_asks(context)?;
    if let (Stage::HandedOver, Some((complaint, _))) = (&contact.stage, contact.complaint) {
        // Taking it twice for the same organisation is taking it once.
        let same = organisation.is_none_or(|named| named == contact.organisation);
        return if same { Ok(Decision::nothing()) } else { Err(Refusal::AlreadyAccepted { complaint }) };
    }
    let Stage::Offered { complaint } = contact.stage else {
        return Err(refused(contact, CommandKind::Accept));
    };
    let organisation = organisation.unwrap_or(contact.organisation);
    let handed = Recorded { organisation, ..recorded(contact) };
    let events = vec![
        Event::ContactAccepted { organisation },
        Event::ComplaintHandedOver { complaint, organisation, handed: Box::new(handed) },
    ];
    Ok(Decision { events, because: vec![record::holder_first(context)] })
}

pub(super) fn reject(contact: &Contact, reason: RejectReason, context: &Context<'_>) -> Decided {
    holder_asks(context)?;
    if let (Stage::HandedOver, Some((complaint, _))) = (&contact.stage, contact.complaint) {
        return Err(Refusal::AlreadyAccepted { complaint });
    }
    if let Stage::Declined { reason: given } = contact.stage
        && given == reason
    {
        return Ok(Decision::nothing());
    }
    guard(contact, CommandKind::Reject)?;
    Ok(Decision::one(Event::ContactRejected { reason }, vec![record::holder_first(context)]))
}

/// Nobody takes it past the contract holder.
fn holder_asks(context: &Context<'_>) -> Result<(), Refusal> {
    let holder = context.contract.holder;
    if context.actor.organisation == Some(holder) { Ok(()) } else { Err(Refusal::PrimeMustAccept { holder }) }
}

/// The contact as it is handed over.
pub(super) fn recorded(contact: &Contact) -> Recorded {
    Recorded {
        id: contact.id,
        contract: contact.contract,
        recorded_by: contact.recorded_by,
        organisation: contact.organisation,
        participant: contact.participant,
        route: contact.route.clone(),
        mixed: contact.mixed(),
        letter: contact.letter(),
    }
}
