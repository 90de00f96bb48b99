//! What tests stand on: a clock that stands still, ids that count, a database of its own for each test, whole services
//! in the test's process, and a collector that keeps the spans it is sent.
//!
//! Nothing here waits for a while: a test waits for a condition ([`wait`]) or moves the clock ([`clock`]).

pub mod clock;
pub mod collector;
pub mod database;
pub mod details;
pub mod ids;
pub mod power;
pub mod raw;
pub mod relay;
pub mod routing;
pub mod suite;
pub mod wait;

pub use clock::StillClock;
pub use collector::Collector;
pub use database::{Backend, backends};
pub use details::Refused;
pub use ids::CountingIds;
pub use relay::Relay;
pub use suite::{Bearer, Suite};
