//! Putting a paper on file.

use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_papers::Stage;
use redress_proto::routing::v1 as proto;
use redress_store::{blob::Stored, sealed::Sealed};
use routing_domain::{ContactId, OrganisationId, PaperId, Refusal};
use uuid::Uuid;

use super::visible;
use crate::{
    publish, render,
    store::paper::Paper,
    world::{Want, World},
};

/// Puts a paper on file whose bytes are durable.
#[derive(Debug)]
pub(crate) struct StorePaper {
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Who brings it.
    pub(crate) uploader: String,
    /// Id for it, to which its bytes are bound.
    pub(crate) id: PaperId,
    /// What it belongs to.
    pub(crate) contact: ContactId,
    /// Whether it may be read.
    pub(crate) stage: Stage,
    /// Media type.
    pub(crate) media_type: String,
    /// The bytes in the store.
    pub(crate) stored: Stored,
    /// Key it is sealed with.
    pub(crate) key: Uuid,
    /// The name of its file, under seal.
    pub(crate) file_name: Sealed,
}

impl shell::Command<World> for StorePaper {
    type Answer = proto::Paper;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Contact(self.contact));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Paper, Refusal> {
        let contact = visible(world, self.caller, self.contact, None)?.clone();
        let contract = contact.contract;
        let row = Paper {
            id: self.id,
            contact: self.contact,
            contract,
            stage: self.stage,
            media_type: self.media_type.clone(),
            // No paper has 2^63 bytes: the limit is far below.
            size_bytes: i64::try_from(self.stored.length).unwrap_or(i64::MAX),
            sha256: self.stored.digest.to_vec(),
            blob: self.stored.object,
            key: self.key,
            uploader_organisation: self.caller,
            uploader: self.uploader.clone(),
            created_at: now,
        };
        entries.append(publish::paper(&row));
        let answer = render::paper::paper(&row);
        world.add_sealed(self.file_name.clone());
        world.add_paper(row);
        // The row in which an order to destroy the contact is met: what comes after it is not left behind.
        world.contacts.put(contact.id, contact);
        Ok(answer)
    }
}
