//! Reading organisations, contracts and chains, as far as the caller sees them.

use complaints_domain::{ContractId, id};
use redress_chassis::{Call, Paging, Parse};
use redress_proto::supply_chain::v1 as proto;
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    render::supply_chain as render,
    store::{self, contract::Contract},
};

/// One organisation.
pub(super) async fn organisation(
    app: &App,
    call: &Call,
    request: &proto::GetOrganisationRequest,
) -> Result<Response<proto::Organisation>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Organisation>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = store::organisation::find_visible(&mut tx, id, App::organisation(call)).await;
    let row = row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("organisation", &id.name()))?;
    Ok(Response::new(render::organisation(&row)))
}

/// A page of organisations.
pub(super) async fn organisations(
    app: &App,
    call: &Call,
    request: &proto::ListOrganisationsRequest,
) -> Result<Response<proto::ListOrganisationsResponse>, Status> {
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let rows =
        store::organisation::page(&mut tx, paging.after(), App::organisation(call), paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let organisations = rows.iter().map(render::organisation).collect();
    Ok(Response::new(proto::ListOrganisationsResponse { organisations, next_page_token }))
}

/// One contract.
pub(super) async fn contract(
    app: &App,
    call: &Call,
    request: &proto::GetContractRequest,
) -> Result<Response<proto::Contract>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Contract>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let row = visible(app, call, id).await?;
    Ok(Response::new(render::contract(&row, &app.rulebook).map_err(app::refused)?))
}

/// A page of contracts.
pub(super) async fn contracts(
    app: &App,
    call: &Call,
    request: &proto::ListContractsRequest,
) -> Result<Response<proto::ListContractsResponse>, Status> {
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let rows = store::contract::page(&mut tx, paging.after(), App::organisation(call), paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let contracts = rows.iter().map(|row| render::contract(row, &app.rulebook)).collect::<Result<_, _>>();
    let contracts = contracts.map_err(app::refused)?;
    Ok(Response::new(proto::ListContractsResponse { contracts, next_page_token }))
}

/// The chain under one contract: all of it for those outside it and for the prime, and for a subcontractor the links it
/// stands on and those below.
pub(super) async fn supply_chain(
    app: &App,
    call: &Call,
    request: &proto::ListSupplyChainRequest,
) -> Result<Response<proto::ListSupplyChainResponse>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Contract>("contract", &request.contract);
    let id = parse.finish(id).map_err(app::invalid)?;
    let row = visible(app, call, id).await?;
    let mut tx = app.desk.read().await?;
    let reach = store::reach::find_many(&mut tx, vec![id]).await.map_err(app::database)?;
    let caller = App::organisation(call);
    let sees = |name: &str| reach.iter().any(|one| one.organisation == caller && one.below.name() == name);
    let links = render::links(&row).into_iter().filter(|link| sees(&link.subcontractor)).collect();
    Ok(Response::new(proto::ListSupplyChainResponse { links }))
}

async fn visible(app: &App, call: &Call, id: ContractId) -> Result<Contract, Status> {
    let mut tx = app.desk.read().await?;
    let row = store::contract::find_visible(&mut tx, id, App::organisation(call)).await;
    row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("contract", &id.name()))
}
