//! The provider's procedure as pinned at receipt: a later version of it changes nothing for this complaint.

use redress_policy::Term;
use serde::{Deserialize, Serialize};

use crate::ProcedureId;

/// A procedure as pinned at receipt (CMP-05, CMP-06).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureSnapshot {
    /// The version of the procedure it was taken from.
    pub id: ProcedureId,
    /// Limit on the acknowledgement; none where the procedure states none.
    pub acknowledgement_limit: Option<Term>,
    /// Its stages, first to last.
    pub stages: Vec<StageSnapshot>,
}

/// One stage of a pinned procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageSnapshot {
    /// Its steps, in the order in which they are taken.
    pub steps: Vec<StepSnapshot>,
    /// Limit on the response; none where the procedure states none.
    pub response_limit: Option<Term>,
    /// How long the person has to ask for the next stage; none where the procedure states none.
    pub escalation_limit: Option<Term>,
    /// Whether silence to the end of the escalation limit closes the complaint.
    pub silence_closes: bool,
}

/// One step of a pinned procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepSnapshot {
    /// Identifier in the procedure, such as `call-complainant`.
    pub id: String,
    /// Whether the step counts as done only with a document that shows it.
    pub evidence_required: bool,
}

impl ProcedureSnapshot {
    /// The number of the last stage.
    pub fn last_stage(&self) -> u8 {
        u8::try_from(self.stages.len()).unwrap_or(u8::MAX)
    }

    /// The stage of `number`, counted from 1.
    pub fn stage(&self, number: u8) -> Option<&StageSnapshot> {
        usize::from(number).checked_sub(1).and_then(|at| self.stages.get(at))
    }
}
