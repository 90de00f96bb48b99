//! Double entry in pence: a posting has one account debited and one credited by the same amount, so that every sum over
//! the ledger is zero. Nothing is changed or removed; what was wrong is taken back by its contra entry.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ChargeId, IceYear, OrganisationId, PostingId, Refusal};

/// An account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// What a provider owes.
    Receivable(OrganisationId),
    /// What is earmarked for ICE's service in a year (ICE-10, Q24).
    Funding(IceYear),
    /// What came in.
    Cash,
}

/// What a posting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PostingKind {
    /// A charge.
    Charge,
    /// A payment of the provider.
    Payment,
    /// The contra entry of a charge.
    Reversal,
}

/// A posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Which one.
    pub id: PostingId,
    /// The charge it belongs to.
    pub charge: ChargeId,
    /// What it is.
    pub kind: PostingKind,
    /// The account debited.
    pub debit: Account,
    /// The account credited.
    pub credit: Account,
    /// The amount; never nothing.
    pub pence: u64,
    /// Day in whose period it stands.
    pub posted_on: Date,
}

/// One line: what a posting does to one account, debits above zero and credits below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The account.
    pub account: Account,
    /// Pence, with its sign.
    pub pence: i64,
}

impl PostingKind {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Charge => "CHARGE",
            Self::Payment => "PAYMENT",
            Self::Reversal => "REVERSAL",
        }
    }
}

impl Posting {
    /// Its two lines, which cancel out.
    pub fn lines(&self) -> [Line; 2] {
        let pence = i64::try_from(self.pence).unwrap_or(i64::MAX);
        [Line { account: self.debit, pence }, Line { account: self.credit, pence: -pence }]
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Receivable(organisation) => write!(f, "receivable/{}", organisation.name()),
            Self::Funding(year) => write!(f, "funding/{year}"),
            Self::Cash => f.write_str("cash"),
        }
    }
}

/// Refuses to post into a year that was closed: closed periods stay closed.
pub fn open(posted_on: Date, first_month: i8, closed: &[IceYear]) -> Result<(), Refusal> {
    let year = IceYear::containing(posted_on, first_month);
    if closed.contains(&year) { Err(Refusal::PeriodClosed { year }) } else { Ok(()) }
}

/// Decides to close a year. It must be over; one that is closed stays as it is.
pub fn close(year: IceYear, closed: &[IceYear], today: Date) -> Result<(), Refusal> {
    let last_day = year.last_day().ok_or(redress_policy::Refusal::DateOutOfRange)?;
    if closed.contains(&year) {
        return Err(Refusal::PeriodClosed { year });
    }
    if today <= last_day { Err(Refusal::YearNotOver { year, last_day }) } else { Ok(()) }
}
