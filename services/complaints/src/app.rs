//! What the handlers of this service share.

use std::sync::Arc;

use complaints_domain::{Actor, OrganisationId, Refusal};
use jiff::civil::Date;
use redress_chassis::{Call, Domain, Parts};
use redress_journal::shell::{self, Shell};
use redress_kernel::{Id, Violation};
use redress_store::{
    DbError, Tx,
    keyring::{KeyringFault, Mac},
    seal::{DataKey, SealFault},
};
use tonic::{Response, Status};
use uuid::Uuid;

use crate::{rulebook::Rulebook, seal::key_id, world::World};

/// The domain of every answer of this service.
pub(crate) const DOMAIN: Domain = Domain::new("complaints.redress");

/// What the handlers share. Clones are cheap.
#[derive(Clone)]
pub(crate) struct App {
    /// What the chassis made.
    pub(crate) parts: Parts,
    /// Carries out commands.
    pub(crate) shell: Shell<World>,
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Fingerprints of what people say, by which a second copy is known.
    pub(crate) fingerprints: Arc<Mac>,
    /// Most bytes of a document.
    pub(crate) largest_document: u64,
}

impl App {
    /// The caller's organisation, to which everything it sees is narrowed.
    pub(crate) fn organisation(call: &Call) -> OrganisationId {
        Id::new(call.caller.organisation)
    }

    /// Who asks, as the rules and the journal know them.
    pub(crate) fn actor(call: &Call) -> Actor {
        Actor { organisation: Some(Self::organisation(call)), subject: call.caller.subject.clone() }
    }

    /// The civil date.
    pub(crate) fn today(&self) -> Date {
        self.parts.clock.today()
    }

    /// A fresh id.
    pub(crate) fn fresh<K>(&self) -> Id<K> {
        Id::fresh(self.parts.ids.as_ref())
    }

    /// Begins to read.
    pub(crate) async fn read(&self) -> Result<Tx, Status> {
        self.parts.database.read().await.map_err(|error| DOMAIN.database(&error))
    }

    /// Has a command carried out and answers it. `thing` is what it changes, where that exists.
    pub(crate) async fn submit<C>(
        &self,
        call: &Call,
        thing: Option<Uuid>,
        command: C,
    ) -> Result<Response<C::Answer>, Status>
    where
        C: shell::Command<World, Refusal = Refusal>,
    {
        let mut wrapped = call.command(command);
        wrapped.partition = thing;
        match self.shell.submit(wrapped).await {
            Ok(answer) => Ok(Response::new(answer)),
            Err(failure) => Err(DOMAIN.failure(&failure)),
        }
    }

    /// A key for something new.
    pub(crate) async fn new_key(&self) -> Result<DataKey, Status> {
        self.parts.keyring.take().await.map_err(|fault| keyring(&fault))
    }

    /// A key that seals something already.
    pub(crate) async fn open_key(&self, key: Uuid) -> Result<DataKey, Status> {
        self.parts.keyring.open_key(key_id(key)).await.map_err(|fault| keyring(&fault))
    }
}

/// A failure of the database.
#[expect(clippy::needless_pass_by_value, reason = "made to be handed to `map_err`")]
pub(crate) fn database(error: DbError) -> Status {
    DOMAIN.database(&error)
}

/// A refusal of the rules.
#[expect(clippy::needless_pass_by_value, reason = "made to be handed to `map_err`")]
pub(crate) fn refused(refusal: Refusal) -> Status {
    DOMAIN.refuse(&refusal)
}

/// Everything that is wrong with a request.
pub(crate) fn invalid(violations: Vec<Violation>) -> Status {
    DOMAIN.invalid(violations)
}

/// A text that does not open, or could not be sealed.
pub(crate) fn seal(fault: SealFault) -> Status {
    DOMAIN.internal(&fault)
}

fn keyring(fault: &KeyringFault) -> Status {
    match fault {
        KeyringFault::Db(error) => DOMAIN.database(error),
        // What it sealed is gone for good: to everyone who asks it is not there.
        KeyringFault::Destroyed(_) => DOMAIN.not_found("key", "keys"),
        KeyringFault::Unknown(_) | KeyringFault::Locked(_) | KeyringFault::Unmade => DOMAIN.internal(fault),
    }
}
