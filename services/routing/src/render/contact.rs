//! Contacts.

use redress_chassis::{etag, wire, wire::Telling};
use redress_kernel::Id;
use redress_policy::{Division, Rulebook};
use redress_proto::routing::v1 as proto;
use routing_domain::{
    Question, Refusal, Told,
    contact::{self, Stage},
};

use super::route;
use crate::{
    convert,
    store::{contact::Contact, list::ContactRow},
};

/// A contact, without what is sealed.
pub(crate) fn contact(
    row: &Contact,
    division: Division,
    rulebook: &Rulebook,
    telling: Telling,
) -> Result<proto::Contact, Refusal> {
    let contact = row.state.contact().ok_or_else(|| Refusal::NotFound { name: row.id.name() })?;
    let shown = |it| route::route(it, division, rulebook, telling);
    let existing = match &contact.stage {
        Stage::NotOpened { existing, .. } => *existing,
        Stage::Offered { .. }
        | Stage::Declined { .. }
        | Stage::HandedOver
        | Stage::Mixed { .. }
        | Stage::ToBeDirected
        | Stage::Directed
        | Stage::Correspondence { .. }
        | Stage::NotAComplaint => None,
    };
    Ok(proto::Contact {
        name: row.id.name(),
        input: Some(input(contact)),
        reference: row.reference.clone().unwrap_or_default(),
        participant: contact.participant.map(Id::name).unwrap_or_default(),
        participant_reference: row.participant_reference.clone().unwrap_or_default(),
        person: None,
        statement: None,
        persons_complained_about: row.persons_complained_about.clone(),
        member: None,
        organisation: contact.organisation.name(),
        recorded_by: row.recorded_by.name(),
        stage: convert::contact_stage(contact.stage.name()).into(),
        route: Some(shown(&contact.route)?),
        earlier_routes: contact.earlier.iter().rev().map(shown).collect::<Result<_, _>>()?,
        complaint: complaint(contact),
        fate: convert::fate(contact.fate()).into(),
        existing_complaint: existing.map(Id::name).unwrap_or_default(),
        mixed_complaint: contact.mixed().map(Id::name).unwrap_or_default(),
        member_letter: contact.letter().map(Id::name).unwrap_or_default(),
        told: contact.told.as_ref().map(told),
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
        update_time: Some(wire::timestamp(row.updated_at)),
    })
}

/// The complaint that it opens, or will when it is taken.
fn complaint(contact: &contact::Contact) -> String {
    let offered = match contact.stage {
        Stage::Offered { complaint } => Some(complaint),
        Stage::Declined { .. }
        | Stage::HandedOver
        | Stage::NotOpened { .. }
        | Stage::Mixed { .. }
        | Stage::ToBeDirected
        | Stage::Directed
        | Stage::Correspondence { .. }
        | Stage::NotAComplaint => None,
    };
    contact.complaint.map(|(complaint, _)| complaint).or(offered).map(Id::name).unwrap_or_default()
}

fn input(contact: &contact::Contact) -> proto::RouteInput {
    let question: &Question = &contact.route.question;
    proto::RouteInput {
        contract: contact.contract.name(),
        contract_reference: String::new(),
        writer: convert::writer(question.writer).into(),
        about: convert::matters(question.about),
        respondents: question.respondents.iter().map(|respondent| respondent.name()).collect(),
        channel: wire::channel(question.channel).into(),
        received_on: Some(wire::date(question.received_on)),
        jobcentre_plus_received_on: question.jobcentre_plus_received_on.map(wire::date),
        representative_kind: convert::representative(question.representative).into(),
        formal: question.asked_formal,
        title: question.title.clone().unwrap_or_default(),
        letter_on: question.letter_on.map(wire::date),
        left_office: question.left_office,
        mixed_complaint: question.follows.map(Id::name).unwrap_or_default(),
    }
}

/// That the person was told where to go.
pub(crate) fn told(told: &Told) -> proto::PersonTold {
    proto::PersonTold {
        told_on: Some(wire::date(told.told_on)),
        channel: wire::channel(told.channel).into(),
        paper: told.paper.map(Id::name).unwrap_or_default(),
    }
}

/// A row of a list. Words that are kept are words of the contract.
pub(crate) fn row(row: &ContactRow) -> proto::ContactRow {
    let outcome = proto::Outcome::from_str_name(&format!("OUTCOME_{}", row.outcome));
    let stage = proto::ContactStage::from_str_name(&format!("CONTACT_STAGE_{}", row.stage));
    let fate = row.fate.as_ref().and_then(|fate| proto::Fate::from_str_name(&format!("FATE_{fate}")));
    proto::ContactRow {
        name: row.id.name(),
        reference: row.reference.clone().unwrap_or_default(),
        contract: row.contract.name(),
        writer: convert::writer(row.writer).into(),
        outcome: outcome.unwrap_or_default().into(),
        stage: stage.unwrap_or_default().into(),
        fate: fate.unwrap_or_default().into(),
        received_on: Some(wire::date(row.received_on)),
        complaint: row.complaint.map(Id::name).unwrap_or_default(),
        recorded_by: row.recorded_by.name(),
    }
}
