//! What the layers found out about a call before its handler runs.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;
use tonic::{Request, Status};

use crate::{caller::Caller, inspect::RequestDigest, status::Domain, trace_context::TraceContext};

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

    /// What is left of the time the caller gives, for calls made on its behalf.
    pub fn remaining(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a handler was reached without the layers")]
struct Unlayered;
