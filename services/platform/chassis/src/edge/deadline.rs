//! The time a call has: what the caller gives, and no more than the server does.
//!
//! The answer is `DEADLINE_EXCEEDED`; tonic's own timeout says `CANCELLED` and takes an unreadable header for none
//! (fact 0.9). Ours ends a little earlier than tonic's, so that it is ours that answers.

use std::{future::Future, time::Duration};

use http::HeaderMap;
use tokio::time::{Instant, timeout_at};
use tonic::Status;

use super::route::Route;
use crate::{
    config::Limits,
    contract::Flow,
    status::{Domain, Reason},
    stopwatch::instant,
};

/// How much earlier than tonic's our deadline is.
const MARGIN: Duration = Duration::from_millis(2);

/// Until when the call may take; `None` for a stream whose caller sets no end.
pub(super) fn of(
    domain: Domain,
    headers: &HeaderMap,
    route: &Route<'_>,
    limits: &Limits,
    arrived: Instant,
) -> Result<Option<Instant>, Status> {
    let asked = match headers.get("grpc-timeout") {
        None => None,
        Some(value) => {
            let value = value.to_str().ok().and_then(parse);
            Some(value.ok_or_else(|| {
                domain.invalid_field(
                    "grpc-timeout",
                    Reason::InvalidTimeout.word(),
                    "must be at most eight digits and one of H, M, S, m, u, n",
                )
            })?)
        }
    };
    let cap = match route {
        Route::Declared(target) => match target.method.flow {
            Flow::Unary => Some(limits.call),
            Flow::ClientStream => Some(limits.upload),
            Flow::ServerStream | Flow::BothStream => None,
        },
        Route::Plain { .. } => None,
        Route::Unknown => Some(limits.call),
    };
    let given = match (asked, cap) {
        (Some(asked), Some(cap)) => Some(asked.saturating_sub(MARGIN).min(cap)),
        (Some(asked), None) => Some(asked.saturating_sub(MARGIN)),
        (None, cap) => cap,
    };
    Ok(given.and_then(|given| arrived.checked_add(given)))
}

/// Does `work` before the deadline, or says that it passed.
pub(super) async fn within<T>(
    domain: Domain,
    deadline: Option<Instant>,
    work: impl Future<Output = Result<T, Status>>,
) -> Result<T, Status> {
    let Some(deadline) = deadline else { return work.await };
    if instant() >= deadline {
        return Err(exceeded(domain));
    }
    timeout_at(deadline, work).await.unwrap_or_else(|_| Err(exceeded(domain)))
}

pub(super) fn exceeded(domain: Domain) -> Status {
    domain.answer(
        Reason::DeadlineExceeded,
        "the deadline passed; whether anything was done is told by the same call with the same request id",
    )
}

/// Reads `grpc-timeout`: one to eight digits and a unit.
fn parse(value: &str) -> Option<Duration> {
    let (digits, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: u64 = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(number * 3600)),
        "M" => Some(Duration::from_secs(number * 60)),
        "S" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_millis(number)),
        "u" => Some(Duration::from_micros(number)),
        "n" => Some(Duration::from_nanos(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_is_read_as_the_protocol_writes_it() {
        for (text, duration) in [
            ("1n", Duration::from_nanos(1)),
            ("0n", Duration::ZERO),
            ("20m", Duration::from_millis(20)),
            ("99999999H", Duration::from_hours(99_999_999)),
        ] {
            assert_eq!(parse(text), Some(duration), "{text}");
        }
    }

    #[test]
    fn garbage_is_not_a_timeout() {
        // G17
        for text in ["", "S", "10", "999999999S", "-1S", "+1S", "1.5S", "1s", "1 S", "é"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
