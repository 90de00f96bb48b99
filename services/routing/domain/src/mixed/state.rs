//! The state of a mixed complaint as it is kept.

use jiff::civil::Date;
use redress_kernel::{Channel, Digest};
use redress_policy::{Division, PackRef};
use serde::{Deserialize, Serialize};

use crate::{
    ComplaintId, ContactId, ContractId, Fate, MixedComplaintId, OrganisationId, PaperId, Told, breach::Breach,
};

/// The state of a mixed complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody raised it.
    Unraised,
    /// It was raised.
    Raised(Box<Mixed>),
}

/// A mixed complaint: its stage, and what every stage knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mixed {
    /// Version of this form; a form that is not known is not read.
    pub schema: Schema,
    /// The stage.
    pub stage: Stage,
    /// The mixed complaint.
    pub id: MixedComplaintId,
    /// The contact it came with.
    pub contact: ContactId,
    /// Contract under which the service was given.
    pub contract: ContractId,
    /// The provider that contributes.
    pub organisation: OrganisationId,
    /// Jobcentre Plus, which leads.
    pub jobcentre_plus: OrganisationId,
    /// Where it was raised.
    pub raised_at: RaisedAt,
    /// Day of receipt there.
    pub received_on: Date,
    /// Day on which it was recorded: its first clocks are counted by the calendar as known then.
    pub recorded_on: Date,
    /// The pack pinned.
    pub pack: PackRef,
    /// Whose bank holidays count.
    #[serde(with = "crate::division")]
    pub division: Division,
    /// Proof that the person was told to go to Jobcentre Plus.
    pub told: Option<Told>,
    /// Requests for a contribution and what came of each.
    pub contributions: Vec<Contribution>,
    /// The joint reply, once it is out.
    pub issued: Option<Issued>,
    /// What became of the complaint about what is left over.
    pub fate: Option<Fate>,
    /// Limits that passed.
    pub breaches: Vec<Breach>,
}

/// Version of the form in which a state is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// The first.
    #[serde(rename = "1")]
    V1,
}

/// Where a mixed complaint was raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RaisedAt {
    /// At the provider (RTE-03).
    Provider,
    /// At Jobcentre Plus (RTE-01).
    JobcentrePlus,
}

/// One request of Jobcentre Plus and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Day of the request.
    pub requested_on: Date,
    /// Day on which the request was recorded: its calendar counts.
    pub recorded_on: Date,
    /// Day that Jobcentre Plus stated.
    pub stated_due_on: Option<Date>,
    /// The last day that is in time.
    pub due_on: Date,
    /// What was sent, the first first.
    pub sent: Vec<Sent>,
}

/// A contribution that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Day.
    pub on: Date,
    /// Digest of its text.
    pub digest: Digest,
    /// Papers that go with it.
    pub papers: Vec<PaperId>,
}

/// The joint reply that is out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Day.
    pub on: Date,
    /// How.
    pub channel: Channel,
    /// Digest of its text, which is the one agreed to.
    pub digest: Digest,
}

/// The stage of a mixed complaint (domain 3.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Stage {
    /// Raised at the provider; the person must be sent to Jobcentre Plus.
    RaisedAtProvider,
    /// With Jobcentre Plus.
    JcpLeading,
    /// The provider was asked about its part.
    ContributionRequested,
    /// The provider answered.
    ContributionSent {
        /// The wording put before it.
        proposed: Option<Digest>,
    },
    /// Both agree on one wording.
    WordingAgreed {
        /// Which.
        digest: Digest,
    },
    /// The joint reply is out.
    JointReplyIssued,
    /// It satisfied.
    Satisfied {
        /// Day on which that was said.
        on: Date,
    },
    /// Something is left over.
    Residual {
        /// The complaint about what is left at the provider.
        provider: Option<ComplaintId>,
        /// Whether something is left at Jobcentre Plus.
        jobcentre_plus: bool,
    },
    /// The contact went through another door.
    Abandoned,
}

/// The name of a stage, as on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StageName {
    /// Not raised.
    Unraised,
    /// Raised at the provider.
    RaisedAtProvider,
    /// With Jobcentre Plus.
    JcpLeading,
    /// The provider was asked.
    ContributionRequested,
    /// The provider answered.
    ContributionSent,
    /// Both agree on one wording.
    WordingAgreed,
    /// The joint reply is out.
    JointReplyIssued,
    /// It satisfied.
    Satisfied,
    /// Something is left over.
    Residual,
    /// Given up.
    Abandoned,
}

