//! A kernel explanation as a status.

use std::time::Duration;

use redress_kernel::{Explanation, Kind, Violation};
use tonic::{Code, Status};

use super::{Details, Domain, Reason};

/// What a caller who lost a race, or came at a bad moment, should wait before the next try.
const SOON: Duration = Duration::from_millis(100);

pub(super) fn render(domain: Domain, explanation: &Explanation) -> Status {
    let mut details = Details::because(domain, code(explanation.kind), explanation.reason);
    for (key, value) in &explanation.metadata {
        details = details.with(key, value);
    }
    if !explanation.violations.is_empty() {
        details = details.violations(explanation.violations.clone());
    }
    let details = match explanation.kind {
        Kind::Precondition => {
            details.precondition(explanation.reason, explanation.stage.as_ref(), &explanation.message)
        }
        Kind::NotFound | Kind::AlreadyExists => resource(details, explanation),
        Kind::LostRace | Kind::NotNow => details.retry(SOON),
        Kind::Exhausted => details.quota(explanation.reason, &explanation.message),
        Kind::Invalid | Kind::Forbidden | Kind::OutOfRange => details,
    };
    details.citations(&explanation.citations).say(&explanation.message)
}

/// Refusals name the resource by the metadata key `name` and its kind by `kind`.
fn resource(details: Details, explanation: &Explanation) -> Details {
    let find = |wanted: &str| {
        explanation.metadata.iter().find(|(key, _)| *key == wanted).map_or("", |(_, value)| value.as_str())
    };
    let name = find("name");
    if name.is_empty() {
        return details;
    }
    let kind = match find("kind") {
        "" => name.split('/').next().unwrap_or_default(),
        kind => kind,
    };
    details.resource(kind, name)
}

pub(super) fn invalid(domain: Domain, violations: Vec<Violation>) -> Status {
    let mut reasons: Vec<&str> = violations.iter().map(|violation| violation.reason).collect();
    reasons.sort_unstable();
    reasons.dedup();
    // One reason for all of them is the reason; several are told apart field by field.
    let reason = match reasons.as_slice() {
        [only] => *only,
        _ => Reason::InvalidRequest.word(),
    };
    let message = match violations.as_slice() {
        [only] => format!("{}: {}", only.field, only.description),
        several => format!("{} fields of the request are wrong", several.len()),
    };
    Details::because(domain, Code::InvalidArgument, reason).violations(violations).say(&message)
}

fn code(kind: Kind) -> Code {
    match kind {
        Kind::Invalid => Code::InvalidArgument,
        Kind::Precondition => Code::FailedPrecondition,
        Kind::AlreadyExists => Code::AlreadyExists,
        Kind::NotFound => Code::NotFound,
        Kind::Forbidden => Code::PermissionDenied,
        Kind::LostRace => Code::Aborted,
        Kind::NotNow => Code::Unavailable,
        Kind::Exhausted => Code::ResourceExhausted,
        Kind::OutOfRange => Code::OutOfRange,
    }
}
