//! The guidance at hand: packs, texts and calendars, which do not change while a process runs.

use std::sync::Arc;

use crate::{Calendars, Library};

/// Packs, texts and calendars. Clones are cheap.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// Packs and texts.
    pub library: Arc<Library>,
    /// Bank holidays.
    pub calendars: Arc<Calendars>,
}
