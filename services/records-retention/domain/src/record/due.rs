//! When to look at a record next: a sweep costs what is due, not what is stored.

use jiff::civil::Date;

use super::{Context, File, State, Term, dates::unpaid_after, retention};
use crate::Refusal;

/// The next day on which time does something to the record; nothing where it does not.
///
/// # Errors
/// Refuses a day outside the civil calendar.
pub fn look_on(state: &State, context: &Context<'_>) -> Result<Option<Date>, Refusal> {
    let Some(file) = state.file() else { return Ok(None) };
    let falls_due = match retention(file, context)? {
        Term::Ends { last, due_from } => (file.fell_due_on != Some(last.due_on)).then_some(due_from),
        Term::None(_) => None,
    };
    let unpaid = unpaid(file, context)?.and_then(|after| after.tomorrow().ok());
    Ok(falls_due.into_iter().chain(unpaid).chain(review(file, context)?).min())
}

/// The day after which the report is to be raised as unpaid, unless it was.
pub(super) fn unpaid(file: &File, context: &Context<'_>) -> Result<Option<Date>, Refusal> {
    Ok(unpaid_after(file, context)?.filter(|after| file.raised_unpaid_on != Some(*after)))
}

/// The day on which a person has to judge again whether a set is anonymous, unless that was raised (RET-13).
pub(super) fn review(file: &File, context: &Context<'_>) -> Result<Option<Date>, Refusal> {
    let Some(set) = &file.anonymised else { return Ok(None) };
    Ok(set.review_on(context)?.filter(|on| file.raised_review_on != Some(*on)))
}
