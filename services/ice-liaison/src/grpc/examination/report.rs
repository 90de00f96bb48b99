//! ICE's report, with what it recommends.

use ice_liaison_domain::{
    RecommendationId,
    examination::{Command, Element, NewRecommendation, NewReport, Outcome},
};
use jiff::civil::Date;
use redress_chassis::{Call, Parse, parse::optional_text};
use redress_kernel::Digest;
use redress_proto::ice_liaison::v1 as proto;
use tonic::{Response, Status};

use super::asked;
use crate::{app::App, command::act::Act, convert, grpc::sealing, part::Part};

struct Read {
    decided_on: Date,
    outcome: Outcome,
    elements: Vec<Element>,
    digest: Option<Digest>,
    recommendations: Vec<NewRecommendation>,
}

pub(super) async fn record(
    app: &App,
    call: &Call,
    request: &proto::RecordReportRequest,
) -> Result<Response<proto::Examination>, Status> {
    let asked = asked(&request.name, &request.etag, |parse| read(app, parse, request))?;
    let Read { decided_on, outcome, elements, digest, recommendations } = asked.rest;
    let mut texts = Vec::new();
    let key = sealing::key_of(app, call, asked.id).await?;
    let summary = request.report.as_ref().map(|report| report.summary.as_str()).unwrap_or_default();
    texts.extend(sealing::sealed(&key, Part::Summary, asked.id.uuid(), summary)?);
    for (new, said) in recommendations.iter().zip(&request.recommendations) {
        texts.extend(sealing::sealed(&key, Part::Recommendation, new.id.uuid(), &said.text)?);
    }
    let command = Act {
        rulebook: app.rulebook.clone(),
        caller: Some(App::organisation(call)),
        examination: asked.id,
        expected: asked.expected,
        command: Command::IssueReport(NewReport { decided_on, outcome, elements, digest, recommendations }),
        texts,
        note: None,
    };
    app.desk.submit(call, Some(asked.id.uuid()), command).await
}

fn read(app: &App, parse: &mut Parse, request: &proto::RecordReportRequest) -> Option<Read> {
    let report = parse.message("report", request.report.as_ref());
    let recommendations: Vec<Option<NewRecommendation>> = (0..)
        .zip(&request.recommendations)
        .map(|(at, said)| recommendation(parse, at, said, app.desk.fresh()))
        .collect();
    let report = report?;
    let decided_on = parse.date("report.decided_on", report.decided_on.as_ref());
    let outcome = parse.chosen("report.outcome", convert::read_outcome(report.outcome));
    let elements: Vec<Option<Element>> =
        (0..).zip(&report.elements).map(|(at, said)| element(parse, at, *said)).collect();
    let digest = if report.sha256.is_empty() { Ok(None) } else { Digest::parse(&report.sha256).map(Some) };
    if let Err(invalid) = &digest {
        parse.fault("report.sha256", "NOT_ALLOWED", &invalid.to_string());
    }
    Some(Read {
        decided_on: decided_on?,
        outcome: outcome?,
        elements: elements.into_iter().collect::<Option<_>>()?,
        digest: digest.ok()?,
        recommendations: recommendations.into_iter().collect::<Option<_>>()?,
    })
}

fn element(parse: &mut Parse, at: usize, element: proto::ReportElement) -> Option<Element> {
    let field = format!("report.elements[{at}].outcome");
    let outcome = parse.chosen(&field, convert::read_outcome(element.outcome));
    // The inspector holds it to what an element's number can be.
    Some(Element { number: u8::try_from(element.number).ok()?, outcome: outcome? })
}

fn recommendation(
    parse: &mut Parse,
    at: usize,
    said: &proto::Recommendation,
    id: RecommendationId,
) -> Option<NewRecommendation> {
    let field = format!("recommendations[{at}]");
    let kind = parse.chosen(&format!("{field}.kind"), convert::read_recommendation_kind(said.kind));
    let due_on = parse.optional_date(&format!("{field}.due_on"), said.due_on.as_ref());
    Some(NewRecommendation { id, kind: kind?, owner: optional_text(&said.owner), due_on })
}
