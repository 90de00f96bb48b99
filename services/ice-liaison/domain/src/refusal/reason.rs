//! The reasons, as on the wire.

use redress_kernel::Kind;

use super::{Refusal, field};

/// Every reason, in the order of `redress.ice_liaison.v1.ErrorReason`. The last ones are given by policy and passed on.
pub const REASONS: &[&str] = &[
    "INVALID_REQUEST",
    "REQUIRED",
    "DATE_IN_FUTURE",
    "BEFORE_RECEIPT",
    "TOO_EARLY",
    "DUPLICATE",
    "UNKNOWN_STEP",
    "NOT_ON_FILE",
    "NOT_ALLOWED",
    "LATER_THAN_GUIDANCE",
    "DIGEST_MISMATCH",
    "OUTCOME_MISMATCH",
    "MUST_EQUAL_CHARGE",
    "NOT_FOUND",
    "ALREADY_THERE",
    "VERSION_MISMATCH",
    "STAGE_REFUSES",
    "STAGE_OUT_OF_ORDER",
    "CASE_CLOSED",
    "STEPS_NOT_EXHAUSTED",
    "BYPASS_NOT_OPEN",
    "ICE_WINDOW_CLOSED",
    "BOTH_PARTIES_REQUIRED",
    "BUNDLE_INCOMPLETE",
    "ITEM_QUARANTINED",
    "ITEM_DESTROYED",
    "CHARGE_NOT_DUE",
    "CHARGE_DECISION_NEEDED",
    "EXCUSE_NOT_IN_GUIDANCE",
    "EXCEEDS_ORIGINAL",
    "ALREADY_REVERSED",
    "EXCEEDS_BALANCE",
    "PERIOD_CLOSED",
    "YEAR_NOT_OVER",
    "NOT_DUE",
    "VALUE_NOT_KNOWN",
    "OUTSIDE_CALENDAR",
    "DATE_OUT_OF_RANGE",
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
            Self::StageOutOfOrder { .. } => "STAGE_OUT_OF_ORDER",
            Self::CaseClosed(_) => "CASE_CLOSED",
            Self::StepsNotExhausted { .. } => "STEPS_NOT_EXHAUSTED",
            Self::BypassNotOpen { .. } => "BYPASS_NOT_OPEN",
            Self::IceWindowClosed { .. } => "ICE_WINDOW_CLOSED",
            Self::BothPartiesRequired { .. } => "BOTH_PARTIES_REQUIRED",
            Self::BundleIncomplete { .. } => "BUNDLE_INCOMPLETE",
            Self::ItemQuarantined { .. } => "ITEM_QUARANTINED",
            Self::ItemDestroyed { .. } => "ITEM_DESTROYED",
            Self::ChargeNotDue { .. } => "CHARGE_NOT_DUE",
            Self::ChargeDecisionNeeded { .. } => "CHARGE_DECISION_NEEDED",
            Self::ExcuseNotInGuidance { .. } => "EXCUSE_NOT_IN_GUIDANCE",
            Self::ExceedsOriginal { .. } => "EXCEEDS_ORIGINAL",
            Self::AlreadyReversed { .. } => "ALREADY_REVERSED",
            Self::ExceedsBalance { .. } => "EXCEEDS_BALANCE",
            Self::PeriodClosed { .. } => "PERIOD_CLOSED",
            Self::YearNotOver { .. } => "YEAR_NOT_OVER",
            Self::NotDue { .. } => "NOT_DUE",
            Self::Policy(refusal) => refusal.reason(),
        }
    }

    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Invalid(_) | Self::Policy(_) => Kind::Invalid,
            Self::NotFound { .. } => Kind::NotFound,
            Self::AlreadyThere { .. } => Kind::AlreadyExists,
            Self::VersionMismatch { .. } => Kind::LostRace,
            Self::StageRefuses(_)
            | Self::StageOutOfOrder { .. }
            | Self::CaseClosed(_)
            | Self::StepsNotExhausted { .. }
            | Self::BypassNotOpen { .. }
            | Self::IceWindowClosed { .. }
            | Self::BothPartiesRequired { .. }
            | Self::BundleIncomplete { .. }
            | Self::ItemQuarantined { .. }
            | Self::ItemDestroyed { .. }
            | Self::ChargeNotDue { .. }
            | Self::ChargeDecisionNeeded { .. }
            | Self::ExcuseNotInGuidance { .. }
            | Self::ExceedsOriginal { .. }
            | Self::AlreadyReversed { .. }
            | Self::ExceedsBalance { .. }
            | Self::PeriodClosed { .. }
            | Self::YearNotOver { .. }
            | Self::NotDue { .. } => Kind::Precondition,
        }
    }
}
