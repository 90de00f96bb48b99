//! The complaint's own record as this service knows it: what the complaints service published, and nothing else. The
//! provider's confirmation to ICE is drawn from it, never from anyone's memory (ICE-03).

mod learned;

use jiff::civil::Date;
use redress_kernel::Digest;
use redress_policy::{Division, PackRef};
use serde::{Deserialize, Serialize};

use crate::{ComplaintId, ContractId, LetterId, OrganisationId, ProcedureId, paper::Paper};

pub use learned::{Learned, Registered};

/// What is known of a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseRecord {
    /// The complaint.
    pub complaint: ComplaintId,
    /// Its contract.
    pub contract: ContractId,
    /// Programme of the contract.
    pub programme: String,
    /// Organisation that works it.
    pub organisation: OrganisationId,
    /// The pack pinned on it.
    pub pack: PackRef,
    /// Whose bank holidays count.
    pub division: Division,
    /// Day of receipt.
    pub received_on: Date,
    /// Day on which it was recorded: its clocks are counted by the calendar as known then.
    pub registered_on: Date,
    /// The version of the procedure pinned on it.
    pub procedure: ProcedureId,
    /// Every step that it takes, in order.
    pub steps: Vec<StepRef>,
    /// The process run it is in.
    pub run: u8,
    /// Steps done, oldest first.
    pub done: Vec<StepDone>,
    /// Steps that ICE had reopened and that are not done again.
    pub reopened: Vec<StepRef>,
    /// Final responses, oldest first.
    pub final_responses: Vec<FinalResponse>,
    /// Papers on its file, in the order in which they came.
    pub papers: Vec<Paper>,
    /// Whether it is with ICE by its own record.
    pub with_ice: bool,
    /// Day on which it ended without ICE: withdrawn, redirected or closed.
    pub ended_on: Option<Date>,
}

/// Where a complaint itself stands while ICE has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ComplaintStanding {
    /// With the provider: it did not come to ICE, or has not yet.
    WithProvider,
    /// With ICE.
    WithIce,
    /// Steps were reopened and are to be done again (CMP-14).
    Reopened,
    /// Withdrawn, redirected or closed.
    Ended,
}

/// Names a step of the pinned procedure.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StepRef {
    /// Stage of the procedure.
    pub stage_number: u8,
    /// The step.
    pub id: String,
}

/// A step that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDone {
    /// Which one.
    pub step: StepRef,
    /// Day on which it was.
    pub on: Date,
    /// The process run in which it was.
    pub run: u8,
}

/// A final response, which carries the signposting text: the complaints service issues none without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalResponse {
    /// The letter.
    pub letter: LetterId,
    /// The process run it answers.
    pub run: u8,
    /// Day it went out.
    pub issued_on: Date,
    /// Day that was recorded.
    pub recorded_on: Date,
    /// Whether it went by post.
    pub by_post: bool,
    /// Digest of its text.
    pub digest: Digest,
}

impl CaseRecord {
    /// Where the complaint itself stands. What ICE did may be something that its state does not take; this tells.
    pub const fn standing(&self) -> ComplaintStanding {
        match (self.ended_on, self.reopened.is_empty(), self.with_ice) {
            (Some(_), _, _) => ComplaintStanding::Ended,
            (None, false, _) => ComplaintStanding::Reopened,
            (None, true, true) => ComplaintStanding::WithIce,
            (None, true, false) => ComplaintStanding::WithProvider,
        }
    }

    /// The day on which a step was last done; none for one that is open.
    pub fn done_on(&self, step: &StepRef) -> Option<Date> {
        if self.reopened.contains(step) {
            return None;
        }
        self.done.iter().filter(|done| done.step == *step).map(|done| done.on).max()
    }

    /// The final response that counts on `day`: the latest run's that was out by then (Q7).
    pub fn final_response_by(&self, day: Date) -> Option<&FinalResponse> {
        self.final_responses
            .iter()
            .filter(|response| response.issued_on <= day)
            .max_by_key(|response| response.run)
    }
}
