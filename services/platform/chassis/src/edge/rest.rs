//! What is left of a request that was answered before it was read to its end: read and thrown away, within bounds.
//!
//! A body that is dropped resets its stream, and what its caller had sent already then arrives at a stream that is no more. HTTP/2
//! counts that as an error, and hangs up on a connection with too many of them (fact 0.7), and so on everyone who shares it,
//! such as all callers behind a gateway. So a small body is read in the background; the answer does not wait for it.

use std::time::Duration;

use http_body::Body as _;
use http_body_util::BodyExt as _;
use tokio::{runtime::Handle, time::timeout};
use tokio_util::task::TaskTracker;
use tonic::body::Body;

/// As much is read: what a caller may have sent before it hears anything, which is the window of a stream.
const MOST: usize = 64 * 1024;
/// For as long.
const LONGEST: Duration = Duration::from_secs(1);

/// Reads what is left of `body`.
pub(super) fn read(body: Body, calls: &TaskTracker) {
    // There is no runtime any more where a call is dropped with it.
    if body.is_end_stream() || Handle::try_current().is_err() {
        return;
    }
    calls.spawn(async move {
        // What takes longer is dropped, and its stream reset.
        let _ = timeout(LONGEST, all(body)).await;
    });
}

async fn all(mut body: Body) {
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, bytes::Bytes::len);
        if read > MOST {
            return;
        }
    }
}
