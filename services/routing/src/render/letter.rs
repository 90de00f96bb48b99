//! Letters.

use redress_chassis::{etag, wire, wire::Telling};
use redress_kernel::Id;
use redress_policy::Rulebook;
use redress_proto::routing::v1 as proto;
use routing_domain::{Refusal, letter::clocks};

use crate::{
    convert,
    store::{letter::Letter, list::LetterRow},
};

/// A letter, without what is sealed.
pub(crate) fn letter(
    row: &Letter,
    rulebook: &Rulebook,
    telling: Telling,
) -> Result<proto::MemberLetter, Refusal> {
    let letter = row.state.letter().ok_or_else(|| Refusal::NotFound { name: row.id.name() })?;
    let pack = rulebook.library.get(&letter.pack)?;
    let clocks = clocks(letter, pack, &rulebook.calendars)?;
    Ok(proto::MemberLetter {
        name: row.id.name(),
        contact: letter.contact.name(),
        contract: letter.contract.name(),
        organisation: letter.organisation.name(),
        member: Some(proto::Member {
            title: row.title.clone(),
            reference: row.office_reference.clone().unwrap_or_default(),
            ..proto::Member::default()
        }),
        standing: convert::standing(Some(letter.standing)).into(),
        letter_on: Some(wire::date(letter.letter_on)),
        received_on: Some(wire::date(letter.received_on)),
        destination: convert::destination(letter.destination).into(),
        complaint: letter.complaint.map(Id::name).unwrap_or_default(),
        mixed_complaint: letter.mixed.map(Id::name).unwrap_or_default(),
        stage: convert::letter_stage(letter.stage.name()).into(),
        authority: convert::authority(letter.authority).into(),
        handler: letter.handler.clone().unwrap_or_default(),
        clocks: clocks.iter().map(|clock| wire::deadline(&clock.deadline, telling)).collect(),
        promised_on: letter.promised_on.map(wire::date),
        replied_on: letter.replied.as_ref().map(|(on, _)| wire::date(*on)),
        late: letter.late,
        breaches: letter.breaches.iter().map(|breach| breach.kind.name().to_owned()).collect(),
        pack: Some(convert::pack(&letter.pack)),
        reply: String::new(),
        holding_reply: String::new(),
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
        update_time: Some(wire::timestamp(row.updated_at)),
    })
}

/// A row of a list. Words that are kept are words of the contract.
pub(crate) fn row(row: &LetterRow) -> proto::MemberLetterRow {
    let stage = proto::LetterStage::from_str_name(&format!("LETTER_STAGE_{}", row.stage));
    let standing = proto::Standing::from_str_name(&format!("STANDING_{}", row.standing));
    proto::MemberLetterRow {
        name: row.id.name(),
        contract: row.contract.name(),
        organisation: row.organisation.name(),
        stage: stage.unwrap_or_default().into(),
        standing: standing.unwrap_or_default().into(),
        received_on: Some(wire::date(row.received_on)),
        next_due_on: row.next_due_on.map(wire::date),
        next_due_kind: row.next_due_kind.clone().unwrap_or_default(),
    }
}
