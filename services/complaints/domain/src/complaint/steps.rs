//! The steps of the pinned procedure as a case sees them (CMP-05).

use super::{Case, File, Stage, State, StepDone, StepRef};

/// One step and whether it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView<'a> {
    /// The step.
    pub step: StepRef,
    /// Whether a document must show it.
    pub evidence_required: bool,
    /// When, by whom and with what it was last done.
    pub done: Option<&'a StepDone>,
    /// Whether the examiner asked for it to be done again, and it was not yet (CMP-14).
    pub reopened: bool,
}

impl StepView<'_> {
    /// Whether it is still to be done.
    pub const fn is_open(&self) -> bool {
        self.done.is_none() || self.reopened
    }
}

/// Every step that this complaint takes, in order: all of them from the stage at which it entered (CMP-13).
pub fn steps(state: &State) -> Vec<StepView<'_>> {
    state.case().map(|case| of_file(&case.file)).unwrap_or_default()
}

pub(super) fn of_file(file: &File) -> Vec<StepView<'_>> {
    let mut views = Vec::new();
    for number in file.entry_stage..=file.procedure.last_stage() {
        let Some(stage) = file.procedure.stage(number) else { continue };
        for step in &stage.steps {
            let reference = StepRef { stage_number: number, id: step.id.clone() };
            views.push(StepView {
                evidence_required: step.evidence_required,
                done: file.done.iter().rev().find(|done| done.step == reference),
                reopened: file.reopened.contains(&reference),
                step: reference,
            });
        }
    }
    views
}

/// The steps that are open, in order.
pub(super) fn open(file: &File) -> Vec<StepRef> {
    of_file(file).into_iter().filter(StepView::is_open).map(|view| view.step).collect()
}

/// The steps of one stage that are open, in order.
pub(super) fn open_at(file: &File, stage_number: u8) -> Vec<StepRef> {
    open(file).into_iter().filter(|step| step.stage_number == stage_number).collect()
}

/// The steps that the case may take now, in order: those of its stage, or all that are open once the examiner has it.
pub(super) fn open_now(case: &Case) -> Vec<StepRef> {
    match &case.stage {
        Stage::AtStage(work) => open_at(&case.file, work.stage_number),
        Stage::ReopenedByIce(_) | Stage::WithIce { work: Some(_), .. } => open(&case.file),
        Stage::Received
        | Stage::Redirected { .. }
        | Stage::Acknowledged
        | Stage::StageResponseIssued { .. }
        | Stage::FinalResponseIssued { .. }
        | Stage::WithIce { work: None, .. }
        | Stage::Closed { .. }
        | Stage::Withdrawn { .. } => Vec::new(),
    }
}
