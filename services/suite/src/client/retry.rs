//! When to try again, and how long to wait (reliability 5.9): at most three attempts, never past the caller's deadline.

use std::time::Duration;

use tonic::{Code, Status};

/// Most attempts at one call, the first included.
pub const MOST_ATTEMPTS: u32 = 3;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);
const PUSHBACK: &str = "grpc-retry-pushback-ms";

/// What the service said about coming back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushback {
    /// Nothing.
    Silent,
    /// Not before this has passed.
    After(Duration),
    /// Not at all.
    Never,
}

impl Pushback {
    /// Reads what `status` says. A value that is no number of milliseconds forbids, as gRPC has it.
    pub fn read(status: &Status) -> Self {
        match status.metadata().get(PUSHBACK) {
            None => Self::Silent,
            Some(value) => match value.to_str().ok().and_then(|text| text.parse::<u64>().ok()) {
                Some(millis) => Self::After(Duration::from_millis(millis)),
                None => Self::Never,
            },
        }
    }
}

/// How long to wait before the next attempt, or `None` when there is none.
///
/// `attempt` is the number of the one that failed, from 1. `random` spreads callers over the whole of the pause. Commands
/// carry a request id, so that repeating one is safe.
pub fn pause(attempt: u32, code: Code, pushback: Pushback, random: u64, left: Duration) -> Option<Duration> {
    if attempt >= MOST_ATTEMPTS {
        return None;
    }
    let wait = match pushback {
        Pushback::After(wait) => wait + spread(FIRST, random),
        Pushback::Silent if code == Code::Unavailable => {
            spread(FIRST.saturating_mul(1 << (attempt * 2)).min(LONGEST), random)
        }
        Pushback::Never | Pushback::Silent => return None,
    };
    (wait < left).then_some(wait)
}

/// A pause of up to `most`, evenly spread.
fn spread(most: Duration, random: u64) -> Duration {
    let micros = u64::try_from(most.as_micros()).unwrap_or(u64::MAX);
    Duration::from_micros(random % micros.max(1))
}

/// Waits before the next attempt.
#[expect(clippy::disallowed_methods, reason = "the pause between attempts is what is waited for")]
pub async fn wait(pause: Duration) {
    tokio::time::sleep(pause).await;
}
