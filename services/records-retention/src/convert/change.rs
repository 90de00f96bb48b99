//! Words of a change of a schedule.

use records_retention_domain::change::{Amendment, Obstacle, Reason, StageName};
use redress_proto::records_retention::v1 as proto;

/// What is to change.
pub(crate) const fn kind(amendment: &Amendment) -> proto::ScheduleChangeKind {
    match amendment {
        Amendment::Period(_) => proto::ScheduleChangeKind::Period,
        Amendment::ContractEnd { .. } => proto::ScheduleChangeKind::ContractEnd,
    }
}

/// Why.
pub(crate) const fn reason(reason: Reason) -> proto::ScheduleChangeReason {
    match reason {
        Reason::Agreed => proto::ScheduleChangeReason::Agreed,
        Reason::Corrected => proto::ScheduleChangeReason::Corrected,
        Reason::EndedEarly => proto::ScheduleChangeReason::EndedEarly,
    }
}

/// The reason that was chosen.
pub(crate) fn read_reason(chosen: i32) -> Option<Reason> {
    let chosen = proto::ScheduleChangeReason::try_from(chosen).ok()?;
    Reason::ALL.into_iter().find(|known| reason(*known) == chosen)
}

/// Where it stands.
pub(crate) const fn stage(stage: StageName) -> proto::ScheduleChangeStage {
    match stage {
        StageName::Unproposed => proto::ScheduleChangeStage::Unspecified,
        StageName::Proposed => proto::ScheduleChangeStage::Proposed,
        StageName::Approved => proto::ScheduleChangeStage::Approved,
        StageName::Applied => proto::ScheduleChangeStage::Applied,
        StageName::Void => proto::ScheduleChangeStage::Void,
    }
}

/// Why it came to nothing.
pub(crate) const fn obstacle(obstacle: Obstacle) -> proto::ScheduleChangeObstacle {
    match obstacle {
        Obstacle::Withdrawn => proto::ScheduleChangeObstacle::Withdrawn,
        Obstacle::Objected => proto::ScheduleChangeObstacle::Objected,
        Obstacle::Lapsed => proto::ScheduleChangeObstacle::Lapsed,
        Obstacle::Overtaken => proto::ScheduleChangeObstacle::Overtaken,
    }
}
