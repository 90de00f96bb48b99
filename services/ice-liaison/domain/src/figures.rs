//! Management information (ICE-11, J0 7.06): what is counted of examinations and charges, by the definitions of ICE's own
//! reports (domain 4.1), and which figures are too small to be shown to whoever may not see single cases.
//!
//! A [`Fact`] is one thing that happened, in numbers that add up. Facts are only ever added, so that the figures up to a
//! position of the journal are the sum of the facts up to it, for ever the same.

mod coarse;
mod count;
mod suppress;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use coarse::round_down;
pub use count::{complaint, of_charge, of_examination};
pub use suppress::{SMALLEST_SHOWN, suppress};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Measure {
    /// Complaints that providers received.
    Complaints,
    /// Referrals that ICE received.
    Received,
    /// Accepted for examination.
    Accepted,
    /// Not accepted: premature.
    Premature,
    /// Not accepted for another reason.
    UnableToAccept,
    /// Sent back to have steps done again.
    SentBack,
    /// Cleared: resolved.
    Resolved,
    /// Cleared: settled.
    Settled,
    /// Withdrawn after acceptance.
    Withdrawn,
    /// Cleared: investigated.
    Investigated,
    /// Investigated: fully upheld.
    FullyUpheld,
    /// Investigated: partially upheld.
    PartiallyUpheld,
    /// Investigated: not upheld.
    NotUpheld,
    /// First contact, from referral.
    ContactTime,
    /// Acceptance to resolution.
    ResolutionTime,
    /// Acceptance to allocation.
    WaitTime,
    /// Allocation to settlement.
    SettlementTime,
    /// Allocation to report.
    ReportTime,
    /// Accepted cases that are live.
    Live,
    /// Cases that wait for an investigator.
    AwaitingInvestigator,
    /// Letters of ICE that were answered.
    LettersAnswered,
    /// Charges raised.
    ChargesRaised,
    /// Charges excused.
    ChargesExcused,
    /// Charges reversed.
    ChargesReversed,
    /// Payments received.
    Payments,
    /// Recommendations for a case.
    RecommendationsCase,
    /// Systemic recommendations.
    RecommendationsSystemic,
    /// Recommendations carried out.
    RecommendationsDone,
    /// Acceptance to clearance, of whatever kind.
    EndToEndTime,
}

/// What kind of number a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// How many in the year.
    Count,
    /// How many, how long, and how many within the standard.
    Time {
        /// Whether there is a standard.
        standard: bool,
    },
    /// How many at the end, whatever the year they began in, and how old.
    Stock,
    /// How many, and how much.
    Money,
}

/// One thing that happened, in numbers that add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What is counted.
    pub measure: Measure,
    /// The day to whose year and month it belongs.
    pub on: Date,
    /// How many: one, or one less of a stock.
    pub count: i64,
    /// Days. Of a stock, the day on which it began counted from 1970, with the sign of the count, so that the age of all
    /// together on any day is known from two sums.
    pub days: i64,
    /// How many of them within the standard.
    pub in_standard: i64,
    /// Pence.
    pub pence: i64,
}

/// What facts add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub count: i64,
    /// Days together.
    pub days: i64,
    /// How many within the standard.
    pub in_standard: i64,
    /// Pence together.
    pub pence: i64,
}

/// A figure as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it counts.
    pub measure: Measure,
    /// How many; none where it is suppressed.
    pub count: Option<i64>,
    /// Average days in hundredths; none for what has no length, or none to average.
    pub average_hundredths: Option<i64>,
    /// How many within the standard; none for what has none.
    pub in_standard: Option<i64>,
    /// Pence; none for what is not money.
    pub pence: Option<i64>,
}

