//! The end of a record's term. A stored date is a cache of what [`retention`] returns (L11).

use jiff::civil::Date;
use redress_policy::{
    ClockKind, Computed, Pack,
    deadline::{self, Note},
};

use super::{Context, File};
use crate::{
    Refusal,
    erasure::{Granted, answer_by},
    schedule::{Schedule, Trigger, schedule},
};

/// The term of a record, or why it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// It runs, or has ended.
    Ends {
        /// The last day of the term, and how it was counted.
        last: Box<Computed>,
        /// The first day on which the record may be destroyed.
        due_from: Date,
    },
    /// No day is known.
    None(Gap),
}

/// Why no day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gap {
    /// The contract has no last day yet.
    ContractNotEnded,
    /// The report is not paid for in full (Q12).
    NotPaid,
    /// No schedule is known for the class under this pack.
    NoSchedule,
}

impl Gap {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ContractNotEnded => "CONTRACT_NOT_ENDED",
            Self::NotPaid => "NOT_PAID",
            Self::NoSchedule => "NO_SCHEDULE",
        }
    }
}

/// The term of a record as everything that is known has it.
///
/// # Errors
/// Refuses a day outside the civil calendar.
pub fn retention(file: &File, context: &Context<'_>) -> Result<Term, Refusal> {
    if let Some(granted) = context.granted.filter(|_| file.class.is_about_a_person()) {
        return erased(granted, context);
    }
    let agreed = context.contract.agreed.as_ref();
    let Some(Schedule { trigger, clock }) = schedule(file.class, context.pack, agreed) else {
        return Ok(Term::None(Gap::NoSchedule));
    };
    let start_on = match trigger {
        Trigger::ContractEnd => context.contract.end_on.ok_or(Gap::ContractNotEnded),
        Trigger::Payment => file.payments.received_on().ok_or(Gap::NotPaid),
        Trigger::Anonymisation => {
            file.anonymised.as_ref().map(|set| set.anonymised_on).ok_or(Gap::NoSchedule)
        }
    };
    let start_on = match start_on {
        Ok(start_on) => start_on,
        Err(gap) => return Ok(Term::None(gap)),
    };
    let view = context.calendars.view(context.pack.basis(), context.today);
    let mut last = deadline::compute(&clock, start_on, None, &view)?;
    let due_from = match trigger {
        Trigger::ContractEnd => {
            // Reliability D4: an earlier last day that was told is shown, and counts once two people have agreed.
            if let Some(told) = context.contract.told_end_on {
                last.citation = last.citation.with("told_end_on", told);
            }
            extend_for_fund(&mut last, file, context.pack);
            // Kept to the end of its last day (Q22).
            last.due_on.tomorrow().map_err(|_| redress_policy::Refusal::DateOutOfRange)?
        }
        // "For up to six months … at which point": the last day is the day on which it must go (RET-04, A0 7.12).
        Trigger::Payment => last.due_on,
        Trigger::Anonymisation => {
            cap(&mut last, file);
            last.due_on
        }
    };
    Ok(Term::Ends { last: Box::new(last), due_from })
}

/// A person whose erasure was granted is due from that day (RET-11).
fn erased(granted: &Granted, context: &Context<'_>) -> Result<Term, Refusal> {
    let on = granted.decided_on;
    let mut last = answer_by(context.pack, context.calendars, granted.received_on)?;
    last.citation = granted.citation();
    last.steps = vec![deadline::Step { on, note: Note::Said("erasure granted") }];
    (last.ends_on, last.due_on, last.warn_on) = (on, on, on);
    Ok(Term::Ends { last: Box::new(last), due_from: on })
}

/// A set is kept no longer than the strictest of its reports allows (Q11), and not at all once it was found that people can
/// be told apart after all (RET-13).
fn cap(last: &mut Computed, file: &File) {
    let Some(set) = &file.anonymised else { return };
    let caps = [
        (Some(set.at_most_until), "the last day that its reports allow"),
        (set.reviewed_on.filter(|_| set.found_wanting), "found not to be anonymous"),
    ];
    for (on, note) in caps.into_iter().filter_map(|(on, note)| Some((on?, note))) {
        if on < last.due_on {
            last.steps.push(deadline::Step { on, note: Note::Said(note) });
            last.ends_on = on;
            last.due_on = on;
        }
    }
}

/// What a European fund paid for is kept until the fund's own year ends, for those who started before it stopped paying
/// (RET-09, W15).
fn extend_for_fund(last: &mut Computed, file: &File, pack: &Pack) {
    let Some(fund) = pack.rules.funded_retention.value() else { return };
    let funded = file.funded_start_on.is_some_and(|started| started < fund.not_for_starts_from);
    let Ok(until) = Date::new(fund.until_year, 12, 31) else { return };
    if funded && until > last.due_on {
        if let Some(citation) = pack.citation(&pack.rules.funded_retention) {
            last.citation = citation.with("funded_until", until).with("without_the_fund", last.due_on);
        }
        last.steps.push(deadline::Step { on: until, note: Note::Said("kept for the fund that paid") });
        last.ends_on = until;
        last.due_on = until;
    }
}

/// The day after which a completed report that nobody paid for is raised (Q12); nothing for what payment does not start.
pub(super) fn unpaid_after(file: &File, context: &Context<'_>) -> Result<Option<Date>, Refusal> {
    let Some(completed_on) = file.completed_on.filter(|_| file.payments.received_on().is_none()) else {
        return Ok(None);
    };
    let Ok(clock) = context.pack.clock(ClockKind::UnpaidReport) else { return Ok(None) };
    let view = context.calendars.view(context.pack.basis(), context.today);
    Ok(Some(deadline::compute(&clock, completed_on, None, &view)?.due_on))
}
