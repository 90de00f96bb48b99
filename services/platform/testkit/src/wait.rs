//! Waiting for a condition, never for a while.

use std::{future::Future, time::Duration};

use tokio::time::{interval, timeout};

/// How long a condition may take before the test fails.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often a condition that cannot be awaited is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// Waits until `condition` holds.
///
/// # Panics
/// When it does not in a minute; `what` says what was waited for.
pub async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    ready(what, async {
        let mut looks = interval(LOOK);
        while !condition() {
            looks.tick().await;
        }
    })
    .await;
}

/// Waits until `condition`, which asks someone, answers yes.
///
/// # Panics
/// As [`until`].
pub async fn until_async<F: Future<Output = bool>>(what: &str, mut condition: impl FnMut() -> F) {
    ready(what, async {
        let mut looks = interval(LOOK);
        while !condition().await {
            looks.tick().await;
        }
    })
    .await;
}

/// Waits for `future`.
///
/// # Panics
/// As [`until`].
#[expect(clippy::panic, reason = "a test that waits in vain fails")]
pub async fn ready<T>(what: &str, future: impl Future<Output = T>) -> T {
    timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}
