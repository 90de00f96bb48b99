//! Records a contact and sends it through the right door.

use redress_kernel::{Checks, Citation, Decision};
use redress_policy::route::Outcome;

use super::Decided;
use crate::{
    OrganisationId, Refusal, Route,
    contact::{Context, Event, Fresh, Record, Recorded, State},
    refusal::field,
    route::{Asks, citations, decide as route},
};

pub(super) fn decide(state: &State, record: &Record, context: &Context<'_>) -> Decided {
    if let Some(contact) = state.contact() {
        return Err(Refusal::AlreadyThere { name: contact.id.name() });
    }
    let route = route(&record.question, None, &asks(context))?;
    check(record, &route, context)?;
    let because = citations(&route, context.pack, context.library.legislatures(), context.calendars)?;
    let contract = context.contract;
    let recorded = Recorded {
        id: record.id,
        contract: contract.id,
        recorded_by: record.recorded_by,
        organisation: record.organisation.unwrap_or(contract.holder),
        participant: record.participant,
        mixed: route.leads_to(Outcome::Mixed).then_some(record.fresh.mixed),
        letter: route.is_correspondence().then_some(record.fresh.letter),
        route,
    };
    let onward = onward(&recorded, record.organisation, record.fresh, context)?;
    let mut events = vec![Event::ContactRouted(Box::new(recorded))];
    events.extend(onward);
    Ok(Decision { events, because })
}

/// What the route needs to be asked.
pub(super) fn asks<'a>(context: &Context<'a>) -> Asks<'a> {
    Asks {
        today: context.today,
        contract: context.contract,
        pack: context.pack,
        library: context.library,
        calendars: context.calendars,
        joint_reply_is_out: context.joint_reply_is_out,
    }
}

fn check(record: &Record, route: &Route, context: &Context<'_>) -> Result<(), Refusal> {
    let mut checks = Checks::default();
    let opens = route.leads_to(Outcome::ProviderComplaint) || route.leads_to(Outcome::Mixed);
    let known = record.participant.is_some() || record.has_person;
    let said = "must say who the person is, where no participant is named";
    checks.require(!opens || known, "contact.person", field::REQUIRED, said);
    let named = !route.is_correspondence() || record.has_member;
    let said = "must name the member and the office that the reply goes to";
    checks.require(named, "contact.member", field::REQUIRED, said);
    let members = &context.contract.members;
    let in_chain = record.organisation.is_none_or(|organisation| members.contains(&organisation));
    let said = "must be in the supply chain of the contract on the day of receipt";
    checks.require(in_chain, "contact.organisation", field::NOT_IN_CHAIN, said);
    checks.done().map_err(Refusal::Invalid)
}

/// How a complaint goes on: at once to whoever works it, or by way of the contract holder where it is about subcontractors
/// alone, came from somebody else, and the pack lets nobody go past the holder (XCT-06).
pub(super) fn onward(
    recorded: &Recorded,
    asked: Option<OrganisationId>,
    fresh: Fresh,
    context: &Context<'_>,
) -> Result<Option<Event>, Refusal> {
    let (route, holder) = (&recorded.route, context.contract.holder);
    if !route.leads_to(Outcome::ProviderComplaint) {
        return Ok(None);
    }
    let of_holder = route.question.respondents.contains(&holder);
    let by_holder = recorded.recorded_by == holder;
    let first = context.pack.practice.prime_first.value;
    if of_holder || by_holder || !first || route.is_correspondence() {
        let organisation = recorded.organisation;
        let handed = Box::new(recorded.clone());
        return Ok(Some(Event::ComplaintHandedOver { complaint: fresh.complaint, organisation, handed }));
    }
    if asked.is_some_and(|organisation| organisation != holder) {
        return Err(Refusal::PrimeMustAccept { holder });
    }
    Ok(Some(Event::ContactOffered { complaint: fresh.complaint, organisation: holder }))
}

/// The rule of the contract holder's place.
pub(super) fn holder_first(context: &Context<'_>) -> Citation {
    context.pack.cite(&context.pack.practice.prime_first.source)
}
