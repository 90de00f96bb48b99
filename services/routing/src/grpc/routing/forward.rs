//! Passing on many contacts: each row for itself, several at once, answered in their order.

use std::sync::Arc;

use futures::{Stream, StreamExt as _, stream};
use redress_chassis::{Call, RequestDigest, Verdicts};
use redress_kernel::{Kind, Violation};
use redress_proto::routing::v1::{self as proto, forward_contacts_response::Result as Outcome};
use tonic::{Request, Response, Status, Streaming};
use uuid::Uuid;

use super::{Streamed, record};
use crate::{app::App, command::record::RecordContact};

/// Takes every row that can be taken, and says of each other why not.
pub(super) fn contacts(
    app: &App,
    request: Request<Streaming<proto::ForwardContactsRequest>>,
) -> Result<Response<Streamed<proto::ForwardContactsResponse>>, Status> {
    let call = Call::of(&request)?;
    let verdicts = Verdicts::of(&request)?;
    let at_once = app.rows_at_once;
    let app = app.clone();
    let rows = request.into_inner();
    let answers = numbered(rows).map(move |(number, row)| {
        let (app, call, verdicts) = (app.clone(), call.clone(), verdicts.clone());
        async move {
            let row = row?;
            let violations = verdicts.take(number);
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            Ok(match violations {
                Some(violations) => refused(number, String::new(), &INVALID, violations),
                None => answer(&app, call, number, row.row).await,
            })
        }
    });
    // Within the order, and no row waits for another but in the queue of the shell.
    Ok(Response::new(answers.buffered(at_once).boxed()))
}

/// Rows with their numbers, from 1; the stream ends at the first that could not be read at all.
fn numbered(
    rows: Streaming<proto::ForwardContactsRequest>,
) -> impl Stream<Item = (u64, Result<proto::ForwardContactsRequest, Status>)> {
    stream::unfold((rows, 0_u64, false), |(mut rows, before, broken)| async move {
        if broken {
            return None;
        }
        let row = rows.next().await?;
        let broken = row.is_err();
        Some(((before + 1, row), (rows, before + 1, broken)))
    })
}

async fn answer(
    app: &App,
    mut call: Call,
    number: i64,
    row: Option<proto::ForwardedRow>,
) -> proto::ForwardContactsResponse {
    let row = row.unwrap_or_default();
    let read = match record::take(app, row.contact.as_ref(), "row.contact", true) {
        Ok(read) => read,
        Err(violations) => return refused(number, String::new(), &INVALID, violations),
    };
    let reference = read.reference().unwrap_or_default();
    let Ok(request_id) = Uuid::try_parse(&row.request_id) else {
        let wrong = Violation::new("row.request_id", "INVALID_UUID", "must be a UUID");
        return refused(number, reference, &INVALID, vec![wrong]);
    };
    call.digest = Some(Arc::new(digest(app, request_id, row.contact.as_ref())));
    // The stream lives on; one row is given as long as it takes.
    call.deadline = None;
    match record::sealed(app, &call, read).await {
        Ok(command) => carried_out(app, &call, number, reference, command).await,
        Err(_) => refused(number, reference, &NOT_NOW, Vec::new()),
    }
}

async fn carried_out(
    app: &App,
    call: &Call,
    number: i64,
    reference: String,
    command: RecordContact,
) -> proto::ForwardContactsResponse {
    match app.desk.shell().submit(call.command(command)).await {
        Ok(answer) => {
            let contact = answer.contact.unwrap_or_default();
            let outcome = contact.route.as_ref().map(|route| route.outcome).unwrap_or_default();
            let forwarded = proto::ForwardedContact {
                contact: contact.name,
                outcome,
                complaint: contact.complaint,
                already_there: answer.already_there,
                mixed_complaint: contact.mixed_complaint,
                member_letter: contact.member_letter,
            };
            proto::ForwardContactsResponse {
                row: number,
                reference,
                result: Some(Outcome::Forwarded(forwarded)),
            }
        }
        Err(failure) => {
            let Some(explanation) = failure.explain() else {
                tracing::error!(%failure, row = number, "a forwarded row could not be taken");
                return refused(number, reference, &NOT_NOW, Vec::new());
            };
            let retry = matches!(explanation.kind, Kind::NotNow | Kind::Exhausted | Kind::LostRace);
            let why = Why { reason: explanation.reason, message: explanation.message.clone(), retry };
            let mut answer = refused(number, reference, &why, explanation.violations);
            if let Some(Outcome::Refused(refusal)) = &mut answer.result {
                refusal.citations =
                    explanation.citations.iter().map(redress_chassis::wire::citation).collect();
            }
            answer
        }
    }
}

/// Why a row is not taken.
struct Why<M = String> {
    reason: &'static str,
    message: M,
    retry: bool,
}

const INVALID: Why<&str> = Why { reason: "INVALID_REQUEST", message: "the row is not valid", retry: false };

const NOT_NOW: Why<&str> =
    Why { reason: "NOT_AVAILABLE", message: "the row could not be taken now; send it again", retry: true };

fn refused<M: ToString>(
    number: i64,
    reference: String,
    why: &Why<M>,
    violations: Vec<Violation>,
) -> proto::ForwardContactsResponse {
    // Where all that is wrong is of one kind, that is the reason, as in every other answer.
    let reason = match violations.as_slice() {
        [first, rest @ ..] if rest.iter().all(|other| other.reason == first.reason) => first.reason,
        _ => why.reason,
    };
    let violation = |violation: Violation| proto::RowViolation {
        field: violation.field,
        reason: violation.reason.to_owned(),
        description: violation.description,
    };
    let refusal = proto::RowRefusal {
        reason: reason.to_owned(),
        message: why.message.to_string(),
        violations: violations.into_iter().map(violation).collect(),
        citations: Vec::new(),
        retry: why.retry,
    };
    proto::ForwardContactsResponse { row: number, reference, result: Some(Outcome::Refused(refusal)) }
}

/// What the request id of a row stands for: the row. The inspector digests single requests only.
fn digest(app: &App, request_id: Uuid, contact: Option<&proto::Contact>) -> RequestDigest {
    let mut message = b"row\0".to_vec();
    message.extend(contact.map(prost::Message::encode_to_vec).unwrap_or_default());
    let mut short = [0; 16];
    for (to, from) in short.iter_mut().zip(app.fingerprints.of(&message)) {
        *to = from;
    }
    RequestDigest { request_id, fields: vec![("row.contact", short)] }
}
