//! What may be asked of a mixed complaint, and what happened to it.

use jiff::civil::Date;
use redress_kernel::{Channel, Digest};
use redress_policy::{ClockKind, Division, PackRef};

use super::{RaisedAt, Sent};
use crate::{
    ComplaintId, ContactId, ContractId, Fate, MixedComplaintId, OrganisationId, PaperId, Told, breach::Breach,
};

/// What may be asked of a mixed complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Raises it; fired when a contact is routed.
    Raise(Box<Raise>),
    /// Records that the provider sent the person to Jobcentre Plus.
    Direct {
        /// Proof.
        told: Told,
    },
    /// Asks the provider for its contribution.
    RequestContribution {
        /// Day of the request.
        requested_on: Date,
        /// Day by which it is wanted.
        stated_due_on: Option<Date>,
    },
    /// Returns the provider's contribution.
    SendContribution {
        /// Day on which it went.
        sent_on: Date,
        /// Digest of its text.
        digest: Digest,
        /// Papers that go with it.
        papers: Vec<PaperId>,
    },
    /// Puts a wording before the provider.
    ProposeJointReply {
        /// Digest of its text.
        digest: Digest,
    },
    /// Agrees to a wording.
    AgreeWording {
        /// The digest agreed to.
        digest: Digest,
    },
    /// Records that the joint reply went out.
    IssueJointReply {
        /// Digest of the text that went out.
        digest: Digest,
        /// Day.
        issued_on: Date,
        /// How.
        channel: Channel,
    },
    /// Records that it satisfied.
    RecordSatisfaction {
        /// Day on which that was said.
        on: Date,
    },
    /// Records what is left over.
    RecordResidual {
        /// Whether something is left at the provider.
        provider: bool,
        /// Whether something is left at Jobcentre Plus.
        jobcentre_plus: bool,
        /// Day on which that was said.
        on: Date,
        /// Id for the complaint it opens.
        complaint: ComplaintId,
    },
    /// Gives it up because the contact goes through another door.
    Abandon,
    /// Records that a limit passed.
    RecordBreach {
        /// Which clock.
        kind: ClockKind,
        /// Which of several of its kind.
        number: u8,
    },
    /// Records what the complaints service made of what is left over.
    RecordFate {
        /// The complaint.
        complaint: ComplaintId,
        /// What became of it.
        fate: Fate,
        /// Why it could not be opened.
        reason: String,
        /// The complaint that was there already.
        existing: Option<ComplaintId>,
    },
}

/// A mixed complaint to be raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raise {
    /// Id for it.
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
    /// Whose bank holidays count.
    pub division: Division,
}

/// What happened to a mixed complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was raised.
    MixedComplaintRaised {
        /// As it was raised.
        raise: Box<Raise>,
        /// Day on which it was recorded.
        recorded_on: Date,
        /// The pack pinned.
        pack: PackRef,
    },
    /// The provider sent the person to Jobcentre Plus.
    MixedComplaintDirected {
        /// Proof.
        told: Told,
    },
    /// Jobcentre Plus asked for a contribution.
    ContributionRequested {
        /// Day of the request.
        requested_on: Date,
        /// Day on which that was recorded.
        recorded_on: Date,
        /// Day that Jobcentre Plus stated.
        stated_due_on: Option<Date>,
        /// The last day that is in time.
        due_on: Date,
    },
    /// The provider contributed.
    ContributionSent {
        /// What was sent.
        sent: Sent,
        /// Whether it came after its day.
        late: bool,
    },
    /// A limit passed.
    MixedClockBreached {
        /// Which.
        breach: Breach,
    },
    /// A wording was put before the provider.
    JointReplyProposed {
        /// Digest of its text.
        digest: Digest,
    },
    /// The provider agreed to it.
    WordingAgreed {
        /// The digest.
        digest: Digest,
    },
    /// The joint reply went out.
    JointReplyIssued {
        /// Digest of its text.
        digest: Digest,
        /// Day.
        on: Date,
        /// How.
        channel: Channel,
    },
    /// It satisfied.
    SatisfactionRecorded {
        /// Day on which that was said.
        on: Date,
    },
    /// Something is left over.
    ResidualRecorded {
        /// Whether at the provider.
        provider: bool,
        /// Whether at Jobcentre Plus.
        jobcentre_plus: bool,
        /// Day on which that was said.
        on: Date,
        /// The complaint it opens at the provider.
        complaint: Option<ComplaintId>,
    },
    /// What is left over goes to the provider as a complaint at the next stage (CMP-13).
    ComplaintHandedOver {
        /// Id of the complaint.
        complaint: ComplaintId,
        /// Day on which the provider received it.
        received_on: Date,
        /// Stage at which it starts.
        starts_at_stage: u8,
        /// Day of the joint reply.
        joint_reply_on: Date,
    },
    /// The contact goes through another door.
    MixedComplaintAbandoned {
        /// Day.
        on: Date,
    },
    /// The complaints service told what became of what is left over.
    HandoverAnswered {
        /// The complaint.
        complaint: ComplaintId,
        /// What became of it.
        fate: Fate,
        /// Why it could not be opened.
        reason: String,
        /// The complaint that was there already.
        existing: Option<ComplaintId>,
    },
}

