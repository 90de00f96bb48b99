//! Participants as callers see them.

use redress_chassis::{etag, wire};
use redress_proto::complaints::v1 as proto;

use crate::{convert, store::participant::Participant};

/// A participant, without the person.
pub(crate) fn participant(row: &Participant) -> proto::Participant {
    let contact = row.state.participant().and_then(|participant| participant.first_contact.as_ref());
    proto::Participant {
        name: row.id.name(),
        contract: row.contract.name(),
        organisation: row.organisation.name(),
        reference: row.reference.clone(),
        person: None,
        first_contact: contact.map(|contact| proto::FirstContact {
            explained_on: Some(wire::date(contact.explained_on)),
            channel: wire::channel(contact.channel).into(),
            agreement_evidence: convert::participant::evidence(contact.agreement_evidence).into(),
            document: contact.documents.last().map(|document| document.name()).unwrap_or_default(),
        }),
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
    }
}
