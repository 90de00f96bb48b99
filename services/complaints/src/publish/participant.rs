//! Events of participants.

use complaints_domain::participant::Event;
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::Id;
use redress_proto::complaints::v1 as proto;

use crate::{convert, store::participant::Participant};

/// An event of a participant.
pub(crate) fn participant(row: &Participant, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let about =
        About { kind: "participants", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::ParticipantRecorded { id, contract, organisation } => {
            let message = proto::ParticipantRecorded {
                participant: id.name(),
                contract: contract.name(),
                organisation: organisation.name(),
            };
            entry(about, &message, citations)
        }
        Event::FirstContactRecorded(contact) => {
            let message = proto::FirstContactRecorded {
                explained_on: Some(wire::date(contact.explained_on)),
                channel: wire::channel(contact.channel).into(),
                agreement_evidence: convert::participant::evidence(contact.agreement_evidence).into(),
                document: contact.document.map(Id::name).unwrap_or_default(),
            };
            entry(about, &message, citations)
        }
    }
}
