//! Letters from ICE, as callers see them, without their texts.

use ice_liaison_domain::{
    IceLetterId, Refusal,
    examination::{Case, IceLetter, clock},
};
use jiff::civil::Date;
use redress_chassis::{wire, wire::Telling};
use redress_policy::Rulebook;
use redress_proto::ice_liaison::v1 as proto;

use crate::{command::pinned::pinned, convert, store::examination::Examination};

/// A letter of an examination, as a command answers it.
pub(crate) fn answer(
    row: &Examination,
    id: IceLetterId,
    rulebook: &Rulebook,
    today: Date,
) -> Result<proto::IceLetter, Refusal> {
    let not_found = || Refusal::NotFound { name: id.name() };
    let case = row.state.case().ok_or_else(not_found)?;
    let found = case.file.letters.iter().find(|letter| letter.id == id).ok_or_else(not_found)?;
    letter(case, found, rulebook, today, Telling::Dates)
}

/// A letter on file.
pub(crate) fn letter(
    case: &Case,
    letter: &IceLetter,
    rulebook: &Rulebook,
    today: Date,
    telling: Telling,
) -> Result<proto::IceLetter, Refusal> {
    let file = &case.file;
    let pack = pinned(rulebook, &file.pack, file.complaint)?;
    let computed = clock::of_letter(file, letter, pack, &rulebook.calendars)?;
    Ok(proto::IceLetter {
        name: letter.id.name(),
        examination: file.id.name(),
        kind: convert::letter_kind(letter.kind).into(),
        received_on: Some(wire::date(letter.received_on)),
        stated_on: letter.stated_on.map(wire::date),
        wants_answer: letter.wants_answer,
        deadline: computed.as_ref().map(|computed| wire::deadline(computed, telling)),
        state: convert::letter_state(letter.state(today)).into(),
        answered_on: letter.answered.map(|answered| wire::date(answered.on)),
        taken_as_received_on: letter.answered.map(|answered| wire::date(answered.taken_on)),
        stated_later: letter.stated_later,
        not_needed_yet: letter.not_needed_yet,
        body: String::new(),
    })
}
