//! The life of a process: settings, parts, ports, work, signals, and an end in which nothing that began is cut.

mod assemble;
mod copies;
mod following;
mod guidance;
mod health;
mod known;
mod lapse;
mod program;
mod readiness;
pub(crate) mod restored;
mod running;
mod settle;
mod stand;
mod start;
mod surroundings;
mod work;

pub use copies::{CopyFailure, back_up_all, put_back_all, replay_all};
pub use guidance::{CALENDARS, GuidanceFailure, calendars};
pub use program::{Program, serve};
pub use readiness::Readiness;
pub use running::Running;
pub use settle::{Settled, settle};
pub use stand::{StandFailure, migrate_all};
pub use start::{StartFailure, start};
pub use surroundings::{RandomIds, Surroundings, SystemClock};
