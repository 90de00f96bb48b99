//! The reasons, as on the wire.

use redress_kernel::Kind;

use super::{Refusal, field};

/// Every reason, in the order of `redress.routing.v1.ErrorReason`. The last ones are given by policy and passed on.
pub const REASONS: &[&str] = &[
    "INVALID_REQUEST",
    "REQUIRED",
    "DATE_IN_FUTURE",
    "TOO_EARLY",
    "NOT_ALLOWED",
    "NOT_IN_CHAIN",
    "MAX_FIVE_WORKING_DAYS",
    "NON_WORKING_DAY",
    "NOT_ON_FILE",
    "NOT_FOUND",
    "ALREADY_THERE",
    "VERSION_MISMATCH",
    "STAGE_REFUSES",
    "CONTRACT_NOT_IN_FORCE",
    "PRIME_MUST_ACCEPT",
    "ALREADY_ACCEPTED",
    "SAME_ROUTE",
    "JCP_ISSUES_FINAL",
    "COMBINED_RESPONSE_IS_STAGE_ONE",
    "ALREADY_FINAL",
    "CONTRIBUTION_MISSING",
    "WORDING_NOT_PROPOSED",
    "WORDING_NOT_AGREED",
    "AGREEMENT_DIGEST_MISMATCH",
    "REFERENCE_NOT_QUOTED",
    "AUTHORITY_MISSING",
    "HANDLER_CONFLICT",
    "NOT_DUE",
    "GUIDANCE_NOT_KNOWN",
    "VALUE_NOT_KNOWN",
    "OUTSIDE_CALENDAR",
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
            Self::ContractNotInForce { .. } => "CONTRACT_NOT_IN_FORCE",
            Self::PrimeMustAccept { .. } => "PRIME_MUST_ACCEPT",
            Self::AlreadyAccepted { .. } => "ALREADY_ACCEPTED",
            Self::SameRoute { .. } => "SAME_ROUTE",
            Self::JcpIssuesFinal { .. } => "JCP_ISSUES_FINAL",
            Self::CombinedResponseIsStageOne { .. } => "COMBINED_RESPONSE_IS_STAGE_ONE",
            Self::AlreadyFinal { .. } => "ALREADY_FINAL",
            Self::ContributionMissing { .. } => "CONTRIBUTION_MISSING",
            Self::WordingNotProposed { .. } => "WORDING_NOT_PROPOSED",
            Self::WordingNotAgreed { .. } => "WORDING_NOT_AGREED",
            Self::AgreementDigestMismatch { .. } => "AGREEMENT_DIGEST_MISMATCH",
            Self::ReferenceNotQuoted => "REFERENCE_NOT_QUOTED",
            Self::AuthorityMissing => "AUTHORITY_MISSING",
            Self::HandlerConflict => "HANDLER_CONFLICT",
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
            | Self::ContractNotInForce { .. }
            | Self::PrimeMustAccept { .. }
            | Self::AlreadyAccepted { .. }
            | Self::SameRoute { .. }
            | Self::JcpIssuesFinal { .. }
            | Self::CombinedResponseIsStageOne { .. }
            | Self::AlreadyFinal { .. }
            | Self::ContributionMissing { .. }
            | Self::WordingNotProposed { .. }
            | Self::WordingNotAgreed { .. }
            | Self::AgreementDigestMismatch { .. }
            | Self::ReferenceNotQuoted
            | Self::AuthorityMissing
            | Self::HandlerConflict
            | Self::NotDue { .. } => Kind::Precondition,
        }
    }
}
