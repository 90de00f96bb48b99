//! The settings of this service alone.

use std::time::Duration;

use redress_chassis::{Configuration, Settings};

/// The settings of this service alone.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// Most bytes of a document.
    pub largest_document: u64,
    /// How often to look at what is due.
    pub look_every: Duration,
    /// How often to count cases and limits for those who watch.
    pub count_every: Duration,
    /// How often to look for objects without documents, and documents without objects.
    pub sweep_every: Duration,
    /// How old an object must be before it is taken for one that an interrupted upload left behind.
    pub orphan_age: Duration,
}

impl Configuration for Config {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("complaints");
        Self {
            largest_document: section.bytes("largest_document", 2 << 30, 1..=1 << 40),
            look_every: section.duration("look_every", Duration::from_secs(30)),
            count_every: section.duration("count_every", Duration::from_secs(30)),
            sweep_every: section.duration("sweep_every", Duration::from_hours(6)),
            orphan_age: section.duration("orphan_age", Duration::from_hours(24)),
        }
    }
}
