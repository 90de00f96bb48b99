//! What every stage of an examination knows.

mod letter;
mod report;

use jiff::civil::Date;
use redress_kernel::Digest;
use redress_policy::{Division, PackRef};
use serde::{Deserialize, Serialize};

use super::StageName;
use crate::{
    ComplaintId, ContractId, ExaminationId, OrganisationId, PaperRef,
    admissibility::Finding,
    paper::{Included, Withheld},
    record::StepRef,
};

pub use letter::{Answered, IceLetter, LetterKind, LetterState};
pub use report::{
    ChargeStanding, DeclineGround, Element, Ending, EndingKind, Outcome, Recommendation, RecommendationKind,
    Report,
};

/// What every stage knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The examination.
    pub id: ExaminationId,
    /// The complaint.
    pub complaint: ComplaintId,
    /// Its contract.
    pub contract: ContractId,
    /// Programme of the contract.
    pub programme: String,
    /// Organisation that works the complaint.
    pub organisation: OrganisationId,
    /// Its tier in the supply chain, 0 for the prime.
    pub tier: u8,
    /// Holder of the contract, from whom a charge is recovered (Q27).
    pub liable: OrganisationId,
    /// The pack pinned on the complaint.
    pub pack: PackRef,
    /// Whose bank holidays count.
    pub division: Division,
    /// Day on which the person went to ICE.
    pub referred_on: Date,
    /// Day that counts for ICE's own standards (ICE-23).
    pub effective_on: Date,
    /// Day on which ICE told the provider.
    pub notified_on: Date,
    /// Day on which that was recorded.
    pub recorded_on: Date,
    /// The day for which the right is judged: that of the referral, or of the final response that a revisit led to (Q7).
    pub judged_on: Date,
    /// What the guidance makes of it.
    pub finding: Finding,
    /// Day on which ICE took it.
    pub accepted_on: Option<Date>,
    /// Whether ICE took it at its own discretion (ICE-20).
    pub discretion: bool,
    /// The provider's confirmations, oldest first.
    pub confirmations: Vec<Confirmation>,
    /// Steps that ICE had done again, oldest first.
    pub revisits: Vec<Revisit>,
    /// The moves so far, oldest first.
    pub history: Vec<StageEntry>,
    /// Letters from ICE, oldest first.
    pub letters: Vec<IceLetter>,
    /// The provider's account, stage by stage.
    pub accounts: Vec<Account>,
    /// What was sent when ICE called for the papers.
    pub evidence: Option<Evidence>,
    /// ICE's report.
    pub report: Option<Report>,
    /// What ICE recommended.
    pub recommendations: Vec<Recommendation>,
}

/// The provider's answer to ICE's question whether every step was done (ICE-03).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Day on which it went to ICE.
    pub on: Date,
    /// Every step, with the day on which it was last done.
    pub steps: Vec<(StepRef, Option<Date>)>,
}

impl Confirmation {
    /// Whether every step was done.
    pub fn is_complete(&self) -> bool {
        self.steps.iter().all(|(_, done_on)| done_on.is_some())
    }
}

/// Steps that ICE had done again (ICE-04).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revisit {
    /// The steps.
    pub steps: Vec<StepRef>,
    /// Day on which ICE asked.
    pub requested_on: Date,
    /// Day that ICE stated.
    pub due_on: Option<Date>,
    /// Day of the new final response.
    pub completed_on: Option<Date>,
}

/// One move of the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageEntry {
    /// Where it went.
    pub stage: StageName,
    /// Day on which it did.
    pub on: Date,
    /// Whether ICE left out a stage, with its reason.
    pub out_of_order: bool,
}

/// The provider's account at one stage (ICE-15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The stage.
    pub stage: StageName,
    /// Day on which it went to ICE.
    pub given_on: Date,
    /// Papers that support it.
    pub evidence: Vec<PaperRef>,
    /// Digest of the statement.
    pub digest: Digest,
}

/// All papers as they went to ICE (ICE-07).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Day on which they went.
    pub sent_on: Date,
    /// What went, each with its digest.
    pub included: Vec<Included>,
    /// What did not.
    pub withheld: Vec<Withheld>,
}

impl File {
    /// The day of the last move, before which nothing new can have happened.
    pub fn last_move_on(&self) -> Date {
        self.history.iter().map(|entry| entry.on).max().unwrap_or(self.notified_on)
    }

    /// Day on which the case came to `stage` first.
    pub fn entered(&self, stage: StageName) -> Option<Date> {
        self.history.iter().find(|entry| entry.stage == stage).map(|entry| entry.on)
    }
}
