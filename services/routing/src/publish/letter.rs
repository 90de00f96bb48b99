//! Events of letters.

use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::Id;
use redress_proto::routing::v1 as proto;
use routing_domain::letter::{Event, Log};

use crate::{convert, store::letter::Letter};

/// An event of a letter as an entry of its journal.
pub(crate) fn letter(row: &Letter, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let about =
        About { kind: "memberLetters", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::MemberLetterLogged { log, .. } => entry(about, &logged(log), citations),
        Event::MemberLetterTransferred { organisation, received_on, .. } => {
            let message = proto::MemberLetterTransferred {
                organisation: organisation.name(),
                received_on: Some(wire::date(*received_on)),
            };
            entry(about, &message, citations)
        }
        Event::MemberLetterAssigned { handler } => {
            entry(about, &proto::MemberLetterAssigned { handler: handler.clone() }, citations)
        }
        Event::AuthorityRecorded { authority, on, paper } => {
            let message = proto::AuthorityRecorded {
                authority: convert::authority(Some(*authority)).into(),
                on: Some(wire::date(*on)),
                paper: paper.map(Id::name).unwrap_or_default(),
            };
            entry(about, &message, citations)
        }
        Event::HoldingReplySent { sent_on, new_due_on, digest } => {
            let message = proto::HoldingReplySent {
                sent_on: Some(wire::date(*sent_on)),
                new_due_on: Some(wire::date(*new_due_on)),
                digest: digest.as_str().to_owned(),
            };
            entry(about, &message, citations)
        }
        Event::MemberLetterReplied { replied_on, digest, late } => {
            let message = proto::MemberLetterReplied {
                replied_on: Some(wire::date(*replied_on)),
                digest: digest.as_str().to_owned(),
                late: *late,
            };
            entry(about, &message, citations)
        }
        Event::MemberLetterClosed { on } => {
            entry(about, &proto::MemberLetterClosed { on: Some(wire::date(*on)) }, citations)
        }
        Event::MemberLetterAbandoned { on } => {
            entry(about, &proto::MemberLetterAbandoned { on: Some(wire::date(*on)) }, citations)
        }
        Event::MemberLetterClockBreached { breach } => {
            let message = proto::MemberLetterClockBreached {
                kind: breach.kind.name().to_owned(),
                due_on: Some(wire::date(breach.due_on)),
            };
            entry(about, &message, citations)
        }
    }
}

fn logged(log: &Log) -> proto::MemberLetterLogged {
    proto::MemberLetterLogged {
        member_letter: log.id.name(),
        contact: log.contact.name(),
        contract: log.contract.name(),
        organisation: log.organisation.name(),
        standing: convert::standing(Some(log.standing)).into(),
        destination: convert::destination(log.destination).into(),
        letter_on: Some(wire::date(log.letter_on)),
        received_on: Some(wire::date(log.received_on)),
        complaint: log.complaint.map(Id::name).unwrap_or_default(),
        mixed_complaint: log.mixed.map(Id::name).unwrap_or_default(),
    }
}
