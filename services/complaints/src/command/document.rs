//! Putting a document on file.

use complaints_domain::{ComplaintId, ContractId, DocumentId, OrganisationId, ParticipantId, Refusal};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_papers::Stage;
use redress_proto::complaints::v1 as proto;
use redress_store::{blob::Stored, sealed::Sealed};
use uuid::Uuid;

use crate::{
    publish, render,
    store::document::{Document, DocumentKind, ParentKind},
    world::{Want, World},
};

/// What a document belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parent {
    /// A complaint.
    Complaint(ComplaintId),
    /// A participant.
    Participant(ParticipantId),
}

/// Puts a document on file whose bytes are durable.
#[derive(Debug)]
pub(crate) struct StoreDocument {
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Who brings it.
    pub(crate) uploader: String,
    /// Id for it, to which its bytes are bound.
    pub(crate) id: DocumentId,
    /// What it belongs to.
    pub(crate) parent: Parent,
    /// What it is.
    pub(crate) kind: DocumentKind,
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

impl Parent {
    /// Its bare id.
    pub(crate) const fn uuid(self) -> Uuid {
        match self {
            Self::Complaint(id) => id.uuid(),
            Self::Participant(id) => id.uuid(),
        }
    }

    /// Its resource name.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Complaint(id) => id.name(),
            Self::Participant(id) => id.name(),
        }
    }

    /// Which kind of thing it is.
    pub(crate) const fn kind(self) -> ParentKind {
        match self {
            Self::Complaint(_) => ParentKind::Complaint,
            Self::Participant(_) => ParentKind::Participant,
        }
    }
}

impl shell::Command<World> for StoreDocument {
    type Answer = proto::Document;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(match self.parent {
            Parent::Complaint(id) => Want::Complaint(id),
            Parent::Participant(id) => Want::Participant(id),
        });
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Document, Refusal> {
        let contract = self.contract(world).ok_or_else(|| Refusal::NotFound { name: self.parent.name() })?;
        let row = Document {
            id: self.id,
            parent_kind: self.parent.kind(),
            parent: self.parent.uuid(),
            contract,
            kind: self.kind,
            stage: self.stage,
            media_type: self.media_type.clone(),
            // No document has 2^63 bytes: the limit is far below.
            size_bytes: i64::try_from(self.stored.length).unwrap_or(i64::MAX),
            sha256: self.stored.digest.to_vec(),
            blob: self.stored.object,
            key: self.key,
            uploader_organisation: self.caller,
            uploader: self.uploader.clone(),
            created_at: now,
        };
        entries.append(publish::document(&row));
        let answer = render::document::document(&row);
        world.add_sealed(self.file_name.clone());
        world.add_document(row);
        self.meet(world);
        Ok(answer)
    }
}

impl StoreDocument {
    /// Moves the parent's row on, in which an order to destroy it is met: a document that comes at the same time has either come
    /// before, and goes with it, or finds that it is gone.
    fn meet(&self, world: &mut World) {
        match self.parent {
            Parent::Complaint(id) => {
                if let Some(row) = world.complaints.get(id).cloned() {
                    world.complaints.put(id, row);
                }
            }
            Parent::Participant(id) => {
                if let Some(row) = world.participants.get(id).cloned() {
                    world.participants.put(id, row);
                }
            }
        }
    }

    /// The contract of the parent, where the caller may put something on its file.
    fn contract(&self, world: &World) -> Option<ContractId> {
        match self.parent {
            Parent::Complaint(id) => {
                world.complaints.get(id).filter(|_| world.is_party(self.caller, id)).map(|row| row.contract)
            }
            Parent::Participant(id) => {
                let row = world.participants.get(id);
                row.filter(|row| world.sees(self.caller, row.contract, row.organisation))
                    .map(|row| row.contract)
            }
        }
    }
}
