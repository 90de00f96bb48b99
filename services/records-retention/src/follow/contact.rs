//! Entries of the routing service as news of contacts, and of what they opened.

use records_retention_domain::{HoldReason, Matter, ParticipantId, id};
use redress_chassis::wire;
use redress_journal::{entry::Entry, subscription::HandleFault};
use redress_kernel::Id;
use redress_proto::routing::v1 as routing;
use uuid::Uuid;

use super::news::{is, name, read, stream, unread};
use crate::command::contact::News;

/// What an entry tells of a contact, a mixed complaint or a letter.
pub(super) fn news(entry: &Entry) -> Result<Option<News>, HandleFault> {
    if is::<routing::ContactRouted>(entry) {
        let told: routing::ContactRouted = read(entry)?;
        let received_on = told.received_on.as_ref().and_then(wire::read_date);
        return Ok(Some(News::Routed {
            contact: name(&told.contact)?,
            contract: name(&told.contract)?,
            recorded_by: name(&told.recorded_by)?,
            participant: named(&told.participant)?,
            received_on: received_on.ok_or_else(|| unread(entry))?,
        }));
    }
    if is::<routing::ComplaintHandedOver>(entry) {
        let told: routing::ComplaintHandedOver = read(entry)?;
        let (contact, complaint) = (name(&told.contact)?, name(&told.complaint)?);
        return Ok(Some(News::HandedOver { contact, complaint }));
    }
    if let Some(begun) = begun(entry)? {
        return Ok(Some(begun));
    }
    over(entry)
}

/// The participant, where the contact names one.
fn named(participant: &str) -> Result<Option<ParticipantId>, HandleFault> {
    if participant.is_empty() { Ok(None) } else { name(participant).map(Some) }
}

fn begun(entry: &Entry) -> Result<Option<News>, HandleFault> {
    if is::<routing::ContactOffered>(entry) {
        let contact = stream(entry)?;
        let (subject, matter) = (contact.uuid(), Matter::Contact(contact));
        return Ok(Some(News::Begun { contact, subject, matter, reason: HoldReason::OpenCorrespondence }));
    }
    if is::<routing::MixedComplaintRaised>(entry) {
        let told: routing::MixedComplaintRaised = read(entry)?;
        let mixed = name::<id::MixedComplaint>(&told.mixed_complaint)?;
        let (subject, matter) = (mixed.uuid(), Matter::MixedComplaint(mixed));
        let contact = name(&told.contact)?;
        return Ok(Some(News::Begun { contact, subject, matter, reason: HoldReason::OpenComplaint }));
    }
    if is::<routing::MemberLetterLogged>(entry) {
        let told: routing::MemberLetterLogged = read(entry)?;
        let letter = name::<id::MemberLetter>(&told.member_letter)?;
        let (subject, matter) = (letter.uuid(), Matter::MemberLetter(letter));
        let contact = name(&told.contact)?;
        return Ok(Some(News::Begun { contact, subject, matter, reason: HoldReason::OpenCorrespondence }));
    }
    Ok(None)
}

fn over(entry: &Entry) -> Result<Option<News>, HandleFault> {
    let (matter, reason): (fn(Uuid) -> Matter, _) = if is::<routing::ContactAccepted>(entry)
        || is::<routing::ContactRejected>(entry)
        || is::<routing::ContactRerouted>(entry)
    {
        (|id| Matter::Contact(Id::new(id)), HoldReason::OpenCorrespondence)
    } else if is::<routing::SatisfactionRecorded>(entry)
        || is::<routing::ResidualRecorded>(entry)
        || is::<routing::MixedComplaintAbandoned>(entry)
    {
        (|id| Matter::MixedComplaint(Id::new(id)), HoldReason::OpenComplaint)
    } else if is::<routing::MemberLetterClosed>(entry) || is::<routing::MemberLetterAbandoned>(entry) {
        (|id| Matter::MemberLetter(Id::new(id)), HoldReason::OpenCorrespondence)
    } else {
        return Ok(None);
    };
    let subject = stream::<id::Contact>(entry)?.uuid();
    Ok(Some(News::Over { subject, matter: matter(subject), reason }))
}
