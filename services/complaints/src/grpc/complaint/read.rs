//! Reading one complaint or letter.

use bytes::Bytes;
use complaints_domain::{ComplaintId, LetterId, complaint::letter, id};
use prost::Message as _;
use redress_chassis::{Call, Parse, wire, wire::Telling};
use redress_proto::complaints::v1 as proto;
use redress_store::{Tx, sealed};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    pinned::pinned,
    reading::{Found, Question},
    render,
    seal::{Part, open},
    statement,
    store::{self, complaint::Complaint},
};

/// One complaint, encoded; with its statement when that was asked for.
pub(super) async fn complaint(
    app: &App,
    call: &Call,
    request: &proto::GetComplaintRequest,
) -> Result<Response<Bytes>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Complaint>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let today = app.desk.today();

    let telling = match request.view() {
        proto::ComplaintView::Unspecified | proto::ComplaintView::Basic => Telling::Dates,
        proto::ComplaintView::Derived | proto::ComplaintView::Full => Telling::Derivation,
    };
    let question = Question { complaint: id, caller: App::organisation(call), today, telling };
    let answer = match app.complaints.ask(question).await.map_err(app::database)? {
        Found::Nothing => return Err(DOMAIN.not_found("complaint", &id.name())),
        Found::Rendered(answer) => answer,
        Found::Rows(row, procedure) => {
            let procedure = procedure.as_deref();
            let rendered = render::complaint::render(&row, procedure, &app.rulebook, today, telling);
            let answer = Bytes::from(rendered.map_err(app::refused)?.encode_to_vec());
            app.rendered.remember(&row, question, answer.clone());
            answer
        }
    };
    match request.view() {
        proto::ComplaintView::Unspecified | proto::ComplaintView::Basic | proto::ComplaintView::Derived => {
            Ok(Response::new(answer))
        }
        proto::ComplaintView::Full => with_statement(app, call, id, &answer).await,
    }
}

/// What is personal is read for each who asks, and put behind the rest: fields of a message may come in any order.
async fn with_statement(
    app: &App,
    call: &Call,
    id: ComplaintId,
    answer: &[u8],
) -> Result<Response<Bytes>, Status> {
    let words = app.desk.opened(call, Part::Statement.as_str(), id.uuid()).await?;
    let statement = words.and_then(|words| statement::decode(&words));
    let personal = proto::Complaint { statement, ..proto::Complaint::default() };
    Ok(Response::new([answer, &personal.encode_to_vec()].concat().into()))
}

/// One letter with its text.
pub(super) async fn letter(
    app: &App,
    call: &Call,
    request: &proto::GetLetterRequest,
) -> Result<Response<proto::Letter>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Letter>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let (row, text) = letter_and_text(app, call, id).await?;
    let on_file = row.state.case().and_then(|case| case.file.letter(id)).ok_or_else(|| no_letter(id))?;
    let mut rendered = render::complaint::render_letter(&row, on_file);
    rendered.text = text;
    Ok(Response::new(rendered))
}

/// What a final response must say.
pub(super) async fn signposting(
    app: &App,
    call: &Call,
    request: &proto::GetSignpostingRequest,
) -> Result<Response<proto::GetSignpostingResponse>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Complaint>("name", &request.name);
    let issued_on = parse.date("issued_on", request.issued_on.as_ref());
    let (id, issued_on) = parse.finish(id.zip(issued_on)).map_err(app::invalid)?;

    let mut tx = app.desk.read().await?;
    let row = visible(&mut tx, call, id).await?;
    drop(tx);
    let rulebook = &app.rulebook;
    let pack = pinned(rulebook, &row.state, id).map_err(app::refused)?;
    let required = letter::required(&row.state, pack, &rulebook.library, &rulebook.calendars, issued_on)
        .map_err(app::refused)?;
    let signposting = required.signposting;
    Ok(Response::new(proto::GetSignpostingResponse {
        version: signposting.as_ref().map(|text| text.version.to_string()).unwrap_or_default(),
        stand_in: signposting.as_ref().is_some_and(|text| text.stand_in),
        text: signposting.map(|text| text.words).unwrap_or_default(),
        window_advice: required.window_advice.unwrap_or_default(),
        citations: required.citations.iter().map(wire::citation).collect(),
    }))
}

/// A letter the caller may see, with its complaint.
pub(super) async fn letter_and_text(
    app: &App,
    call: &Call,
    id: LetterId,
) -> Result<(Complaint, String), Status> {
    let mut tx = app.desk.read().await?;
    let complaint = store::letter::find_complaint(&mut tx, id).await.map_err(app::database)?;
    let complaint = complaint.ok_or_else(|| no_letter(id))?;
    let row = store::complaint::find_visible(&mut tx, complaint, App::organisation(call)).await;
    let row = row.map_err(app::database)?.ok_or_else(|| no_letter(id))?;
    let sealed = sealed::find(&mut tx, id.uuid(), Part::LetterText.as_str()).await.map_err(app::database)?;
    let sealed = sealed.ok_or_else(|| no_letter(id))?;
    drop(tx);
    let key = app.desk.open_key(sealed.key).await?;
    let text = open(&key, Part::LetterText, &sealed).map_err(app::database)?;
    let text = String::from_utf8(text).map_err(|error| DOMAIN.internal(&error.utf8_error()))?;
    tracing::info!(letter.id = %id, subject = %call.caller.subject, "a letter was read");
    Ok((row, text))
}

/// A complaint the caller may see.
pub(super) async fn visible(tx: &mut Tx, call: &Call, id: ComplaintId) -> Result<Complaint, Status> {
    let row = store::complaint::find_visible(tx, id, App::organisation(call)).await.map_err(app::database)?;
    row.ok_or_else(|| DOMAIN.not_found("complaint", &id.name()))
}

pub(super) fn no_letter(id: LetterId) -> Status {
    DOMAIN.not_found("letter", &id.name())
}
