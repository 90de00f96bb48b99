//! Whether a service may be called. After a restore it may not, before everything that was erased since the backup is erased
//! again (reliability D35): until then it would give back what is gone.

use std::sync::Arc;

use tokio::sync::watch;
use tonic::Status;

use crate::status::{Domain, Reason};

/// Whether a service may be called. Clones share it.
#[derive(Clone, Debug)]
pub struct Gate(Arc<watch::Sender<Standing>>);

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Open,
    /// Not yet: what was erased since the backup is being erased again.
    Replaying,
    /// Not before a person has acted; why.
    Frozen(String),
}

impl Gate {
    /// A gate that stands like this.
    pub fn new(standing: Standing) -> Self {
        Self(Arc::new(watch::Sender::new(standing)))
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        self.0.borrow().clone()
    }

    /// Whether the service may be called.
    pub fn is_open(&self) -> bool {
        *self.0.borrow() == Standing::Open
    }

    /// Moves it.
    pub(crate) fn set(&self, standing: Standing) {
        self.0.send_replace(standing);
    }

    /// Waits until the service may be called, which may be never.
    pub async fn opened(&self) {
        let mut watching = self.0.subscribe();
        if watching.wait_for(|standing| *standing == Standing::Open).await.is_err() {
            // Cannot be: this handle keeps the sender alive.
            std::future::pending::<()>().await;
        }
    }

    pub(crate) fn check(&self, domain: Domain) -> Result<(), Status> {
        let message = match &*self.0.borrow() {
            Standing::Open => return Ok(()),
            Standing::Replaying => {
                "the service was restored, and erases again what was erased since the backup; try again in a moment"
            }
            Standing::Frozen(_) => {
                "the database of the service is older than what was erased from it, or its erasure ledger is missing; it answers \
                 nothing before its operator has restored it"
            }
        };
        Err(domain.answer(Reason::RestoreInProgress, message))
    }
}
