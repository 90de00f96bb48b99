//! Holds: placed by people and by cases, released by those who placed them (RET-07, RET-08).

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::super::{Context, Event, File};
use crate::{Hold, HoldId, HoldReason, Matter, Refusal, refusal::field};

/// The most holds that people place on a record. Neither a case nor a request to be erased is ever told that there are too many.
const MOST: usize = 500;

pub(super) fn place(file: &File, hold: &Hold, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    let by_case = hold.matter.is_some();
    if by_case && already(file, hold, context) {
        return Ok(Decision::nothing());
    }
    let mut checks = Checks::default();
    checks.require(
        hold.reason.follows_a_case() == by_case,
        "reason",
        field::NOT_ALLOWED,
        "must be one that a person places; those of a case are placed by the case",
    );
    checks.require(
        hold.reason != HoldReason::ErasurePending || hold.placed_by.organisation.is_none(),
        "reason",
        field::NOT_ALLOWED,
        "must be one that a person places; that of an erasure request is placed by the request",
    );
    checks.require(
        by_case || hold.authority.is_some(),
        "authority",
        field::REQUIRED,
        "must name the order or notice behind it",
    );
    if !by_case {
        checks.require(
            hold.review_on > context.today,
            "review_on",
            field::TOO_EARLY,
            "must lie in the future",
        );
    }
    checks.done()?;
    let by_person = !by_case && hold.reason != HoldReason::ErasurePending;
    if by_person && file.holds.len() >= MOST {
        return Err(Refusal::TooMany { record: file.id });
    }
    let rule = if by_case { "RET-07" } else { "RET-08" };
    Ok(Decision::one(Event::HoldPlaced(hold.clone()), vec![Citation::own(rule)]))
}

/// Whether the case holds the record in this way already, and as long.
pub(super) fn already(file: &File, hold: &Hold, context: &Context<'_>) -> bool {
    context.open_holds(file).any(|known| known.covers(hold))
}

pub(super) fn review(
    file: &File,
    hold: HoldId,
    review_on: Date,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let known = find(file, hold)?;
    let mut checks = Checks::default();
    checks.require(review_on > context.today, "review_on", field::TOO_EARLY, "must lie in the future");
    checks.done()?;
    if !known.is_open(context.today) {
        return Err(Refusal::HoldEnded { hold });
    }
    Ok(Decision::one(Event::HoldReviewed { hold, review_on }, vec![Citation::own("RET-08")]))
}

/// Only the organisation that placed a hold releases it, and only the end of a case releases the hold of the case.
pub(super) fn release(file: &File, hold: HoldId, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    if context.of_person.iter().any(|known| known.id == hold) {
        return Err(Refusal::HeldByCase { hold });
    }
    let known = find(file, hold)?;
    if known.matter.is_some() {
        return Err(Refusal::HeldByCase { hold });
    }
    if known.placed_by.organisation != context.actor.organisation {
        return Err(Refusal::NotYourHold { hold });
    }
    if !known.is_open(context.today) {
        return Err(Refusal::HoldEnded { hold });
    }
    let still_held = context.open_holds(file).any(|other| other.id != hold);
    let released = Event::HoldReleased { hold, released_on: context.today, still_held };
    Ok(Decision::one(released, vec![Citation::own("RET-08")]))
}

pub(super) fn release_matter(
    file: &File,
    matter: Matter,
    reason: HoldReason,
    context: &Context<'_>,
) -> Decision<Event> {
    let today = context.today;
    let of_matter = |hold: &&Hold| hold.matter == Some(matter) && hold.reason == reason;
    let released: Vec<HoldId> = file.own_holds(today).filter(of_matter).map(|hold| hold.id).collect();
    let still_held = context.open_holds(file).any(|hold| !released.contains(&hold.id));
    let events: Vec<Event> = released
        .iter()
        .map(|hold| Event::HoldReleased { hold: *hold, released_on: today, still_held })
        .collect();
    let because = if events.is_empty() { Vec::new() } else { vec![Citation::own("RET-07")] };
    Decision { events, because }
}

fn find(file: &File, hold: HoldId) -> Result<&Hold, Refusal> {
    file.holds.iter().find(|known| known.id == hold).ok_or_else(|| Refusal::NotFound { name: hold.name() })
}
