//! What the handlers of a service share: its parts, its shell, and the statuses of what goes wrong with either.

use jiff::civil::Date;
use redress_journal::shell::{Command, Shell, World};
use redress_kernel::{Id, Refusal};
use redress_store::{
    DataKey, Tx,
    keyring::KeyringFault,
    sealed::{self, Sealed},
};
use tonic::{Response, Status};
use uuid::Uuid;

use crate::{call::Call, service::Parts, status::Domain};

/// What the handlers of a service share. Clones are cheap.
pub struct Desk<W: World> {
    /// The domain of its answers.
    pub domain: Domain,
    /// What the chassis made.
    pub parts: Parts,
    shell: Shell<W>,
}

impl<W: World> Clone for Desk<W> {
    fn clone(&self) -> Self {
        Self { domain: self.domain, parts: self.parts.clone(), shell: self.shell.clone() }
    }
}

impl<W: World> Desk<W> {
    /// The desk of a service.
    pub fn new(domain: Domain, parts: Parts, shell: Shell<W>) -> Self {
        Self { domain, parts, shell }
    }

    /// Carries out commands that no caller asked for.
    pub const fn shell(&self) -> &Shell<W> {
        &self.shell
    }

    /// The civil date in London.
    pub fn today(&self) -> Date {
        self.parts.clock.today()
    }

    /// A fresh id.
    pub fn fresh<K>(&self) -> Id<K> {
        Id::fresh(self.parts.ids.as_ref())
    }

    /// Begins to read.
    pub async fn read(&self) -> Result<Tx, Status> {
        self.parts.database.read().await.map_err(|error| self.domain.database(&error))
    }

    /// Has a command carried out and answers it. `thing` is what it changes, where that exists.
    pub async fn submit<C>(
        &self,
        call: &Call,
        thing: Option<Uuid>,
        command: C,
    ) -> Result<Response<C::Answer>, Status>
    where
        C: Command<W>,
        C::Refusal: Refusal,
    {
        let mut wrapped = call.command(command);
        wrapped.partition = thing;
        match self.shell.submit(wrapped).await {
            Ok(answer) => Ok(Response::new(answer)),
            Err(failure) => Err(self.domain.failure(&failure)),
        }
    }

    /// A key for something new.
    pub async fn new_key(&self) -> Result<DataKey, Status> {
        self.parts.keyring.take().await.map_err(|fault| self.keyring(&fault))
    }

    /// A key that seals something already.
    pub async fn open_key(&self, key: Uuid) -> Result<DataKey, Status> {
        self.parts.keyring.open_key(Id::new(key)).await.map_err(|fault| self.keyring(&fault))
    }

    /// A text under seal, opened for a caller who was found to see what it belongs to; nothing if there is none. Who read
    /// what is personal is on record, by ids only.
    pub async fn opened(
        &self,
        call: &Call,
        part: &'static str,
        subject: Uuid,
    ) -> Result<Option<Vec<u8>>, Status> {
        let mut tx = self.read().await?;
        let found =
            sealed::find(&mut tx, subject, part).await.map_err(|error| self.domain.database(&error))?;
        drop(tx);
        let Some(found) = found else { return Ok(None) };
        let text = self.unseal(part, &found).await?;
        tracing::info!(subject.id = %subject, part, caller = %call.caller.subject, "a sealed text was read");
        Ok(Some(text))
    }

    /// The text in `sealed`.
    pub async fn unseal(&self, part: &'static str, sealed: &Sealed) -> Result<Vec<u8>, Status> {
        let key = self.open_key(sealed.key).await?;
        sealed::open(&key, part, sealed).map_err(|fault| self.domain.internal(&fault))
    }

    fn keyring(&self, fault: &KeyringFault) -> Status {
        match fault {
            KeyringFault::Db(error) => self.domain.database(error),
            // What it sealed is gone for good: to everyone who asks it is not there.
            KeyringFault::Destroyed(_) => self.domain.not_found("key", "keys"),
            KeyringFault::Unknown(_) | KeyringFault::Locked(_) | KeyringFault::Unmade => {
                self.domain.internal(fault)
            }
        }
    }
}
