//! What a caller lays by with a record: under seal, and known again when it was destroyed before.

use records_retention_domain::{
    OrganisationId, Refusal,
    record::{Part, readmit},
};
use redress_store::sealed::Sealed;
use uuid::Uuid;

use crate::{
    store::content::PartContent,
    world::{Want, World},
};

/// What a caller lays by.
#[derive(Clone, Debug)]
pub(crate) struct LaidBy {
    /// The thing itself.
    pub(crate) content: Content,
    /// Who keeps the record.
    pub(crate) owner: OrganisationId,
    /// On whose authority it is taken in, where it was destroyed before.
    pub(crate) authority: Option<String>,
}

/// How it is kept.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A report, field by field, among the sealed texts.
    Report(Sealed),
    /// Bytes that are durable in the object store, and the name of their file under seal.
    Paper {
        /// Where they are.
        content: PartContent,
        /// The name of their file.
        file_name: Sealed,
    },
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

    /// The key it is sealed with.
    pub(crate) const fn key(&self) -> Uuid {
        match &self.content {
            Content::Report(sealed) => sealed.key,
            Content::Paper { content, .. } => content.key,
        }
    }

    /// Puts it where it is kept.
    pub(crate) fn keep(&self, world: &mut World) {
        match &self.content {
            Content::Report(sealed) => world.add_sealed(sealed.clone()),
            Content::Paper { content, file_name } => {
                world.add_content(content.clone());
                world.add_sealed(file_name.clone());
            }
        }
    }
}
