//! What the guidance demands, as data, and the arithmetic of its dates.
//!
//! - [`Library`] holds the policy packs (one file per programme and version of its guidance) and chooses the one that binds a contract.
//! - A [`Pack`] holds [`Rules`](pack::Rules) from the documents, each a [`Tri`]: stated, silent or not known here; and the
//!   [`Practice`](pack::Practice) the suite adds where the documents leave room, each with the reading it comes from.
//! - [`Calendars`] know the bank holidays of the three divisions and since when each was known.
//! - [`deadline::compute`] is the only function that turns a clock and a start into a date, with the days that mattered.
//! - [`route::Routes`] is the table by which a contact goes to the right door, and [`Legislatures`] know whose members write.
//! - [`Overlay`] is a provider's own procedure, which may tighten a pack and never loosen it.
//!
//! Nothing here reads a clock, a file or the network. A value that is not known is refused, never guessed;
//! so is a day outside a calendar's coverage. No service carries a duration of its own: it asks a pack for a [`Clock`].

pub mod calendar;
pub mod deadline;
pub mod division;
pub mod document;
pub mod fault;
pub mod legislature;
pub mod library;
pub mod overlay;
pub mod pack;
pub mod refusal;
pub mod route;
pub mod rulebook;
pub mod source;
pub mod term;
pub mod text;
pub mod tri;

pub use calendar::{Basis, Calendar, Calendars, View};
pub use deadline::{Clock, ClockKind, Computed, DayOne, Roll, Step};
pub use division::Division;
pub use document::Document;
pub use fault::LoadFault;
pub use legislature::Legislatures;
pub use library::{Choice, Library};
pub use overlay::Overlay;
pub use pack::{Pack, PackRef};
pub use refusal::Refusal;
pub use rulebook::Rulebook;
pub use source::{Source, Sourced};
pub use term::{Term, Unit};
pub use text::Text;
pub use tri::Tri;
