//! What one person proposes and another agrees with.

use crate::{DisposalId, ScheduleChangeId};

/// What one person proposes and another agrees with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A disposal.
    Disposal(DisposalId),
    /// A change of a schedule.
    ScheduleChange(ScheduleChangeId),
}

impl Subject {
    /// The key under which a refusal names it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Disposal(_) => "disposal",
            Self::ScheduleChange(_) => "schedule_change",
        }
    }

    /// Its resource name.
    pub fn name(self) -> String {
        match self {
            Self::Disposal(id) => id.name(),
            Self::ScheduleChange(id) => id.name(),
        }
    }
}

impl From<DisposalId> for Subject {
    fn from(id: DisposalId) -> Self {
        Self::Disposal(id)
    }
}

impl From<ScheduleChangeId> for Subject {
    fn from(id: ScheduleChangeId) -> Self {
        Self::ScheduleChange(id)
    }
}
