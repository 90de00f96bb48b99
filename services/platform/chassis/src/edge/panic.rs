//! A handler that panics answers `INTERNAL`; tonic alone would reset the stream, which a caller takes for its own
//! cancellation, and print what the panic says, which may be personal (fact 0.9).

use std::{future::Future, panic::AssertUnwindSafe};

use futures::FutureExt as _;
use tonic::Status;

use crate::status::Domain;

/// Turns a panic of `work` into an answer. The hook has logged where it was.
pub(super) async fn caught<T>(
    domain: Domain,
    work: impl Future<Output = Result<T, Status>>,
) -> Result<T, Status> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_| Err(domain.fault()))
}

/// Logs where a panic was, never what it said.
pub(crate) fn install_hook() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a task panicked");
    }));
}
