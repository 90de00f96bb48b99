//! Corrects a route. What is on its way at the provider, or was answered, is not taken back here: it is sent on from where
//! it is.

use redress_kernel::Decision;
use redress_policy::route::{Matter, Outcome};

use super::{Decided, handover, record, refused};
use crate::{
    Fate, OrganisationId, Question, Refusal, Route,
    contact::{CommandKind, Contact, Context, Event, Recorded, Reroute, Stage},
    route::{citations, decide as route},
};

pub(super) fn decide(contact: &Contact, reroute: &Reroute, context: &Context<'_>) -> Decided {
    let before = &contact.route;
    let question = Question {
        writer: reroute.writer.unwrap_or(before.question.writer),
        about: reroute.about,
        respondents: respondents(contact, reroute, context),
        ..before.question.clone()
    };
    let route = route(&question, Some(reroute.reason), &record::asks(context))?;
    guard(contact, reroute, &route)?;
    let because = citations(&route, context.pack, context.library.legislatures(), context.calendars)?;
    let mixed = route.leads_to(Outcome::Mixed).then_some(reroute.fresh.mixed);
    let letter = route.is_correspondence().then_some(reroute.fresh.letter);
    let recorded = Recorded { route, mixed, letter, ..handover::recorded(contact) };
    let onward = record::onward(&recorded, None, reroute.fresh, context)?;
    let mut events = vec![Event::ContactRerouted { route: Box::new(recorded.route), mixed, letter }];
    events.extend(onward);
    Ok(Decision { events, because })
}

/// Those named now; those named before, as far as it is still about them, where none are.
fn respondents(contact: &Contact, reroute: &Reroute, context: &Context<'_>) -> Vec<OrganisationId> {
    if !reroute.respondents.is_empty() {
        return reroute.respondents.clone();
    }
    let holder = context.contract.holder;
    let still = |respondent: &&OrganisationId| {
        let matter = if **respondent == holder { Matter::Provider } else { Matter::Subcontractor };
        reroute.about.has(matter)
    };
    contact.route.question.respondents.iter().filter(still).copied().collect()
}

fn guard(contact: &Contact, reroute: &Reroute, route: &Route) -> Result<(), Refusal> {
    let stands = match (&contact.stage, contact.fate()) {
        (Stage::HandedOver, fate) => fate == Some(Fate::Redirected),
        (Stage::Mixed { .. } | Stage::Correspondence { .. }, fate) => {
            reroute.can_be_given_up && fate.is_none_or(|fate| fate == Fate::Redirected)
        }
        (
            Stage::Offered { .. }
            | Stage::Declined { .. }
            | Stage::NotOpened { .. }
            | Stage::ToBeDirected
            | Stage::Directed
            | Stage::NotAComplaint,
            _,
        ) => true,
    };
    if !stands {
        return Err(refused(contact, CommandKind::Reroute));
    }
    // What was declined or not opened may go through the same door once more, with what is known now.
    let again = matches!(contact.stage, Stage::Declined { .. } | Stage::NotOpened { .. });
    let same = (route.outcome, route.opens) == (contact.route.outcome, contact.route.opens);
    if same && !again { Err(Refusal::SameRoute { outcome: route.outcome }) } else { Ok(()) }
}
