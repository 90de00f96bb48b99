//! Who answers, and with whose authority.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{Decided, dated, guard};
use crate::{
    OrganisationId, PaperId, Refusal,
    letter::{Authority, CommandKind, Context, Event, Letter},
    refusal::field,
};

/// RTE-13: the clock starts anew at whoever accepts the letter.
pub(super) fn transfer(
    letter: &Letter,
    organisation: OrganisationId,
    received_on: Date,
    context: &Context<'_>,
) -> Decided {
    let mut checks = dated("received_on", received_on, letter, context);
    let said = "must be another organisation than the one that has it";
    checks.require(organisation != letter.organisation, "organisation", field::NOT_ALLOWED, said);
    checks.done().map_err(Refusal::Invalid)?;
    guard(letter, CommandKind::Transfer)?;
    let event = Event::MemberLetterTransferred { organisation, received_on, recorded_on: context.today };
    Ok(Decision::one(event, vec![Citation::own("RTE-13")]))
}

/// CMP-27: nobody answers for themselves (R32).
pub(super) fn assign(letter: &Letter, handler: &str, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    checks.require(!handler.is_empty(), "handler", field::REQUIRED, "must name the person who answers");
    checks.done().map_err(Refusal::Invalid)?;
    guard(letter, CommandKind::Assign)?;
    if context.persons_complained_about.iter().any(|person| person == handler) {
        return Err(Refusal::HandlerConflict);
    }
    if letter.handler.as_deref() == Some(handler) {
        return Ok(Decision::nothing());
    }
    let event = Event::MemberLetterAssigned { handler: handler.to_owned() };
    Ok(Decision::one(event, vec![Citation::own("CMP-27")]))
}

/// RTE-14: written consent is good practice for members, and what a peer needs.
pub(super) fn authority(letter: &Letter, on: Date, paper: Option<PaperId>, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    checks.not_future("on", on, context.today);
    let there = paper.is_none_or(|paper| context.papers.contains(&paper));
    let said = "must be a paper of this case that can be read";
    checks.require(there, "paper", field::NOT_ON_FILE, said);
    checks.done().map_err(Refusal::Invalid)?;
    guard(letter, CommandKind::RecordAuthority)?;
    if letter.authority == Some(Authority::Consent) && letter.authority_paper == paper {
        return Ok(Decision::nothing());
    }
    let event = Event::AuthorityRecorded { authority: Authority::Consent, on, paper };
    Ok(Decision::one(event, vec![Citation::own("RTE-14")]))
}
