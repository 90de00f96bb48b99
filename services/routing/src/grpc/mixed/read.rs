//! Reading mixed complaints.

use redress_chassis::{Call, Paging, Parse, wire::Telling};
use redress_proto::{complaints::v1 as complaints, routing::v1 as proto};
use routing_domain::{id, mixed::StageName};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    convert, render,
    seal::{self, Part},
    store::{
        self,
        list::{self, Filter},
        mixed::Mixed,
    },
};

/// One mixed complaint; with its texts when that was asked for.
pub(super) async fn one(
    app: &App,
    call: &Call,
    request: &proto::GetMixedComplaintRequest,
) -> Result<Response<proto::MixedComplaint>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::MixedComplaint>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = store::mixed::find_visible(&mut tx, id, App::organisation(call)).await;
    let row = row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("mixed complaint", &id.name()))?;
    drop(tx);
    let mut rendered =
        render::mixed::mixed(&row, &app.rulebook, Telling::Derivation).map_err(app::refused)?;
    if request.view() == proto::MixedComplaintView::Full {
        add_texts(app, call, &row, &mut rendered).await?;
    }
    Ok(Response::new(rendered))
}

async fn add_texts(
    app: &App,
    call: &Call,
    row: &Mixed,
    rendered: &mut proto::MixedComplaint,
) -> Result<(), Status> {
    let contact = row.contact.uuid();
    rendered.statement = seal::message::<complaints::Statement>(app, call, Part::Statement, contact).await?;
    let versions = &row.texts.contributions;
    for (contribution, version) in rendered.contributions.iter_mut().zip(versions) {
        if let Some(version) = version {
            contribution.text = seal::text(app, call, Part::Contribution, row.id.uuid(), *version).await?;
        }
    }
    if let (Some(reply), Some(version)) = (&mut rendered.joint_reply, row.texts.wording) {
        reply.text = seal::text(app, call, Part::Wording, row.id.uuid(), version).await?;
    }
    Ok(())
}

/// A page of mixed complaints.
pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListMixedComplaintsRequest,
) -> Result<Response<proto::ListMixedComplaintsResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    parse.finish(Some(())).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let stages = StageName::ALL.into_iter().filter(|stage| *stage != StageName::Unraised);
    let stage = stages.into_iter().find(|stage| convert::mixed_stage(*stage) == request.stage());
    let filter = Filter {
        caller: App::organisation(call),
        stage: stage.map(StageName::as_str),
        outcome: None,
        contract,
        before: paging.before::<id::MixedComplaint>().uuid(),
        limit: paging.limit(),
    };
    let mut tx = app.desk.read().await?;
    let mut rows = list::mixed(&mut tx, filter).await.map_err(app::database)?;
    drop(tx);
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let mixed_complaints = rows.iter().map(render::mixed::row).collect();
    Ok(Response::new(proto::ListMixedComplaintsResponse { mixed_complaints, next_page_token }))
}
