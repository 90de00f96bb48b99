//! What is known of a contract, told late, twice or in any order: the same news comes to the same contract (L38). From which last day its
//! records are counted is what [`crate::promise`] makes of that.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A retention period agreed with the department in place of the guidance's (Q13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Months after the end of the contract.
    pub months: u16,
    /// Reference of the written agreement.
    pub reference: String,
    /// Date of the agreement.
    pub agreed_on: Date,
}

/// What is known of a contract, as far as the dates of its records go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractFacts {
    /// Its last day, from which its records are counted, where it has one.
    pub end_on: Option<Date>,
    /// An earlier last day that was told since, and counts once two people have agreed (reliability D4).
    pub told_end_on: Option<Date>,
    /// The period agreed in place of the guidance's.
    pub agreed: Option<Agreed>,
    /// Version of the contract at which this was so; the highest counts.
    pub version: i64,
}

impl ContractFacts {
    /// Takes in what the contract was at a version. What is older than what is known changes nothing.
    #[must_use]
    pub fn learn(self, news: Self) -> Self {
        if news.version > self.version { news } else { self }
    }
}