impl StageName {
    /// Every stage, in the order of a case's life.
    pub const ALL: [Self; 10] = [
        Self::Unraised,
        Self::RaisedAtProvider,
        Self::JcpLeading,
        Self::ContributionRequested,
        Self::ContributionSent,
        Self::WordingAgreed,
        Self::JointReplyIssued,
        Self::Satisfied,
        Self::Residual,
        Self::Abandoned,
    ];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unraised => "UNRAISED",
            Self::RaisedAtProvider => "RAISED_AT_PROVIDER",
            Self::JcpLeading => "JCP_LEADING",
            Self::ContributionRequested => "CONTRIBUTION_REQUESTED",
            Self::ContributionSent => "CONTRIBUTION_SENT",
            Self::WordingAgreed => "WORDING_AGREED",
            Self::JointReplyIssued => "JOINT_REPLY_ISSUED",
            Self::Satisfied => "SATISFIED",
            Self::Residual => "RESIDUAL",
            Self::Abandoned => "ABANDONED",
        }
    }
}

impl Stage {
    /// The name of the stage.
    pub const fn name(&self) -> StageName {
        match self {
            Self::RaisedAtProvider => StageName::RaisedAtProvider,
            Self::JcpLeading => StageName::JcpLeading,
            Self::ContributionRequested => StageName::ContributionRequested,
            Self::ContributionSent { .. } => StageName::ContributionSent,
            Self::WordingAgreed { .. } => StageName::WordingAgreed,
            Self::JointReplyIssued => StageName::JointReplyIssued,
            Self::Satisfied { .. } => StageName::Satisfied,
            Self::Residual { .. } => StageName::Residual,
            Self::Abandoned => StageName::Abandoned,
        }
    }
}

impl State {
    /// The mixed complaint, once there is one.
    pub const fn mixed(&self) -> Option<&Mixed> {
        match self {
            Self::Unraised => None,
            Self::Raised(mixed) => Some(mixed),
        }
    }

    /// The name of the stage.
    pub fn stage_name(&self) -> StageName {
        self.mixed().map_or(StageName::Unraised, |mixed| mixed.stage.name())
    }

    /// Whether the joint reply is out.
    pub fn joint_reply_is_out(&self) -> bool {
        self.mixed().is_some_and(|mixed| mixed.issued.is_some())
    }
}

impl Mixed {
    /// Whether the contact may still go through another door: nothing was asked of the provider yet.
    pub fn can_be_given_up(&self) -> bool {
        matches!(self.stage, Stage::RaisedAtProvider | Stage::JcpLeading)
    }

    /// The digest of the wording that stands.
    pub fn wording(&self) -> Option<&Digest> {
        match (&self.stage, &self.issued) {
            (_, Some(issued)) => Some(&issued.digest),
            (Stage::ContributionSent { proposed }, None) => proposed.as_ref(),
            (Stage::WordingAgreed { digest }, None) => Some(digest),
            (
                Stage::RaisedAtProvider
                | Stage::JcpLeading
                | Stage::ContributionRequested
                | Stage::JointReplyIssued
                | Stage::Satisfied { .. }
                | Stage::Residual { .. }
                | Stage::Abandoned,
                None,
            ) => None,
        }
    }

    /// The complaint about what is left over at the provider.
    pub const fn residual(&self) -> Option<ComplaintId> {
        match self.stage {
            Stage::Residual { provider, .. } => provider,
            Stage::RaisedAtProvider
            | Stage::JcpLeading
            | Stage::ContributionRequested
            | Stage::ContributionSent { .. }
            | Stage::WordingAgreed { .. }
            | Stage::JointReplyIssued
            | Stage::Satisfied { .. }
            | Stage::Abandoned => None,
        }
    }
}

impl Contribution {
    /// Day on which the first contribution came.
    pub fn met_on(&self) -> Option<Date> {
        self.sent.first().map(|sent| sent.on)
    }

    /// Whether it came after its day.
    pub fn is_late(&self) -> bool {
        self.met_on().is_some_and(|on| on > self.due_on)
    }
}
