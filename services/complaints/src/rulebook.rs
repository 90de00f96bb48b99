//! The guidance at hand: packs, texts and calendars, which do not change while the process runs.

use std::sync::Arc;

use complaints_domain::{ComplaintId, Refusal, complaint::State};
use redress_policy::{Calendars, Library, Pack};

/// Packs, texts and calendars.
#[derive(Clone, Debug)]
pub(crate) struct Rulebook {
    /// Packs and texts.
    pub(crate) library: Arc<Library>,
    /// Bank holidays.
    pub(crate) calendars: Arc<Calendars>,
}

impl Rulebook {
    /// The pack pinned on a complaint.
    pub(crate) fn pinned(&self, state: &State, complaint: ComplaintId) -> Result<&Pack, Refusal> {
        let case = state.case().ok_or_else(|| Refusal::NotFound { name: complaint.name() })?;
        Ok(self.library.get(&case.file.pack)?)
    }
}
