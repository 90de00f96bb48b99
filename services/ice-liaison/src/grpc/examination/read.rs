//! Reading examinations, with every text on them; the right to go to ICE; and the papers.

use ice_liaison_domain::{CaseRecord, admissibility::admissibility as judge, id};
use redress_chassis::{Call, Paging, Parse, wire::Telling};
use redress_proto::ice_liaison::v1 as proto;
use tonic::{Response, Status};
use uuid::Uuid;

use crate::{
    app::{self, App, DOMAIN},
    command::pinned::pinned,
    convert,
    part::Part,
    render,
    store::{self, examination::Examination},
};

pub(super) async fn admissibility(
    app: &App,
    call: &Call,
    request: &proto::ExplainAdmissibilityRequest,
) -> Result<Response<proto::ExplainAdmissibilityResponse>, Status> {
    let mut parse = Parse::new();
    let complaint = parse.name::<id::Complaint>("complaint", &request.complaint);
    let referred_on = parse.date("referred_on", request.referred_on.as_ref());
    let (complaint, referred_on) = parse.finish(complaint.zip(referred_on)).map_err(app::invalid)?;
    let record = record(app, call, complaint).await?;
    let pack = pinned(&app.rulebook, &record.pack, complaint).map_err(app::refused)?;
    let found = judge(&record, referred_on, pack, &app.rulebook.calendars).map_err(app::refused)?;
    let admissibility = Some(render::admissibility::admissibility(&found, Telling::Derivation));
    Ok(Response::new(proto::ExplainAdmissibilityResponse { admissibility }))
}

pub(super) async fn get(
    app: &App,
    call: &Call,
    request: &proto::GetExaminationRequest,
) -> Result<Response<proto::Examination>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Examination>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = store::examination::find_visible(&mut tx, id, App::organisation(call)).await;
    let row = row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("examination", &id.name()))?;
    let record = store::record::find_many(&mut tx, vec![row.complaint]).await.map_err(app::database)?.pop();
    drop(tx);
    let record = record.map(|record| record.case);
    let today = app.desk.today();
    let rendered =
        render::examination::examination(&row, record.as_ref(), &app.rulebook, today, Telling::Derivation);
    let mut rendered = rendered.map_err(app::refused)?;
    open_texts(app, call, &row, &mut rendered).await?;
    Ok(Response::new(rendered))
}

/// Opens every text of a case, on record.
async fn open_texts(
    app: &App,
    call: &Call,
    row: &Examination,
    into: &mut proto::Examination,
) -> Result<(), Status> {
    let Some(case) = row.state.case() else { return Ok(()) };
    for (letter, into) in case.file.letters.iter().zip(&mut into.letters) {
        into.body = text(app, call, Part::LetterBody, letter.id.uuid()).await?;
    }
    for (it, into) in case.file.recommendations.iter().zip(&mut into.recommendations) {
        into.text = text(app, call, Part::Recommendation, it.id.uuid()).await?;
    }
    if let Some(report) = &mut into.report {
        report.summary = text(app, call, Part::Summary, row.id.uuid()).await?;
    }
    let mut tx = app.desk.read().await?;
    let numbered = (1..=row.version).map(|version| Part::Statement.at(version)).collect();
    let found = redress_store::sealed::find_many(&mut tx, row.id.uuid(), numbered).await;
    let mut found = found.map_err(app::database)?;
    drop(tx);
    found.sort_by_key(|sealed| sealed.part.rsplit(':').next().and_then(|number| number.parse::<i64>().ok()));
    for (sealed, into) in found.iter().zip(&mut into.accounts) {
        let opened = app.desk.unseal(Part::Statement.as_str(), sealed).await?;
        into.statement = String::from_utf8_lossy(&opened).into_owned();
    }
    Ok(())
}

async fn text(app: &App, call: &Call, part: Part, subject: Uuid) -> Result<String, Status> {
    let opened = app.desk.opened(call, part.as_str(), subject).await?;
    Ok(opened.map(|text| String::from_utf8_lossy(&text).into_owned()).unwrap_or_default())
}

pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListExaminationsRequest,
) -> Result<Response<proto::ListExaminationsResponse>, Status> {
    let mut parse = Parse::new();
    let complaint = parse.optional_name::<id::Complaint>("complaint", &request.complaint);
    let complaint = parse.finish(Some(complaint)).map_err(app::invalid)?;
    let stage = convert::read_stage(request.stage);
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let (caller, before) = (App::organisation(call), paging.before());
    let rows = store::examination::page(&mut tx, before, caller, (complaint, stage), paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    drop(tx);
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let today = app.desk.today();
    let render =
        |row: &Examination| render::examination::examination(row, None, &app.rulebook, today, Telling::Dates);
    let examinations = rows.iter().map(render).collect::<Result<_, _>>().map_err(app::refused)?;
    Ok(Response::new(proto::ListExaminationsResponse { examinations, next_page_token }))
}

pub(super) async fn papers(
    app: &App,
    call: &Call,
    request: &proto::ListPapersRequest,
) -> Result<Response<proto::ListPapersResponse>, Status> {
    let mut parse = Parse::new();
    let complaint = parse.name::<id::Complaint>("complaint", &request.complaint);
    let complaint = parse.finish(complaint).map_err(app::invalid)?;
    let record = record(app, call, complaint).await?;
    let papers = record.papers.iter().map(render::examination::paper).collect();
    Ok(Response::new(proto::ListPapersResponse { papers }))
}

/// The record of a complaint that the caller sees.
async fn record(
    app: &App,
    call: &Call,
    complaint: ice_liaison_domain::ComplaintId,
) -> Result<CaseRecord, Status> {
    let mut tx = app.desk.read().await?;
    let found = store::record::find_visible(&mut tx, complaint, App::organisation(call)).await;
    let found = found.map_err(app::database)?;
    found.map(|record| record.case).ok_or_else(|| DOMAIN.not_found("complaint", &complaint.name()))
}
