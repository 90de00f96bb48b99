//! `ProcedureService`.

use std::collections::BTreeMap;

use complaints_domain::{
    complaint::{ProcedureSnapshot, StageSnapshot, StepSnapshot},
    id,
};
use redress_chassis::{Call, Paging, Parse};
use redress_kernel::text;
use redress_policy::Term;
use redress_proto::complaints::v1::{self as proto, procedure_service_server::ProcedureService};
use tonic::{Request, Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::procedure::{CreateProcedure, ReviewProcedure},
    convert, render,
    store::{
        self,
        procedure::{StageTitles, Titles},
    },
};

/// Answers `ProcedureService`.
#[derive(Clone)]
pub(crate) struct Procedures {
    pub(crate) app: App,
}

#[tonic::async_trait]
impl ProcedureService for Procedures {
    async fn create_procedure(
        &self,
        request: Request<proto::CreateProcedureRequest>,
    ) -> Result<Response<proto::Procedure>, Status> {
        create(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_procedure(
        &self,
        request: Request<proto::GetProcedureRequest>,
    ) -> Result<Response<proto::Procedure>, Status> {
        get(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_procedures(
        &self,
        request: Request<proto::ListProceduresRequest>,
    ) -> Result<Response<proto::ListProceduresResponse>, Status> {
        list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn review_procedure(
        &self,
        request: Request<proto::ReviewProcedureRequest>,
    ) -> Result<Response<proto::Procedure>, Status> {
        review(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}

async fn create(
    app: &App,
    call: &Call,
    request: &proto::CreateProcedureRequest,
) -> Result<Response<proto::Procedure>, Status> {
    let mut parse = Parse::new();
    let procedure = parse.message("procedure", request.procedure.as_ref());
    let read = procedure.and_then(|procedure| {
        let contract = parse.name::<id::Contract>("procedure.contract", &procedure.contract);
        let organisation = parse.name::<id::Organisation>("procedure.organisation", &procedure.organisation);
        let effective_on = parse.date("procedure.effective_on", procedure.effective_on.as_ref());
        let field = "procedure.acknowledgement_limit";
        let acknowledgement_limit = limit(procedure.acknowledgement_limit, field, &mut parse);
        let stages = procedure.stages.iter().enumerate();
        let stages =
            stages.map(|(at, stage)| take_stage(stage, &format!("procedure.stages[{at}]"), &mut parse));
        let body =
            ProcedureSnapshot { id: app.desk.fresh(), acknowledgement_limit, stages: stages.collect() };
        Some(CreateProcedure {
            rulebook: app.rulebook.clone(),
            actor: App::actor(call),
            caller: App::organisation(call),
            contract: contract?,
            organisation: organisation?,
            effective_on: effective_on?,
            body,
            titles: titles(procedure),
        })
    });
    let command = parse.finish(read).map_err(app::invalid)?;
    app.desk.submit(call, Some(command.contract.uuid()), command).await
}

async fn get(
    app: &App,
    call: &Call,
    request: &proto::GetProcedureRequest,
) -> Result<Response<proto::Procedure>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Procedure>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = store::procedure::find_visible(&mut tx, id, App::organisation(call)).await;
    let row = row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("procedure", &id.name()))?;
    Ok(Response::new(render::procedure::procedure(&row)))
}

async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListProceduresRequest,
) -> Result<Response<proto::ListProceduresResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    let contract = parse.finish(Some(contract)).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let caller = App::organisation(call);
    let rows = store::procedure::page(&mut tx, paging.after(), caller, contract, paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let procedures = rows.iter().map(render::procedure::procedure).collect();
    Ok(Response::new(proto::ListProceduresResponse { procedures, next_page_token }))
}

async fn review(
    app: &App,
    call: &Call,
    request: &proto::ReviewProcedureRequest,
) -> Result<Response<proto::Procedure>, Status> {
    let mut parse = Parse::new();
    let procedure = parse.name::<id::Procedure>("name", &request.name);
    let review = parse.message("review", request.review.as_ref());
    let reviewed_on = review.and_then(|review| parse.date("review.reviewed_on", review.reviewed_on.as_ref()));
    let documents = review.map(|review| review.documents.clone()).unwrap_or_default();
    let (procedure, reviewed_on) = parse.finish(procedure.zip(reviewed_on)).map_err(app::invalid)?;
    let command = ReviewProcedure {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        procedure,
        reviewed_on,
        documents,
    };
    app.desk.submit(call, Some(procedure.uuid()), command).await
}

fn take_stage(stage: &proto::ProcedureStage, field: &str, parse: &mut Parse) -> StageSnapshot {
    let steps = stage.steps.iter();
    StageSnapshot {
        steps: steps
            .map(|step| StepSnapshot { id: step.id.clone(), evidence_required: step.evidence_required })
            .collect(),
        response_limit: limit(stage.response_limit, &format!("{field}.response_limit"), parse),
        escalation_limit: limit(stage.escalation_limit, &format!("{field}.escalation_limit"), parse),
        silence_closes: stage.silence_closes,
    }
}

fn limit(limit: Option<proto::Limit>, field: &str, parse: &mut Parse) -> Option<Term> {
    parse.chosen(&format!("{field}.unit"), convert::read_limit(limit?))
}

fn titles(procedure: &proto::Procedure) -> Titles {
    let stages = procedure.stages.iter().map(|stage| StageTitles {
        stage: text::normalise(&stage.title),
        steps: stage
            .steps
            .iter()
            .map(|step| (step.id.clone(), text::normalise(&step.title)))
            .collect::<BTreeMap<_, _>>(),
    });
    Titles { procedure: text::normalise(&procedure.title), stages: stages.collect() }
}
