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
}

impl Configuration for Config {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("complaints");
        Self {
            largest_document: section.bytes("largest_document", 2 << 30, 1..=1 << 40),
            look_every: section.duration("look_every", Duration::from_secs(30)),
        }
    }
}
