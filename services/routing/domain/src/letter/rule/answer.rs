//! Holding reply and reply (RTE-12, RTE-13).

use jiff::civil::Date;
use redress_kernel::{Citation, Decision, Digest};
use redress_policy::ClockKind;

use super::{Decided, dated, guard};
use crate::{
    Refusal,
    breach::Breach,
    letter::{CommandKind, Context, Event, Letter, clocks},
    refusal::field,
};

/// What a holding reply says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) apologises: bool,
    pub(super) explains: bool,
    pub(super) new_due_on: Option<Date>,
}

pub(super) fn holding(
    letter: &Letter,
    sent_on: Date,
    said: Said,
    digest: &Digest,
    context: &Context<'_>,
) -> Decided {
    let mut checks = dated("sent_on", sent_on, letter, context);
    checks.require(said.apologises, "apology", field::REQUIRED, "must apologise for the delay");
    checks.require(said.explains, "delay_reason", field::REQUIRED, "must give the reason of the delay");
    checks.require(said.new_due_on.is_some(), "new_due_on", field::REQUIRED, "must promise a new date");
    let later = said.new_due_on.is_none_or(|promised| promised > sent_on);
    checks.require(later, "new_due_on", field::NOT_ALLOWED, "must lie after the day on which it goes out");
    checks.done().map_err(Refusal::Invalid)?;
    guard(letter, CommandKind::SendHolding)?;
    // It was found above to be given.
    let Some(new_due_on) = said.new_due_on else { return Ok(Decision::nothing()) };
    let event = Event::HoldingReplySent { sent_on, new_due_on, digest: digest.clone() };
    Ok(Decision::one(event, vec![Citation::own("RTE-13")]))
}

pub(super) fn reply(
    letter: &Letter,
    replied_on: Date,
    quotes_reference: bool,
    digest: &Digest,
    context: &Context<'_>,
) -> Decided {
    dated("replied_on", replied_on, letter, context).done().map_err(Refusal::Invalid)?;
    guard(letter, CommandKind::Reply)?;
    if letter.authority.is_none() {
        return Err(Refusal::AuthorityMissing);
    }
    if letter.referenced && !quotes_reference {
        return Err(Refusal::ReferenceNotQuoted);
    }
    let all = clocks(letter, context.pack, context.calendars)?;
    let passed = all
        .iter()
        .filter(|clock| clock.deadline.due_on < replied_on)
        .map(|clock| Breach {
            kind: clock.deadline.kind,
            number: clock.number,
            due_on: clock.deadline.due_on,
        })
        .filter(|breach| !letter.breaches.iter().any(|known| same(known, breach)));
    let mut events: Vec<Event> = passed.map(|breach| Event::MemberLetterClockBreached { breach }).collect();
    // Where the pack knows no target, the most that practice allows is what is late or not.
    let target = all.iter().find(|clock| clock.deadline.kind == ClockKind::ElectedMemberReply);
    let late = target.or(all.first()).is_some_and(|clock| clock.deadline.due_on < replied_on);
    events.push(Event::MemberLetterReplied { replied_on, digest: digest.clone(), late });
    let mut because: Vec<Citation> = all.into_iter().map(|clock| clock.deadline.citation).collect();
    because.push(Citation::own("RTE-13"));
    Ok(Decision { events, because })
}

fn same(one: &Breach, other: &Breach) -> bool {
    one.kind == other.kind && one.number == other.number
}