/// The kind of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommandKind {
    /// `Raise`.
    Raise,
    /// `Direct`.
    Direct,
    /// `RequestContribution`.
    RequestContribution,
    /// `SendContribution`.
    SendContribution,
    /// `ProposeJointReply`.
    ProposeJointReply,
    /// `AgreeWording`.
    AgreeWording,
    /// `IssueJointReply`.
    IssueJointReply,
    /// `RecordSatisfaction`.
    RecordSatisfaction,
    /// `RecordResidual`.
    RecordResidual,
    /// `Abandon`.
    Abandon,
    /// `RecordBreach`.
    RecordBreach,
    /// `RecordFate`.
    RecordFate,
}

impl Command {
    /// Its kind.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Raise(_) => CommandKind::Raise,
            Self::Direct { .. } => CommandKind::Direct,
            Self::RequestContribution { .. } => CommandKind::RequestContribution,
            Self::SendContribution { .. } => CommandKind::SendContribution,
            Self::ProposeJointReply { .. } => CommandKind::ProposeJointReply,
            Self::AgreeWording { .. } => CommandKind::AgreeWording,
            Self::IssueJointReply { .. } => CommandKind::IssueJointReply,
            Self::RecordSatisfaction { .. } => CommandKind::RecordSatisfaction,
            Self::RecordResidual { .. } => CommandKind::RecordResidual,
            Self::Abandon => CommandKind::Abandon,
            Self::RecordBreach { .. } => CommandKind::RecordBreach,
            Self::RecordFate { .. } => CommandKind::RecordFate,
        }
    }
}

impl CommandKind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Raise,
        Self::Direct,
        Self::RequestContribution,
        Self::SendContribution,
        Self::ProposeJointReply,
        Self::AgreeWording,
        Self::IssueJointReply,
        Self::RecordSatisfaction,
        Self::RecordResidual,
        Self::Abandon,
        Self::RecordBreach,
        Self::RecordFate,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Raise => "Raise",
            Self::Direct => "Direct",
            Self::RequestContribution => "RequestContribution",
            Self::SendContribution => "SendContribution",
            Self::ProposeJointReply => "ProposeJointReply",
            Self::AgreeWording => "AgreeWording",
            Self::IssueJointReply => "IssueJointReply",
            Self::RecordSatisfaction => "RecordSatisfaction",
            Self::RecordResidual => "RecordResidual",
            Self::Abandon => "Abandon",
            Self::RecordBreach => "RecordBreach",
            Self::RecordFate => "RecordFate",
        }
    }
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MixedComplaintRaised { .. } => "MixedComplaintRaised",
            Self::MixedComplaintDirected { .. } => "MixedComplaintDirected",
            Self::ContributionRequested { .. } => "ContributionRequested",
            Self::ContributionSent { .. } => "ContributionSent",
            Self::MixedClockBreached { .. } => "MixedClockBreached",
            Self::JointReplyProposed { .. } => "JointReplyProposed",
            Self::WordingAgreed { .. } => "WordingAgreed",
            Self::JointReplyIssued { .. } => "JointReplyIssued",
            Self::SatisfactionRecorded { .. } => "SatisfactionRecorded",
            Self::ResidualRecorded { .. } => "ResidualRecorded",
            Self::ComplaintHandedOver { .. } => "ComplaintHandedOver",
            Self::MixedComplaintAbandoned { .. } => "MixedComplaintAbandoned",
            Self::HandoverAnswered { .. } => "HandoverAnswered",
        }
    }
}
