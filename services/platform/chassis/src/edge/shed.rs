//! As many calls at once as the process can carry; the rest is told when to come back, before it costs anything.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tonic::Status;

use crate::{
    config::Limits,
    contract::Flow,
    status::{Details, Domain, Reason},
};

/// When a call that was turned away should come back.
const AGAIN: Duration = Duration::from_millis(250);

/// A place among the running calls, given back when the answer has left.
pub(super) type Permit = OwnedSemaphorePermit;

/// Counts the calls that run. Streams have places of their own: they stay long and do little.
pub(super) struct Shed {
    short: Arc<Semaphore>,
    long: Arc<Semaphore>,
    queue: Duration,
}

impl Shed {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            short: Arc::new(Semaphore::new(limits.calls)),
            long: Arc::new(Semaphore::new(limits.long_calls)),
            queue: limits.queue,
        }
    }

    /// Takes a place, waiting no longer than the queue is worth.
    pub(super) async fn enter(&self, domain: Domain, flow: Flow) -> Result<Permit, Status> {
        let places = if flow == Flow::Unary { &self.short } else { &self.long };
        if let Ok(permit) = places.clone().try_acquire_owned() {
            return Ok(permit);
        }
        match timeout(self.queue, places.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            // The semaphore is never closed; a full queue and a closed one would be told alike.
            Ok(Err(_)) | Err(_) => Err(overloaded(domain)),
        }
    }
}

fn overloaded(domain: Domain) -> Status {
    Details::new(domain, Reason::Overloaded.code(), Reason::Overloaded)
        .quota("calls", "as many calls run as the service can carry")
        .retry(AGAIN)
        .say("too many calls at once; try again")
}
