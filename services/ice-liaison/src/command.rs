//! What callers, the reactor and the feed may ask of this service: one file for each thing asked about.
//!
//! A command decides in memory, over a loaded [`World`](crate::world::World), by the rules of `ice-liaison-domain`; it
//! changes nothing before everything that can refuse has been asked.

pub(crate) mod act;
pub(crate) mod case;
pub(crate) mod charge;
pub(crate) mod open;
pub(crate) mod pinned;
pub(crate) mod tick;
pub(crate) mod year;
