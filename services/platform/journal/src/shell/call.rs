//! A command together with who asks for it, and under which request id.

use std::collections::BTreeMap;

use tokio::time::Instant;
use uuid::Uuid;

use crate::{append::Origin, entry::Actor};

/// A command on its way into the shell.
#[derive(Clone, Debug)]
pub struct Call<C> {
    /// Who asks.
    pub actor: Actor,
    /// The request id and what it was used for; none for what the service does by itself.
    pub request: Option<Request>,
    /// The entry that made it happen, when one did.
    pub causation: Option<Uuid>,
    /// W3C trace context; empty when there is none.
    pub traceparent: String,
    /// When the caller stops waiting; the command is not begun after that.
    pub deadline: Option<Instant>,
    /// The thing that the command changes; none while it does not exist yet.
    pub partition: Option<Uuid>,
    /// What is asked for.
    pub command: C,
}

/// One use of a request id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The caller's id for the request; ids of different organisations never meet.
    pub id: Uuid,
    /// Full name of the rpc.
    pub method: &'static str,
    /// A keyed digest of each top-level field that was set, by the field's name. The fields themselves may be personal
    /// data and are not kept.
    pub digests: BTreeMap<String, Vec<u8>>,
}

impl<C> Call<C> {
    /// A call without request id, trace, deadline or thing, to be filled in.
    pub const fn new(actor: Actor, command: C) -> Self {
        Self {
            actor,
            request: None,
            causation: None,
            traceparent: String::new(),
            deadline: None,
            partition: None,
            command,
        }
    }

    /// What the entries of this call have in common.
    pub(super) fn origin(&self) -> Origin {
        Origin {
            actor: self.actor.clone(),
            request: self.request.as_ref().map(|request| request.id),
            causation: self.causation,
            traceparent: self.traceparent.clone(),
        }
    }
}
