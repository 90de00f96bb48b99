//! What ICE decides: the report, its elements, its recommendations, and how a case ends.

use jiff::civil::Date;
use redress_kernel::Digest;
use serde::{Deserialize, Serialize};

use super::super::StageName;
use crate::{PaperRef, ProcedureId, RecommendationId};

/// ICE's report on an investigation (ICE-09).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Day of the decision.
    pub decided_on: Date,
    /// The outcome as a whole.
    pub outcome: Outcome,
    /// Element by element.
    pub elements: Vec<Element>,
    /// Digest of the report as received.
    pub digest: Option<Digest>,
    /// Whether a charge is due.
    pub charge: ChargeStanding,
}

/// One element of a complaint as ICE decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// Its number in the report.
    pub number: u8,
    /// How it was decided.
    pub outcome: Outcome,
}

/// What ICE found (ICE-27).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// Upheld; of a complaint: fully upheld.
    Upheld,
    /// Partially upheld.
    PartiallyUpheld,
    /// Not upheld.
    NotUpheld,
}

/// Whether a charge is due (ICE-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChargeStanding {
    /// Not upheld: none.
    None,
    /// Fully upheld: due.
    Due,
    /// Partially upheld: somebody with authority decides (Q10).
    DecisionNeeded,
    /// The guidance has no charge.
    NotInPack,
    /// The guidance is not known at this point.
    NotKnown,
}

/// Something that ICE recommends (ICE-14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// Which one.
    pub id: RecommendationId,
    /// Its kind.
    pub kind: RecommendationKind,
    /// Opaque id of the person who sees to it.
    pub owner: Option<String>,
    /// Day by which it is to be done.
    pub due_on: Option<Date>,
    /// Day on which it was done.
    pub completed_on: Option<Date>,
    /// Papers that show it.
    pub evidence: Vec<PaperRef>,
    /// The version of the procedure that carries it out.
    pub procedure: Option<ProcedureId>,
}

/// Two kinds of recommendation (ICE-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RecommendationKind {
    /// For this case.
    Case,
    /// For how the service works.
    Systemic,
}

/// How an examination ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// How.
    pub outcome: EndingKind,
    /// On which day.
    pub on: Date,
    /// Why ICE did not take it.
    pub ground: Option<DeclineGround>,
}

/// How an examination ended (ICE-24, ICE-27).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EndingKind {
    /// Not taken: premature.
    Premature,
    /// Not taken for another reason.
    UnableToAccept,
    /// Resolved.
    Resolved,
    /// Settled.
    Settled,
    /// Withdrawn.
    Withdrawn,
    /// Investigated.
    Investigated,
}

/// Why ICE did not take a case (ICE-24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeclineGround {
    /// There was no final response, and no right to come without one.
    Premature,
    /// The time to come had passed.
    OutOfTime,
    /// Law, policy, or a decision with a right of appeal (ICE-21).
    OutOfRemit,
    /// Justified, but everything needed had been done before.
    AlreadyRemedied,
    /// Another reason that ICE gave.
    Other,
}

impl Outcome {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Upheld => "UPHELD",
            Self::PartiallyUpheld => "PARTIALLY_UPHELD",
            Self::NotUpheld => "NOT_UPHELD",
        }
    }
}

impl ChargeStanding {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Due => "DUE",
            Self::DecisionNeeded => "DECISION_NEEDED",
            Self::NotInPack => "NOT_IN_PACK",
            Self::NotKnown => "NOT_KNOWN",
        }
    }
}

impl RecommendationKind {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "CASE",
            Self::Systemic => "SYSTEMIC",
        }
    }
}

impl EndingKind {
    /// The stage it leads to.
    pub const fn stage(self) -> StageName {
        match self {
            Self::Premature => StageName::Premature,
            Self::UnableToAccept => StageName::UnableToAccept,
            Self::Resolved => StageName::Resolved,
            Self::Settled => StageName::Settled,
            Self::Withdrawn => StageName::Withdrawn,
            Self::Investigated => StageName::Closed,
        }
    }

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Premature => "PREMATURE",
            Self::UnableToAccept => "UNABLE_TO_ACCEPT",
            Self::Resolved => "RESOLVED",
            Self::Settled => "SETTLED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Investigated => "INVESTIGATED",
        }
    }
}

impl DeclineGround {
    /// How a case declined on this ground ends.
    pub const fn ending(self) -> EndingKind {
        match self {
            Self::Premature => EndingKind::Premature,
            Self::OutOfTime | Self::OutOfRemit | Self::AlreadyRemedied | Self::Other => {
                EndingKind::UnableToAccept
            }
        }
    }

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Premature => "PREMATURE",
            Self::OutOfTime => "OUT_OF_TIME",
            Self::OutOfRemit => "OUT_OF_REMIT",
            Self::AlreadyRemedied => "ALREADY_REMEDIED",
            Self::Other => "OTHER",
        }
    }
}

impl Recommendation {
    /// Whether it is late on `today`.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.completed_on.is_none() && self.due_on.is_some_and(|due_on| today > due_on)
    }
}
