//! The reasons, as on the wire.

use redress_kernel::Kind;

use super::{Refusal, field};

/// Every reason of this service, in the order of `redress.records_retention.v1.ErrorReason`.
/// Two of them are given by policy and passed on.
pub const REASONS: &[&str] = &[
    "INVALID_REQUEST",
    "REQUIRED",
    "DATE_IN_FUTURE",
    "TOO_EARLY",
    "DUPLICATE",
    "NOT_ALLOWED",
    "TOO_MANY",
    "NOT_FOUND",
    "ALREADY_THERE",
    "VERSION_MISMATCH",
    "STAGE_REFUSES",
    "NO_SCHEDULE",
    "TRIGGER_NOT_MET",
    "NOT_DUE",
    "ON_HOLD",
    "HOLD_RECENTLY_RELEASED",
    "HOLD_ENDED",
    "HELD_BY_CASE",
    "NOT_YOUR_HOLD",
    "NEWS_CONTRADICTS",
    "RECORD_FULL",
    "ITEM_DESTROYED",
    "PREVIOUSLY_DESTROYED",
    "RECORD_RESTRICTED",
    "SEVERAL_CONTRACTS",
    "SAME_PERSON",
    "NOT_INDEPENDENT",
    "ENDING_NOT_PROPOSED",
    "BEYOND_RECALL",
    "APPROVAL_EXPIRED",
    "APPROVAL_DIGEST_MISMATCH",
    "APPROVAL_REQUIRED",
    "NOT_CONTROLLER_CONTRACT",
    "SCHEDULE_CHANGED",
    "VETO_OPEN",
    "TRIGGER_CHANGED",
    "DISPOSALS_STOPPED",
    "STOPPED_BY_YOU",
    "ENOUGH_FOR_TODAY",
    "DATE_IN_DOUBT",
    "METHOD_NOT_ALLOWED",
    "ANONYMISATION_FAILED",
    "OUTSIDE_CALENDAR",
    "DATE_OUT_OF_RANGE",
    "KEPT_FOR_AUDIT",
];

impl Refusal {
    /// The stable reason, as documented in `error_reason.proto`.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Invalid(violations) => match violations.as_slice() {
                [first, rest @ ..] if rest.iter().all(|other| other.reason == first.reason) => first.reason,
                _ => field::INVALID_REQUEST,
            },
            Self::NotFound { .. } => "NOT_FOUND",
            Self::AlreadyThere { .. } => "ALREADY_THERE",
            Self::VersionMismatch { .. } => "VERSION_MISMATCH",
            Self::StageRefuses(_) => "STAGE_REFUSES",
            Self::NoSchedule { .. } => "NO_SCHEDULE",
            Self::TriggerNotMet { .. } => "TRIGGER_NOT_MET",
            Self::NotDue { .. } => "NOT_DUE",
            Self::OnHold { .. } => "ON_HOLD",
            Self::HoldRecentlyReleased { .. } => "HOLD_RECENTLY_RELEASED",
            Self::HoldEnded { .. } => "HOLD_ENDED",
            Self::HeldByCase { .. } => "HELD_BY_CASE",
            Self::NotYourHold { .. } => "NOT_YOUR_HOLD",
            Self::NewsContradicts { .. } => "NEWS_CONTRADICTS",
            Self::TooMany { .. } => "RECORD_FULL",
            Self::Destroyed { .. } => "ITEM_DESTROYED",
            Self::PreviouslyDestroyed { .. } => "PREVIOUSLY_DESTROYED",
            Self::Restricted { .. } => "RECORD_RESTRICTED",
            Self::SeveralContracts => "SEVERAL_CONTRACTS",
            Self::SamePerson { .. } => "SAME_PERSON",
            Self::NotIndependent { .. } => "NOT_INDEPENDENT",
            Self::EndingNotProposed { .. } => "ENDING_NOT_PROPOSED",
            Self::BeyondRecall { .. } => "BEYOND_RECALL",
            Self::ApprovalExpired { .. } => "APPROVAL_EXPIRED",
            Self::ApprovalDigestMismatch { .. } => "APPROVAL_DIGEST_MISMATCH",
            Self::ApprovalRequired { .. } => "APPROVAL_REQUIRED",
            Self::NotController { .. } => "NOT_CONTROLLER_CONTRACT",
            Self::ScheduleMoved { .. } => "SCHEDULE_CHANGED",
            Self::VetoOpen { .. } => "VETO_OPEN",
            Self::RecordChanged { .. } => "TRIGGER_CHANGED",
            Self::DisposalsStopped { .. } => "DISPOSALS_STOPPED",
            Self::StoppedByYou { .. } => "STOPPED_BY_YOU",
            Self::EnoughForToday { .. } => "ENOUGH_FOR_TODAY",
            Self::DateInDoubt => "DATE_IN_DOUBT",
            Self::KeptForAudit { .. } => "KEPT_FOR_AUDIT",
            Self::MethodNotAllowed { .. } => "METHOD_NOT_ALLOWED",
            Self::NotAnonymous { .. } => "ANONYMISATION_FAILED",
            Self::Policy(refusal) => refusal.reason(),
        }
    }

    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Invalid(_) | Self::SeveralContracts | Self::Policy(_) => Kind::Invalid,
            Self::NotFound { .. } => Kind::NotFound,
            Self::AlreadyThere { .. } => Kind::AlreadyExists,
            Self::VersionMismatch { .. } => Kind::LostRace,
            Self::NotYourHold { .. }
            | Self::SamePerson { .. }
            | Self::NotIndependent { .. }
            | Self::Restricted { .. }
            | Self::StoppedByYou { .. } => Kind::Forbidden,
            Self::EnoughForToday { .. } | Self::TooMany { .. } => Kind::Exhausted,
            Self::StageRefuses(_)
            | Self::NoSchedule { .. }
            | Self::TriggerNotMet { .. }
            | Self::NotDue { .. }
            | Self::OnHold { .. }
            | Self::HoldRecentlyReleased { .. }
            | Self::HoldEnded { .. }
            | Self::HeldByCase { .. }
            | Self::NewsContradicts { .. }
            | Self::Destroyed { .. }
            | Self::EndingNotProposed { .. }
            | Self::PreviouslyDestroyed { .. }
            | Self::BeyondRecall { .. }
            | Self::ApprovalExpired { .. }
            | Self::ApprovalDigestMismatch { .. }
            | Self::ApprovalRequired { .. }
            | Self::NotController { .. }
            | Self::ScheduleMoved { .. }
            | Self::VetoOpen { .. }
            | Self::RecordChanged { .. }
            | Self::DisposalsStopped { .. }
            | Self::MethodNotAllowed { .. }
            | Self::NotAnonymous { .. }
            | Self::DateInDoubt
            | Self::KeptForAudit { .. } => Kind::Precondition,
        }
    }
}
