//! The state of a complaint as it is kept.

use serde::{Deserialize, Serialize};

use super::{File, Stage, StageName};

/// The state of a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody registered it.
    Unregistered,
    /// It was registered.
    Registered(Box<Case>),
}

/// A registered complaint: its stage, and what every stage knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Version of this form; a form that is not known is not read.
    pub schema: Schema,
    /// The stage.
    #[serde(flatten)]
    pub stage: Stage,
    /// What every stage knows.
    pub file: File,
}

/// Version of the form in which a state is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// The first.
    #[serde(rename = "1")]
    V1,
}

impl State {
    /// The registered complaint, once there is one.
    pub const fn case(&self) -> Option<&Case> {
        match self {
            Self::Unregistered => None,
            Self::Registered(case) => Some(case),
        }
    }

    /// The name of the stage.
    pub fn stage_name(&self) -> StageName {
        self.case().map_or(StageName::Unregistered, |case| case.stage.name())
    }
}

impl Case {
    /// The number of the procedure's stage it is at or last answered; 0 before the first.
    pub fn stage_number(&self) -> u8 {
        match &self.stage {
            Stage::Received | Stage::Acknowledged => 0,
            Stage::AtStage(work) | Stage::ReopenedByIce(work) => work.stage_number,
            Stage::StageResponseIssued { stage_number, .. } => *stage_number,
            Stage::FinalResponseIssued { .. } => self.file.procedure.last_stage(),
            Stage::WithIce { .. }
            | Stage::Redirected { .. }
            | Stage::Closed { .. }
            | Stage::Withdrawn { .. } => self.file.reached_stage(),
        }
    }
}

impl File {
    /// The highest stage of the procedure that was worked; 0 before the first.
    fn reached_stage(&self) -> u8 {
        if self.final_responses().next().is_some() {
            return self.procedure.last_stage();
        }
        let escalated = self.escalations.iter().map(|escalation| escalation.to_stage).max();
        let begun = self.acknowledged_on.and(self.handler.as_ref()).map(|_| self.entry_stage);
        escalated.or(begun).unwrap_or(0)
    }
}
