//! What a caller lays by with a record: under seal, and known again when it was destroyed before.

use records_retention_domain::{
    OrganisationId, Refusal,
    record::{Part, readmit},
};
use redress_store::sealed::Sealed;

use crate::world::{Want, World};

/// What a caller lays by.
#[derive(Clone, Debug)]
pub(crate) struct LaidBy {
    /// Under seal.
    pub(crate) sealed: Sealed,
    /// Who keeps the record.
    pub(crate) owner: OrganisationId,
    /// On whose authority it is taken in, where it was destroyed before.
    pub(crate) authority: Option<String>,
}

impl LaidBy {
    /// What is wanted to know it again.
    pub(crate) fn wants(&self, part: &Part) -> Option<Want> {
        part.digest.as_ref().map(|digest| Want::Gone((self.owner, digest.as_str().to_owned())))
    }

    /// The part, unless its content was destroyed before (reliability D31).
    pub(crate) fn admitted(&self, part: &Part, world: &World) -> Result<Part, Refusal> {
        let gone = part
            .digest
            .as_ref()
            .and_then(|digest| world.gone.get(&(self.owner, digest.as_str().to_owned())).copied());
        let readmitted_of = readmit(gone, self.authority.as_deref())?;
        Ok(Part { readmitted_of, ..part.clone() })
    }
}
