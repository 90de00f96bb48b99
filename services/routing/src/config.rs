//! The settings of this service alone.

use std::time::Duration;

use redress_chassis::{Configuration, Settings};

/// The settings of this service alone.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// How often to look at what is due.
    pub look_every: Duration,
    /// Most bytes of a paper.
    pub largest_paper: u64,
    /// How often to look for objects without papers, and papers without objects.
    pub sweep_every: Duration,
    /// How old an object must be before it is taken for one that an interrupted upload left behind.
    pub orphan_age: Duration,
}

impl Configuration for Config {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("routing");
        Self {
            look_every: section.duration("look_every", Duration::from_secs(30)),
            largest_paper: section.bytes("largest_paper", 2 << 30, 1..=1 << 40),
            sweep_every: section.duration("sweep_every", Duration::from_hours(6)),
            orphan_age: section.duration("orphan_age", Duration::from_hours(24)),
        }
    }
}
