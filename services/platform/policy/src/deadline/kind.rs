//! The kinds of clock, each with the name it has on the wire and in the journal.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::Refusal;

/// What a clock limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClockKind {
    /// The provider's own limit for acknowledging a complaint.
    Acknowledgement,
    /// The provider's own limit for a step of its procedure.
    Step,
    /// The provider's own limit for the reply of a stage.
    StageResponse,
    /// How long the provider's own procedure leaves to ask for the next stage.
    Escalation,
    /// An answer before the complainant may go to ICE without one.
    EightWeekRight,
    /// The complainant's way to ICE after a final response.
    IceWindow,
    /// The same when the final response went by post: the day before which nothing may be closed.
    IceWindowByPost,
    /// An answer to any correspondence from ICE.
    IceCorrespondence,
    /// Steps that ICE asked to have done again.
    ReopenedSteps,
    /// Papers or a contribution for Jobcentre Plus.
    JcpContribution,
    /// A reply to an elected member.
    ElectedMemberReply,
    /// The latest a reply to an elected member is allowed by practice across government.
    ElectedMemberReplyCap,
    /// How long a member stays an elected representative after a dissolution, counted from the election.
    ElectedAfterDissolution,
    /// The department's own reply to a complaint, a joint reply included.
    DepartmentReply,
    /// The Access to Work team's reply to an official complaint.
    AccessToWorkOfficialReply,
    /// The Access to Work team's reply to any other complaint.
    AccessToWorkReply,
    /// Acknowledgement of a complaint about data protection.
    DataProtectionAcknowledgement,
    /// ICE's first contact.
    IceContact,
    /// ICE brokering a resolution, from acceptance.
    IceResolution,
    /// ICE brokering a settlement, from allocation.
    IceSettlement,
    /// ICE's report, from allocation.
    IceReport,
    /// ICE's reply to a complaint about itself.
    IceReplyAboutItself,
    /// How long ICE keeps an accepted case, from its closure.
    IceKeepsAccepted,
    /// How long ICE keeps a case it did not accept.
    IceKeepsOther,
    /// The record of a contract, from its end.
    ContractRecord,
    /// The complaint file, from the end of the contract.
    ComplaintFile,
    /// A completed specified report, from its payment.
    Report,
    /// An anonymised report, from its anonymisation.
    AnonymisedReport,
    /// A completed report that nobody paid for, from its completion.
    UnpaidReport,
    /// An answer to an erasure request.
    ErasureAnswer,
    /// A proposed disposal, or a proposed change of a schedule, for another person to approve.
    DisposalApproval,
    /// An approved disposal, for anyone with authority to stop.
    DisposalVeto,
    /// A record whose last hold was released, before it may be destroyed.
    HoldCooling,
    /// A look at a hold that a case placed.
    HoldReview,
    /// A look at whether a set of anonymised reports is still anonymous.
    AnonymityReview,
    /// An approved change that has records end sooner, before it applies.
    ScheduleCooling,
}

impl ClockKind {
    /// Every kind, in the order of a case's life.
    pub const ALL: [Self; 36] = [
        Self::Acknowledgement,
        Self::Step,
        Self::StageResponse,
        Self::Escalation,
        Self::EightWeekRight,
        Self::IceWindow,
        Self::IceWindowByPost,
        Self::IceCorrespondence,
        Self::ReopenedSteps,
        Self::JcpContribution,
        Self::ElectedMemberReply,
        Self::ElectedMemberReplyCap,
        Self::ElectedAfterDissolution,
        Self::DepartmentReply,
        Self::AccessToWorkOfficialReply,
        Self::AccessToWorkReply,
        Self::DataProtectionAcknowledgement,
        Self::IceContact,
        Self::IceResolution,
        Self::IceSettlement,
        Self::IceReport,
        Self::IceReplyAboutItself,
        Self::IceKeepsAccepted,
        Self::IceKeepsOther,
        Self::ContractRecord,
        Self::ComplaintFile,
        Self::Report,
        Self::AnonymisedReport,
        Self::UnpaidReport,
        Self::ErasureAnswer,
        Self::DisposalApproval,
        Self::DisposalVeto,
        Self::HoldCooling,
        Self::HoldReview,
        Self::AnonymityReview,
        Self::ScheduleCooling,
    ];

    /// The name on the wire, such as `EIGHT_WEEK_RIGHT`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acknowledgement => "ACKNOWLEDGEMENT",
            Self::Step => "STEP",
            Self::StageResponse => "STAGE_RESPONSE",
            Self::Escalation => "ESCALATION",
            Self::EightWeekRight => "EIGHT_WEEK_RIGHT",
            Self::IceWindow => "ICE_WINDOW",
            Self::IceWindowByPost => "ICE_WINDOW_BY_POST",
            Self::IceCorrespondence => "ICE_CORRESPONDENCE",
            Self::ReopenedSteps => "REOPENED_STEPS",
            Self::JcpContribution => "JCP_CONTRIBUTION",
            Self::ElectedMemberReply => "ELECTED_MEMBER_REPLY",
            Self::ElectedMemberReplyCap => "ELECTED_MEMBER_REPLY_CAP",
            Self::ElectedAfterDissolution => "ELECTED_AFTER_DISSOLUTION",
            Self::DepartmentReply => "DEPARTMENT_REPLY",
            Self::AccessToWorkOfficialReply => "ACCESS_TO_WORK_OFFICIAL_REPLY",
            Self::AccessToWorkReply => "ACCESS_TO_WORK_REPLY",
            Self::DataProtectionAcknowledgement => "DATA_PROTECTION_ACKNOWLEDGEMENT",
            Self::IceContact => "ICE_CONTACT",
            Self::IceResolution => "ICE_RESOLUTION",
            Self::IceSettlement => "ICE_SETTLEMENT",
            Self::IceReport => "ICE_REPORT",
            Self::IceReplyAboutItself => "ICE_REPLY_ABOUT_ITSELF",
            Self::IceKeepsAccepted => "ICE_KEEPS_ACCEPTED",
            Self::IceKeepsOther => "ICE_KEEPS_OTHER",
            Self::ContractRecord => "CONTRACT_RECORD",
            Self::ComplaintFile => "COMPLAINT_FILE",
            Self::Report => "REPORT",
            Self::AnonymisedReport => "ANONYMISED_REPORT",
            Self::UnpaidReport => "UNPAID_REPORT",
            Self::ErasureAnswer => "ERASURE_ANSWER",
            Self::DisposalApproval => "DISPOSAL_APPROVAL",
            Self::DisposalVeto => "DISPOSAL_VETO",
            Self::HoldCooling => "HOLD_COOLING",
            Self::HoldReview => "HOLD_REVIEW",
            Self::AnonymityReview => "ANONYMITY_REVIEW",
            Self::ScheduleCooling => "SCHEDULE_COOLING",
        }
    }
}

impl fmt::Display for ClockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ClockKind {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(Refusal::UnknownClock)
    }
}

impl Serialize for ClockKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for ClockKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
