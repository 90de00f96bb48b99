//! The stages of an examination, each with what exists in it alone, and the state as it is kept.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Ending, File};

/// The state of an examination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody opened it.
    Unopened,
    /// It was opened.
    Opened(Box<Case>),
}

/// An examination that was opened: its stage, and what every stage knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Version of this form; a form that is not known is not read.
    pub schema: Schema,
    /// The stage.
    #[serde(flatten)]
    pub stage: Stage,
    /// What every stage knows.
    pub file: File,
}

/// Version of the form in which a state is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// The first.
    #[serde(rename = "1")]
    V1,
}

/// The stage of an examination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Stage {
    /// ICE has it.
    Referred,
    /// ICE asks whether every internal step was done (ICE-03).
    GatewayCheck {
        /// Day on which it asked.
        asked_on: Date,
    },
    /// ICE has steps done again before it goes further (ICE-04).
    ProcessIncomplete {
        /// Day on which it asked for them.
        requested_on: Date,
    },
    /// ICE took it.
    Accepted,
    /// ICE brokers an agreement without evidence (ICE-06).
    Resolution {
        /// Since when.
        since: Date,
    },
    /// ICE calls for all papers (ICE-07).
    EvidenceRequested {
        /// Day on which it called.
        since: Date,
    },
    /// The papers are with ICE, and the case waits for an investigator (ICE-26).
    AwaitingInvestigator {
        /// Since when.
        since: Date,
    },
    /// ICE tries again to broker, with the evidence in hand (ICE-08).
    Settlement {
        /// Day on which an investigator got it.
        allocated_on: Date,
    },
    /// ICE investigates in full (ICE-09).
    Investigation {
        /// Day on which an investigator got it.
        allocated_on: Date,
        /// Day on which the investigation began.
        since: Date,
    },
    /// The report is out, without recommendations.
    ReportIssued,
    /// The report is out, and recommendations are to be carried out (ICE-14).
    RecommendationsOpen,
    /// It is over.
    Ended(Ending),
}

/// The name of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StageName {
    /// Nobody opened it.
    Unopened,
    /// See [`Stage::Referred`].
    Referred,
    /// See [`Stage::GatewayCheck`].
    GatewayCheck,
    /// See [`Stage::ProcessIncomplete`].
    ProcessIncomplete,
    /// See [`Stage::Accepted`].
    Accepted,
    /// See [`Stage::Resolution`].
    Resolution,
    /// See [`Stage::EvidenceRequested`].
    EvidenceRequested,
    /// See [`Stage::AwaitingInvestigator`].
    AwaitingInvestigator,
    /// See [`Stage::Settlement`].
    Settlement,
    /// See [`Stage::Investigation`].
    Investigation,
    /// See [`Stage::ReportIssued`].
    ReportIssued,
    /// See [`Stage::RecommendationsOpen`].
    RecommendationsOpen,
    /// Not taken: premature (ICE-24).
    Premature,
    /// Not taken for another reason (ICE-24).
    UnableToAccept,
    /// Agreed without evidence.
    Resolved,
    /// Agreed with the evidence in hand.
    Settled,
    /// The person withdrew it (ICE-25).
    Withdrawn,
    /// Investigated and closed.
    Closed,
}

impl StageName {
    /// Every stage, in the order of a case's life.
    pub const ALL: [Self; 18] = [
        Self::Unopened,
        Self::Referred,
        Self::GatewayCheck,
        Self::ProcessIncomplete,
        Self::Accepted,
        Self::Resolution,
        Self::EvidenceRequested,
        Self::AwaitingInvestigator,
        Self::Settlement,
        Self::Investigation,
        Self::ReportIssued,
        Self::RecommendationsOpen,
        Self::Premature,
        Self::UnableToAccept,
        Self::Resolved,
        Self::Settled,
        Self::Withdrawn,
        Self::Closed,
    ];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unopened => "UNOPENED",
            Self::Referred => "REFERRED",
            Self::GatewayCheck => "GATEWAY_CHECK",
            Self::ProcessIncomplete => "PROCESS_INCOMPLETE",
            Self::Accepted => "ACCEPTED",
            Self::Resolution => "RESOLUTION",
            Self::EvidenceRequested => "EVIDENCE_REQUESTED",
            Self::AwaitingInvestigator => "AWAITING_INVESTIGATOR",
            Self::Settlement => "SETTLEMENT",
            Self::Investigation => "INVESTIGATION",
            Self::ReportIssued => "REPORT_ISSUED",
            Self::RecommendationsOpen => "RECOMMENDATIONS_OPEN",
            Self::Premature => "PREMATURE",
            Self::UnableToAccept => "UNABLE_TO_ACCEPT",
            Self::Resolved => "RESOLVED",
            Self::Settled => "SETTLED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Closed => "CLOSED",
        }
    }

    /// Whether it is over.
    pub const fn is_terminal(self) -> bool {
        match self {
            Self::Premature
            | Self::UnableToAccept
            | Self::Resolved
            | Self::Settled
            | Self::Withdrawn
            | Self::Closed => true,
            Self::Unopened
            | Self::Referred
            | Self::GatewayCheck
            | Self::ProcessIncomplete
            | Self::Accepted
            | Self::Resolution
            | Self::EvidenceRequested
            | Self::AwaitingInvestigator
            | Self::Settlement
            | Self::Investigation
            | Self::ReportIssued
            | Self::RecommendationsOpen => false,
        }
    }
}

impl Stage {
    /// The name of the stage.
    pub const fn name(&self) -> StageName {
        match self {
            Self::Referred => StageName::Referred,
            Self::GatewayCheck { .. } => StageName::GatewayCheck,
            Self::ProcessIncomplete { .. } => StageName::ProcessIncomplete,
            Self::Accepted => StageName::Accepted,
            Self::Resolution { .. } => StageName::Resolution,
            Self::EvidenceRequested { .. } => StageName::EvidenceRequested,
            Self::AwaitingInvestigator { .. } => StageName::AwaitingInvestigator,
            Self::Settlement { .. } => StageName::Settlement,
            Self::Investigation { .. } => StageName::Investigation,
            Self::ReportIssued => StageName::ReportIssued,
            Self::RecommendationsOpen => StageName::RecommendationsOpen,
            Self::Ended(ending) => ending.outcome.stage(),
        }
    }
}

impl State {
    /// The examination, once it was opened.
    pub const fn case(&self) -> Option<&Case> {
        match self {
            Self::Unopened => None,
            Self::Opened(case) => Some(case),
        }
    }

    /// The name of the stage.
    pub fn stage_name(&self) -> StageName {
        self.case().map_or(StageName::Unopened, |case| case.stage.name())
    }
}

impl Case {
    /// How it ended; none while it is live.
    pub const fn ending(&self) -> Option<&Ending> {
        match &self.stage {
            Stage::Ended(ending) => Some(ending),
            Stage::Referred
            | Stage::GatewayCheck { .. }
            | Stage::ProcessIncomplete { .. }
            | Stage::Accepted
            | Stage::Resolution { .. }
            | Stage::EvidenceRequested { .. }
            | Stage::AwaitingInvestigator { .. }
            | Stage::Settlement { .. }
            | Stage::Investigation { .. }
            | Stage::ReportIssued
            | Stage::RecommendationsOpen => None,
        }
    }
}