impl Measure {
    /// Every measure, in the order in which they are told.
    pub const ALL: [Self; 29] = [
        Self::Complaints,
        Self::Received,
        Self::Accepted,
        Self::Premature,
        Self::UnableToAccept,
        Self::SentBack,
        Self::Resolved,
        Self::Settled,
        Self::Withdrawn,
        Self::Investigated,
        Self::FullyUpheld,
        Self::PartiallyUpheld,
        Self::NotUpheld,
        Self::ContactTime,
        Self::ResolutionTime,
        Self::WaitTime,
        Self::SettlementTime,
        Self::ReportTime,
        Self::Live,
        Self::AwaitingInvestigator,
        Self::LettersAnswered,
        Self::ChargesRaised,
        Self::ChargesExcused,
        Self::ChargesReversed,
        Self::Payments,
        Self::RecommendationsCase,
        Self::RecommendationsSystemic,
        Self::RecommendationsDone,
        Self::EndToEndTime,
    ];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Complaints => "COMPLAINTS",
            Self::Received => "RECEIVED",
            Self::Accepted => "ACCEPTED",
            Self::Premature => "PREMATURE",
            Self::UnableToAccept => "UNABLE_TO_ACCEPT",
            Self::SentBack => "SENT_BACK",
            Self::Resolved => "RESOLVED",
            Self::Settled => "SETTLED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Investigated => "INVESTIGATED",
            Self::FullyUpheld => "FULLY_UPHELD",
            Self::PartiallyUpheld => "PARTIALLY_UPHELD",
            Self::NotUpheld => "NOT_UPHELD",
            Self::ContactTime => "CONTACT_TIME",
            Self::ResolutionTime => "RESOLUTION_TIME",
            Self::WaitTime => "WAIT_TIME",
            Self::SettlementTime => "SETTLEMENT_TIME",
            Self::ReportTime => "REPORT_TIME",
            Self::EndToEndTime => "END_TO_END_TIME",
            Self::Live => "LIVE",
            Self::AwaitingInvestigator => "AWAITING_INVESTIGATOR",
            Self::LettersAnswered => "LETTERS_ANSWERED",
            Self::ChargesRaised => "CHARGES_RAISED",
            Self::ChargesExcused => "CHARGES_EXCUSED",
            Self::ChargesReversed => "CHARGES_REVERSED",
            Self::Payments => "PAYMENTS",
            Self::RecommendationsCase => "RECOMMENDATIONS_CASE",
            Self::RecommendationsSystemic => "RECOMMENDATIONS_SYSTEMIC",
            Self::RecommendationsDone => "RECOMMENDATIONS_DONE",
        }
    }

    /// What kind of number it is.
    pub const fn form(self) -> Form {
        match self {
            Self::ContactTime
            | Self::ResolutionTime
            | Self::SettlementTime
            | Self::ReportTime
            | Self::LettersAnswered
            | Self::RecommendationsDone => Form::Time { standard: true },
            Self::WaitTime | Self::EndToEndTime => Form::Time { standard: false },
            Self::Live | Self::AwaitingInvestigator => Form::Stock,
            Self::ChargesRaised | Self::ChargesExcused | Self::ChargesReversed | Self::Payments => {
                Form::Money
            }
            Self::Complaints
            | Self::Received
            | Self::Accepted
            | Self::Premature
            | Self::UnableToAccept
            | Self::SentBack
            | Self::Resolved
            | Self::Settled
            | Self::Withdrawn
            | Self::Investigated
            | Self::FullyUpheld
            | Self::PartiallyUpheld
            | Self::NotUpheld
            | Self::RecommendationsCase
            | Self::RecommendationsSystemic => Form::Count,
        }
    }
}

impl Sum {
    /// Adds another sum.
    pub fn add(&mut self, other: Self) {
        self.count += other.count;
        self.days += other.days;
        self.in_standard += other.in_standard;
        self.pence += other.pence;
    }
}

impl Figure {
    /// The figure that `sum` makes of `measure`, ages told as of `as_of`.
    pub fn of(measure: Measure, sum: Sum, as_of: Date) -> Self {
        let bare = Self {
            measure,
            count: Some(sum.count),
            average_hundredths: None,
            in_standard: None,
            pence: None,
        };
        match measure.form() {
            Form::Count => bare,
            Form::Time { standard } => Self {
                average_hundredths: average(sum.days, sum.count),
                in_standard: standard.then_some(sum.in_standard),
                ..bare
            },
            Form::Stock => {
                let age = sum.count * epoch_day(as_of) - sum.days;
                Self { average_hundredths: average(age, sum.count), ..bare }
            }
            Form::Money => Self { pence: Some(sum.pence), ..bare },
        }
    }

    /// The same with nothing told.
    #[must_use]
    pub const fn hidden(self) -> Self {
        Self { count: None, average_hundredths: None, in_standard: None, pence: None, ..self }
    }
}

/// Days in hundredths, rounded half up; none where there is nothing to average.
fn average(days: i64, count: i64) -> Option<i64> {
    (count > 0).then(|| (days * 200 + count).div_euclid(2 * count))
}

/// Days since 1970-01-01.
pub fn epoch_day(day: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from(epoch.until(day).map(|span| span.get_days()).unwrap_or_default())
}
