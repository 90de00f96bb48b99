//! Reports that are kept without anyone in them (RET-04, RET-13). A set of them is a record of its own: it names no person, no
//! case and none of the reports it was made of, and it has a term, holds and an end like every record.

use jiff::civil::Date;
use redress_policy::{ClockKind, Pack, deadline, pack::ReportDisposal};
use serde::{Deserialize, Serialize};

use crate::{Digest, Refusal, record::Context};

/// What becomes of a record at the end of its term (RET-04, A0 7.12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Method {
    /// It is destroyed.
    #[default]
    Destroy,
    /// It goes into an anonymised set, and the original is destroyed.
    Anonymise,
}

impl Method {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Destroy => "DESTROY",
            Self::Anonymise => "ANONYMISE",
        }
    }

    /// Whether the documents of a pack name it for reports.
    pub fn is_for_reports(self, pack: &Pack) -> bool {
        let named = match self {
            Self::Destroy => ReportDisposal::Destroy,
            Self::Anonymise => ReportDisposal::Anonymise,
        };
        pack.rules.report_record.value().is_some_and(|reports| reports.then.contains(&named))
    }
}

/// How coarse what narrows down had to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Coarseness {
    /// Quarters, areas of postcodes, leading digits.
    Quarter,
    /// Years; places and numbers are gone.
    Year,
    /// All of it is gone.
    Gone,
}

impl Coarseness {
    /// Every one, the finest first.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::Year, Self::Gone];
}

/// What was found when it was judged whether a set is anonymous: singling out, linkability, inference (RET-13). Paths of
/// fields and numbers only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// How many reports the set has.
    pub reports: u32,
    /// How many people the smallest group of reports is about that agree in everything that narrows down (k).
    pub smallest_group: u32,
    /// The least that the practice of the pack accepts for it (Q46).
    pub least_group: u32,
    /// How coarse what narrows down had to become.
    pub coarseness: Coarseness,
    /// Fields that were taken out.
    pub removed: Vec<String>,
    /// Fields that became coarser.
    pub generalised: Vec<String>,
    /// Special categories that were withheld, because a group shared one value.
    pub withheld: Vec<String>,
    /// Digest of the forms.
    pub digest: Digest,
}

/// A set of anonymised reports, as the record that keeps it knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    /// Day on which its reports were anonymised.
    pub anonymised_on: Date,
    /// The last day that any of its reports allows: six months after its payment, and the term of a copy after that (Q11).
    pub at_most_until: Date,
    /// What was found.
    pub assessment: Assessment,
    /// Day on which a person last judged it again.
    pub reviewed_on: Option<Date>,
    /// Whether that found that people can be told apart after all.
    pub found_wanting: bool,
}

impl Set {
    /// The day on which a person has to judge it again (RET-13, Q47); nothing once it was found wanting.
    ///
    /// # Errors
    /// Refuses a day outside the civil calendar.
    pub fn review_on(&self, context: &Context<'_>) -> Result<Option<Date>, Refusal> {
        if self.found_wanting {
            return Ok(None);
        }
        let clock = context.pack.clock(ClockKind::AnonymityReview)?;
        let view = context.calendars.view(context.pack.basis(), context.today);
        let from = self.reviewed_on.unwrap_or(self.anonymised_on);
        Ok(Some(deadline::compute(&clock, from, None, &view)?.due_on))
    }
}

/// The last day that a report allows for its anonymised copy: the term of a copy counted from the day on which the report
/// itself had to go (Q11).
///
/// # Errors
/// Refuses where the pack has no term for copies.
pub fn at_most_until(report_due_on: Date, context: &Context<'_>) -> Result<Date, Refusal> {
    let clock = context.pack.clock(ClockKind::AnonymisedReport)?;
    let view = context.calendars.view(context.pack.basis(), context.today);
    Ok(deadline::compute(&clock, report_due_on, None, &view)?.due_on)
}
