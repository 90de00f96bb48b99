//! What one service learns of another comes by a feed: it is asked for until it is there.

use std::time::Duration;

use tokio::time::interval;

use crate::client::Failure;

/// How often to ask, and how many times.
const LOOK: Duration = Duration::from_millis(50);
const LOOKS: usize = 400;

/// Asks until there is an answer; a thing that is not known yet is none.
pub(super) async fn awaited<T>(ask: impl AsyncFn() -> Result<Option<T>, Failure>) -> Result<T, Failure> {
    let mut looks = interval(LOOK);
    for _ in 0..LOOKS {
        looks.tick().await;
        match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Err(failure) if failure.reason() != "NOT_FOUND" => return Err(failure),
            Ok(None) | Err(_) => {}
        }
    }
    Err(Failure::Unsound("one service did not learn what another published".to_owned()))
}
