//! The right to go to the examiner without a final response after eight weeks (CMP-08, J0 7.01). It is a right and no
//! more: nothing is referred by itself, and the case goes on (Q1).

use jiff::civil::Date;
use redress_kernel::Citation;
use redress_policy::{ClockKind, Pack, Tri};

use super::{Clock, ClockKey, ClockState, clocks};
use crate::Refusal;

/// The right, as it stands today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlyAccess {
    /// Whether and since when it is there.
    pub standing: Standing,
    /// First day of the right: the 57th after receipt. None where the pack gives none.
    pub opens_on: Option<Date>,
    /// The rule, or the pack's silence.
    pub citation: Citation,
}

/// Whether the right is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The pack's guidance is silent: there is no such right from this pack.
    NotInPack,
    /// The pack's guidance is not known at this point.
    Unknown,
    /// The eight weeks run.
    NotYet,
    /// Open; the case itself goes on.
    Open,
    /// A final response went out in time, or the case ended before the right opened.
    Forestalled,
}

impl Standing {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotInPack => "NOT_IN_PACK",
            Self::Unknown => "UNKNOWN",
            Self::NotYet => "NOT_YET",
            Self::Open => "OPEN",
            Self::Forestalled => "FORESTALLED",
        }
    }
}

/// The right of a complaint by its `clocks`, as they stand today.
///
/// # Errors
/// Refuses at the end of the civil calendar.
pub fn early_access(pack: &Pack, clocks: &[Clock]) -> Result<EarlyAccess, Refusal> {
    let without = |standing| {
        let citation = pack.stated(&pack.rules.eight_week_right, "CMP-08");
        EarlyAccess {
            standing,
            opens_on: None,
            citation: Citation {
                pack: pack.reference.id.clone(),
                pack_version: pack.reference.version.clone(),
                ..citation
            },
        }
    };
    match &pack.rules.eight_week_right {
        Tri::Silent { .. } => return Ok(without(Standing::NotInPack)),
        Tri::Unknown { .. } => return Ok(without(Standing::Unknown)),
        Tri::Value(_) => {}
    }
    let Some(clock) = clocks::find(clocks, ClockKey::new(ClockKind::EightWeekRight, 1)) else {
        return Ok(without(Standing::NotInPack));
    };
    let opens_on = clock.deadline.opens_on()?;
    let standing = match clock.state {
        ClockState::Lapsed | ClockState::Met => Standing::Forestalled,
        ClockState::MetLate | ClockState::Breached => Standing::Open,
        ClockState::Running => Standing::NotYet,
    };
    Ok(EarlyAccess { standing, opens_on: Some(opens_on), citation: clock.deadline.citation.clone() })
}
