//! Whether a record may be destroyed: the one place that says so, for every path (L30, L34).

use jiff::civil::Date;
use redress_policy::{ClockKind, Computed, deadline};

use super::{Context, File, Gap, Term, retention};
use crate::{Refusal, anonymised::Method};

/// A record that may be destroyed, and the term that allows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposable {
    /// The last day of its term.
    pub last: Computed,
    /// The record as the manifest of a disposal has it: one line, the same for the same record, contract and pack.
    pub line: String,
}

/// Whether `file` may be destroyed today, or anonymised.
///
/// # Errors
/// Refuses a method that the guidance does not name for it, what has no schedule, what nothing has set running, what is not due, what is held, and what was held until
/// just now.
pub fn disposable(file: &File, method: Method, context: &Context<'_>) -> Result<Disposable, Refusal> {
    let record = file.id;
    // RET-04, A0 7.12: the choice between the two is one for reports alone.
    let allowed = match method {
        Method::Destroy => true,
        Method::Anonymise => file.class.is_report() && method.is_for_reports(context.pack),
    };
    if !allowed {
        return Err(Refusal::MethodNotAllowed { record, class: file.class, method });
    }
    let (last, due_from) = match retention(file, context)? {
        Term::Ends { last, due_from } => (*last, due_from),
        Term::None(Gap::NoSchedule) => return Err(Refusal::NoSchedule { record, class: file.class }),
        Term::None(gap @ (Gap::ContractNotEnded | Gap::NotPaid)) => {
            return Err(Refusal::TriggerNotMet { record, gap });
        }
    };
    if context.today < due_from {
        return Err(Refusal::NotDue { record, due_from, citation: Box::new(last.citation) });
    }
    let holds: Vec<_> = context.open_holds(file).map(|hold| (hold.id, hold.reason)).collect();
    if !holds.is_empty() {
        return Err(Refusal::OnHold { record, holds });
    }
    if let Some(free_from) = cooling_until(file, context)? {
        return Err(Refusal::HoldRecentlyReleased { record, free_from });
    }
    let line = line(file, method, &last);
    Ok(Disposable { last, line })
}

/// The first day after the last hold ended on which the record may be destroyed, where that lies ahead (Q43).
fn cooling_until(file: &File, context: &Context<'_>) -> Result<Option<Date>, Refusal> {
    let ended = context.holds(file).filter_map(|hold| hold.ended_on(context.today)).max();
    let Some(ended) = ended else { return Ok(None) };
    let clock = context.pack.clock(ClockKind::HoldCooling)?;
    let view = context.calendars.view(context.pack.basis(), context.today);
    let free_from = deadline::compute(&clock, ended, None, &view)?.opens_on()?;
    Ok((context.today < free_from).then_some(free_from))
}

/// Everything about the record that an approver relies on.
fn line(file: &File, method: Method, last: &Computed) -> String {
    let mut parts: Vec<String> = file
        .parts
        .iter()
        .map(|part| format!("{}:{}:{}", part.holder.as_str(), part.id, part.subject))
        .collect();
    parts.sort_unstable();
    let way = match method {
        Method::Destroy => "",
        Method::Anonymise => " to be anonymised",
    };
    format!(
        "{} {} from {} to {} under {} of {}@{} with {}{way}",
        file.id.name(),
        file.class.as_str(),
        last.start_on,
        last.due_on,
        last.citation.short(),
        last.citation.pack,
        last.citation.pack_version,
        parts.join(","),
    )
}
