//! The reasons, as on the wire.

use redress_kernel::Kind;

use super::{Refusal, field};

/// Every reason of participants, procedures, complaints and improvement, in the order of `redress.complaints.v1.ErrorReason`.
/// The last ones are given by policy and passed on.
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
    "NOT_ISSUED",
    "TOO_MANY",
    "NOT_IN_CHAIN",
    "NOT_FOUND",
    "ALREADY_THERE",
    "VERSION_MISMATCH",
    "STAGE_REFUSES",
    "WITH_ICE",
    "IMMUTABLE",
    "CONTRACT_NOT_IN_FORCE",
    "SUPPLY_CHAIN_EDGE_MISSING",
    "ROUTE_TO_JOBCENTRE_PLUS",
    "DUPLICATE_COMPLAINT",
    "PROCEDURE_MISSING",
    "HANDLER_CONFLICT",
    "STEP_OUT_OF_ORDER",
    "EVIDENCE_REQUIRED",
    "STEPS_NOT_EXHAUSTED",
    "FINAL_RESPONSE_DUE",
    "APPROVAL_REQUIRED",
    "APPROVAL_NOT_NEEDED",
    "APPROVAL_DIGEST_MISMATCH",
    "SIGNPOST_MISSING",
    "SIGNPOST_OUT_OF_DATE",
    "ICE_WINDOW_NOTICE_MISSING",
    "WINDOW_CLOSED",
    "WINDOW_OPEN",
    "EARLY_ACCESS_NOT_OPEN",
    "NOT_PARTY_TO_WITHDRAW",
    "NOT_DUE",
    "DIVISION_LOCKED",
    "OTHER_PROGRAMME",
    "NOT_ABOVE_IN_CHAIN",
    "PROCEDURE_LOOSENS",
    "CHANGE_NOT_APPROVED",
    "APPROVAL_EXPIRED",
    "NOT_ADDRESSEE",
    "CONTRACT_NOT_COVERED",
    "GUIDANCE_NOT_KNOWN",
    "VALUE_NOT_KNOWN",
    "NO_SUCH_CLOCK",
    "OUTSIDE_CALENDAR",
    "DATE_OUT_OF_RANGE",
    "NO_TEXT_IN_FORCE",
];

/// Every reason of organisations, contracts and chains, in the order of `redress.supply_chain.v1.ErrorReason`.
pub const SUPPLY_CHAIN_REASONS: &[&str] = &[
    "CYCLE",
    "DEPTH",
    "OVERLAP",
    "NOT_IN_CHAIN",
    "NOT_ABOVE_IN_CHAIN",
    "ORGANISATION_KIND_NOT_ALLOWED",
    "UNKNOWN_PROGRAMME",
    "CONTRACT_NOT_COVERED",
    "GUIDANCE_NOT_KNOWN",
    "NOT_ALLOWED",
    "REQUIRED",
    "TOO_EARLY",
    "DATE_IN_FUTURE",
    "INVALID_REQUEST",
    "NOT_FOUND",
    "ALREADY_THERE",
    "VERSION_MISMATCH",
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
            Self::WithIce(_) => "WITH_ICE",
            Self::Immutable { .. } => "IMMUTABLE",
            Self::ContractNotInForce { .. } => "CONTRACT_NOT_IN_FORCE",
            Self::SupplyChainEdgeMissing { .. } => "SUPPLY_CHAIN_EDGE_MISSING",
            Self::RouteToJobcentrePlus { .. } => "ROUTE_TO_JOBCENTRE_PLUS",
            Self::DuplicateComplaint { .. } => "DUPLICATE_COMPLAINT",
            Self::ProcedureMissing { .. } => "PROCEDURE_MISSING",
            Self::HandlerConflict => "HANDLER_CONFLICT",
            Self::StepOutOfOrder { .. } => "STEP_OUT_OF_ORDER",
            Self::EvidenceRequired { .. } => "EVIDENCE_REQUIRED",
            Self::StepsNotExhausted { .. } => "STEPS_NOT_EXHAUSTED",
            Self::FinalResponseDue { .. } => "FINAL_RESPONSE_DUE",
            Self::ApprovalRequired { .. } => "APPROVAL_REQUIRED",
            Self::ApprovalNotNeeded { .. } => "APPROVAL_NOT_NEEDED",
            Self::ApprovalDigestMismatch { .. } => "APPROVAL_DIGEST_MISMATCH",
            Self::SignpostMissing { .. } => "SIGNPOST_MISSING",
            Self::SignpostOutOfDate { .. } => "SIGNPOST_OUT_OF_DATE",
            Self::IceWindowNoticeMissing { .. } => "ICE_WINDOW_NOTICE_MISSING",
            Self::WindowClosed { .. } => "WINDOW_CLOSED",
            Self::WindowOpen { .. } => "WINDOW_OPEN",
            Self::EarlyAccessNotOpen { .. } => "EARLY_ACCESS_NOT_OPEN",
            Self::NotPartyToWithdraw => "NOT_PARTY_TO_WITHDRAW",
            Self::NotDue { .. } => "NOT_DUE",
            Self::DivisionLocked { .. } => "DIVISION_LOCKED",
            Self::OtherProgramme { .. } => "OTHER_PROGRAMME",
            Self::NotAboveInChain => "NOT_ABOVE_IN_CHAIN",
            Self::OrganisationKindNotAllowed => "ORGANISATION_KIND_NOT_ALLOWED",
            Self::ProcedureLoosens { .. } => "PROCEDURE_LOOSENS",
            Self::ChangeNotApproved { .. } => "CHANGE_NOT_APPROVED",
            Self::ApprovalExpired { .. } => "APPROVAL_EXPIRED",
            Self::NotAddressee { .. } => "NOT_ADDRESSEE",
            Self::Policy(refusal) => refusal.reason(),
        }
    }

    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Invalid(_) | Self::ProcedureLoosens { .. } | Self::Policy(_) => Kind::Invalid,
            Self::NotFound { .. } => Kind::NotFound,
            Self::AlreadyThere { .. } | Self::DuplicateComplaint { .. } => Kind::AlreadyExists,
            Self::VersionMismatch { .. } => Kind::LostRace,
            Self::NotPartyToWithdraw
            | Self::NotAboveInChain
            | Self::OrganisationKindNotAllowed
            | Self::NotAddressee { .. } => Kind::Forbidden,
            Self::StageRefuses(_)
            | Self::WithIce(_)
            | Self::Immutable { .. }
            | Self::ContractNotInForce { .. }
            | Self::SupplyChainEdgeMissing { .. }
            | Self::RouteToJobcentrePlus { .. }
            | Self::ProcedureMissing { .. }
            | Self::HandlerConflict
            | Self::StepOutOfOrder { .. }
            | Self::EvidenceRequired { .. }
            | Self::StepsNotExhausted { .. }
            | Self::FinalResponseDue { .. }
            | Self::ApprovalRequired { .. }
            | Self::ApprovalNotNeeded { .. }
            | Self::ApprovalDigestMismatch { .. }
            | Self::SignpostMissing { .. }
            | Self::SignpostOutOfDate { .. }
            | Self::IceWindowNoticeMissing { .. }
            | Self::WindowClosed { .. }
            | Self::WindowOpen { .. }
            | Self::EarlyAccessNotOpen { .. }
            | Self::NotDue { .. }
            | Self::DivisionLocked { .. }
            | Self::OtherProgramme { .. }
            | Self::ChangeNotApproved { .. }
            | Self::ApprovalExpired { .. } => Kind::Precondition,
        }
    }
}
