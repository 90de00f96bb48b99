//! Recommendations.

use std::collections::HashMap;

use ice_liaison_domain::{RecommendationId, examination::Command, id};
use redress_chassis::{Call, Parse, etag, parse::optional_text};
use redress_proto::ice_liaison::v1 as proto;
use tonic::{Response, Status};

use super::page::Page;
use crate::{
    app::{self, App, DOMAIN},
    command::act::{Act, OnRecommendation},
    grpc::examination::papers,
    render,
    store::{self, index::NEVER},
};

pub(super) async fn assign(
    app: &App,
    call: &Call,
    request: &proto::AssignRecommendationRequest,
) -> Result<Response<proto::Recommendation>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let recommendation = parse.name::<id::Recommendation>("name", &request.name);
    let due_on = parse.date("due_on", request.due_on.as_ref());
    let (recommendation, due_on) = parse.finish(recommendation.zip(due_on)).map_err(app::invalid)?;
    let owner = optional_text(&request.owner).unwrap_or_default();
    let command = Command::AssignRecommendation { recommendation, owner, due_on };
    act(app, call, recommendation, expected, command).await
}

pub(super) async fn complete(
    app: &App,
    call: &Call,
    request: &proto::CompleteRecommendationRequest,
) -> Result<Response<proto::Recommendation>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let recommendation = parse.name::<id::Recommendation>("name", &request.name);
    let completed_on = parse.date("completed_on", request.completed_on.as_ref());
    let evidence = papers(&mut parse, &request.evidence);
    let procedure = parse.optional_name::<id::Procedure>("procedure", &request.procedure);
    let read = recommendation.zip(completed_on).zip(evidence);
    let ((recommendation, completed_on), evidence) = parse.finish(read).map_err(app::invalid)?;
    let command = Command::CompleteRecommendation { recommendation, completed_on, evidence, procedure };
    act(app, call, recommendation, expected, command).await
}

async fn act(
    app: &App,
    call: &Call,
    recommendation: RecommendationId,
    expected: Option<i64>,
    command: Command,
) -> Result<Response<proto::Recommendation>, Status> {
    let mut tx = app.desk.read().await?;
    let found = store::index::find_recommendation(&mut tx, recommendation, App::organisation(call)).await;
    drop(tx);
    let found = found.map_err(app::database)?;
    let examination = found.ok_or_else(|| DOMAIN.not_found("recommendation", &recommendation.name()))?;
    let act = Act {
        rulebook: app.rulebook.clone(),
        caller: Some(App::organisation(call)),
        examination,
        expected,
        command,
        texts: Vec::new(),
        note: None,
    };
    app.desk.submit(call, Some(examination.uuid()), OnRecommendation { act, recommendation }).await
}

pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListRecommendationsRequest,
) -> Result<Response<proto::ListRecommendationsResponse>, Status> {
    let page = Page::of(app, call, request)?;
    let mut tx = app.desk.read().await?;
    let asked = page.asked(!request.include_done, NEVER);
    let mut rows = store::index::recommendations(&mut tx, asked).await.map_err(app::database)?;
    let next_page_token = page.cut(&mut rows);
    let ids = rows.iter().map(|row| row.examination).collect();
    let cases = store::examination::find_many(&mut tx, ids).await.map_err(app::database)?;
    drop(tx);
    let cases: HashMap<_, _> = cases.into_iter().map(|row| (row.id, row)).collect();
    let today = app.desk.today();
    let rendered = rows.iter().filter_map(|row| {
        let case = cases.get(&row.examination)?.state.case()?;
        let found = case.file.recommendations.iter().find(|known| known.id.uuid() == row.thing)?;
        Some(render::recommendation::recommendation(row.examination, found, today))
    });
    Ok(Response::new(proto::ListRecommendationsResponse {
        recommendations: rendered.collect(),
        next_page_token,
    }))
}
