//! Events of contacts.

use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::Id;
use redress_proto::routing::v1 as proto;
use routing_domain::{
    ComplaintId, OrganisationId,
    contact::{Event, Recorded},
};

use super::{answered, directed};
use crate::{convert, store::contact::Contact};

/// An event of a contact as an entry of its journal.
pub(crate) fn contact(row: &Contact, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let about = About { kind: "contacts", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::ContactRouted(it) => entry(about, &routed(it), citations),
        Event::ContactOffered { organisation, .. } => {
            entry(about, &proto::ContactOffered { organisation: organisation.name() }, citations)
        }
        Event::ContactAccepted { organisation } => {
            entry(about, &proto::ContactAccepted { organisation: organisation.name() }, citations)
        }
        Event::ContactRejected { reason } => entry(
            about,
            &proto::ContactRejected { reason: convert::reject_reason(*reason).into() },
            citations,
        ),
        Event::ComplaintHandedOver { complaint, organisation, handed } => {
            entry(about, &handed_over(row, *complaint, *organisation, handed), citations)
        }
        Event::ContactRerouted { route, .. } => {
            let contact = row.state.contact();
            let from = contact.and_then(|contact| contact.earlier.last()).map(|before| before.outcome);
            let question = &route.question;
            let message = proto::ContactRerouted {
                reason: convert::reroute_reason(route.because).into(),
                about: convert::matters(question.about),
                respondents: question.respondents.iter().map(|respondent| respondent.name()).collect(),
                writer: convert::writer(question.writer).into(),
                from: convert::optional_outcome(from).into(),
                outcome: convert::outcome(route.outcome).into(),
                opens: convert::optional_outcome(route.opens).into(),
                row: route.row.clone(),
            };
            entry(about, &message, citations)
        }
        Event::PersonDirected { told } => entry(about, &directed(told), citations),
        Event::HandoverAnswered { complaint, fate, reason, existing } => {
            entry(about, &answered(*complaint, *fate, reason, *existing), citations)
        }
    }
}

fn routed(it: &Recorded) -> proto::ContactRouted {
    let (route, question) = (&it.route, &it.route.question);
    proto::ContactRouted {
        contact: it.id.name(),
        contract: it.contract.name(),
        recorded_by: it.recorded_by.name(),
        writer: convert::writer(question.writer).into(),
        about: convert::matters(question.about),
        respondents: question.respondents.iter().map(|respondent| respondent.name()).collect(),
        channel: wire::channel(question.channel).into(),
        received_on: Some(wire::date(question.received_on)),
        jobcentre_plus_received_on: question.jobcentre_plus_received_on.map(wire::date),
        outcome: convert::outcome(route.outcome).into(),
        opens: convert::optional_outcome(route.opens).into(),
        row: route.row.clone(),
        pack: Some(convert::pack(&route.pack)),
        standing: convert::standing(route.standing).into(),
        participant: it.participant.map(Id::name).unwrap_or_default(),
    }
}

/// What the complaints service needs to open it, but for what is personal.
fn handed_over(
    row: &Contact,
    complaint: ComplaintId,
    organisation: OrganisationId,
    it: &Recorded,
) -> proto::ComplaintHandedOver {
    let question = &it.route.question;
    proto::ComplaintHandedOver {
        contact: it.id.name(),
        complaint: complaint.name(),
        contract: it.contract.name(),
        organisation: organisation.name(),
        participant: it.participant.map(Id::name).unwrap_or_default(),
        received_on: Some(wire::date(question.received_on)),
        jobcentre_plus_received_on: question.jobcentre_plus_received_on.map(wire::date),
        channel: wire::channel(question.channel).into(),
        representative_kind: convert::representative(question.representative).into(),
        respondents: question.respondents.iter().map(|respondent| respondent.name()).collect(),
        starts_at_stage: 1,
        joint_reply_on: None,
        mixed_complaint: String::new(),
        formal: it.route.formal,
        persons_complained_about: row.persons_complained_about.clone(),
        // By references a person can be found: they are read with the contact, and end with it (L33).
        reference: String::new(),
        participant_reference: String::new(),
    }
}
