//! A provider's own procedure, laid over a pack: it may tighten what the pack demands and never loosen it. A subcontractor's
//! procedure is laid over the prime's in the same way (CMP-01, XCT-06).

mod check;

use redress_kernel::{Citation, Violation};
use serde::{Deserialize, Serialize};

use crate::{Pack, Refusal, Term};

/// What a provider's procedure states of its own.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Overlay {
    /// Whether the process is explained at first contact; nothing to leave it to the pack.
    pub first_contact_explanation: Option<bool>,
    /// Whether drafts go to the department for approval; nothing to leave it to the pack.
    pub draft_approval: Option<bool>,
    /// Limit for acknowledging a complaint.
    pub acknowledge_within: Option<Term>,
    /// The stages, in order.
    pub stages: Vec<Stage>,
    /// Own limit for the final response, from receipt.
    pub final_response_within: Option<Term>,
    /// Own limit for papers or a contribution to Jobcentre Plus.
    pub contribution_within: Option<Term>,
    /// Own limit for correspondence from ICE.
    pub ice_correspondence_within: Option<Term>,
    /// How long complainants are told that they may go to ICE.
    pub ice_window: Option<Term>,
    /// Own limit for keeping completed reports after payment.
    pub reports_kept_at_most: Option<Term>,
    /// Own limit for keeping anonymised reports.
    pub anonymised_reports_kept_at_most: Option<Term>,
    /// How long the record of the contract is kept.
    pub contract_record_kept_for: Option<Term>,
    /// Reference of the agreement behind another period for the contract record (Q13); empty when there is none.
    pub contract_record_agreement: String,
}

/// One stage of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Limit for the stage's reply, from its start; nothing when the procedure states none.
    pub respond_within: Option<Term>,
    /// How long the complainant may ask for the next stage, from the reply; nothing when it is open.
    #[serde(default)]
    pub escalate_within: Option<Term>,
}

/// One way in which a procedure is looser than it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The field, and what to do about it.
    pub violation: Violation,
    /// The rule it breaks.
    pub citation: Citation,
}

/// The stable reasons of breaches.
pub mod reason {
    /// A limit is longer than the pack, or the procedure above, allows.
    pub const TOO_LONG: &str = "TOO_LONG";
    /// A window of the complainant, or a period of keeping, is shorter than the pack, or the procedure above, allows.
    pub const TOO_SHORT: &str = "TOO_SHORT";
    /// A duty of the pack is switched off.
    pub const SWITCHED_OFF: &str = "SWITCHED_OFF";
    /// The pack binds the provider to its stated timescales, and none is stated.
    pub const NOT_STATED: &str = "NOT_STATED";
    /// There are fewer stages than the pack, or the procedure above, has; or none at all.
    pub const TOO_FEW_STAGES: &str = "TOO_FEW_STAGES";
    /// The stage limits together cannot be shown to end within the pack's eight weeks.
    pub const CANNOT_END_IN_TIME: &str = "CANNOT_END_IN_TIME";
    /// Another period was agreed, but no agreement is named.
    pub const AGREEMENT_REQUIRED: &str = "AGREEMENT_REQUIRED";
    /// A limit of no length.
    pub const EMPTY: &str = "EMPTY";
}

/// Checks that `overlay` tightens `pack` and loosens nothing; every breach at once.
pub fn validate_overlay(pack: &Pack, overlay: &Overlay) -> Result<(), Vec<Breach>> {
    let breaches = check::against_pack(pack, overlay);
    if breaches.is_empty() { Ok(()) } else { Err(breaches) }
}

/// Checks that a subcontractor's `lower` procedure tightens both `pack` and the `upper` procedure of the member above it.
pub fn validate_under(pack: &Pack, upper: &Overlay, lower: &Overlay) -> Result<(), Vec<Breach>> {
    let mut breaches = check::against_pack(pack, lower);
    breaches.extend(check::against_upper(pack, upper, lower));
    if breaches.is_empty() { Ok(()) } else { Err(breaches) }
}

impl From<Vec<Breach>> for Refusal {
    fn from(breaches: Vec<Breach>) -> Self {
        Self::OverlayLoosens { breaches }
    }
}
