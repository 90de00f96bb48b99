//! What the layers found out about a call before its handler runs.

use std::{sync::Arc, time::Duration};

use http::HeaderValue;
use redress_journal::{Actor, shell};
use tokio::time::Instant;
use tonic::{Request, Status};

use crate::{
    caller::Caller, inspect::RequestDigest, status::Domain, stopwatch::instant, trace_context::TraceContext,
};

/// One call: who, until when, and under which trace. The layers put it into the request's extensions.
#[derive(Clone, Debug)]
pub struct Call {
    /// The verified identity.
    pub caller: Arc<Caller>,
    /// When the caller stops waiting, or the server does.
    pub deadline: Option<Instant>,
    /// The trace this call belongs to, to be carried through the journal.
    pub trace: TraceContext,
    /// Digests of the fields of a mutating request, by which a repeated `request_id` is told from a reused one.
    pub digest: Option<Arc<RequestDigest>>,
    /// What the caller proved its identity with, to be shown to peers that are asked on its behalf; hidden in debug output.
    pub(crate) authorization: HeaderValue,
    /// Full name of the rpc, such as `redress.complaints.v1.ComplaintService/RegisterComplaint`.
    pub method: &'static str,
}

impl Call {
    /// The call behind `request`.
    ///
    /// # Errors
    /// `INTERNAL` when the layers have not run, which is a fault of the wiring and never of the caller.
    pub fn of<T>(request: &Request<T>) -> Result<Self, Status> {
        request.extensions().get::<Self>().cloned().ok_or_else(|| Domain::CHASSIS.internal(&Unlayered))
    }

    /// Who does it, as the journal records it.
    pub fn actor(&self) -> Actor {
        Actor { organisation: Some(self.caller.organisation), subject: self.caller.subject.clone() }
    }

    /// The use of a request id that this call is, for the command shell; none for a call that changes nothing.
    pub fn request(&self) -> Option<shell::Request> {
        let digest = self.digest.as_ref()?;
        let digests =
            digest.fields.iter().map(|(name, digest)| ((*name).to_owned(), digest.to_vec())).collect();
        Some(shell::Request { id: digest.request_id, method: self.method, digests })
    }

    /// The call with everything the command shell wants to know, around `command`.
    pub fn command<C>(&self, command: C) -> shell::Call<C> {
        let mut call = shell::Call::new(self.actor(), command);
        call.request = self.request();
        call.traceparent = self.trace.to_string();
        call.deadline = self.deadline;
        call
    }

    /// What is left of the time the caller gives, for calls made on its behalf.
    pub fn remaining(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(instant()))
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a handler was reached without the layers")]
struct Unlayered;
