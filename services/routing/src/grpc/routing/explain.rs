//! Telling where a contact would go, by the same rules as recording it, without a trace.

use redress_chassis::{Call, Parse, wire::Telling};
use redress_proto::routing::v1 as proto;
use routing_domain::{
    Refusal,
    route::{Asks, decide, pack_for},
};
use tonic::{Response, Status};

use super::record::question;
use crate::{
    app::{self, App, DOMAIN},
    chain,
    command::{placed, record::Named},
    render, store,
};

/// Where a contact would go, and why.
pub(super) async fn route(
    app: &App,
    call: &Call,
    request: &proto::ExplainRouteRequest,
) -> Result<Response<proto::ExplainRouteResponse>, Status> {
    let mut parse = Parse::new();
    let input = parse.message("input", request.input.as_ref());
    let asked = input.and_then(|input| question(input, "input", &mut parse));
    let (named, question) = parse.finish(asked).map_err(app::invalid)?;

    let caller = App::organisation(call);
    let mut tx = app.desk.read().await?;
    let found = match &named {
        Named::Name(id) => redress_chain::find_contracts(&mut tx, vec![*id]).await,
        Named::Reference(reference) => redress_chain::find_references(&mut tx, vec![reference.clone()]).await,
    };
    let known = found.map_err(app::database)?.into_iter().next();
    let known = known.ok_or_else(|| missing(&named))?;
    let member = redress_chain::is_member(&mut tx, known.id, caller).await.map_err(app::database)?;
    if !member {
        return Err(missing(&named));
    }
    let joint_reply_is_out = match question.follows {
        Some(id) => {
            let row = store::mixed::find_visible(&mut tx, id, caller).await.map_err(app::database)?;
            let row = row.ok_or_else(|| app::refused(Refusal::NotFound { name: id.name() }))?;
            row.state.joint_reply_is_out()
        }
        None => false,
    };
    drop(tx);

    let contract = chain::on(&known, question.received_on, &app.rulebook).map_err(app::refused)?;
    let pack = pack_for(&app.rulebook, &contract, question.received_on).map_err(app::refused)?;
    let asks = Asks {
        today: app.desk.today(),
        contract: &contract,
        pack,
        library: &app.rulebook.library,
        calendars: &app.rulebook.calendars,
        joint_reply_is_out,
    };
    let route = decide(&question, None, &asks);
    let route = route.map_err(|refusal| app::refused(placed(refusal, "input", "input")))?;
    let route = render::route::route(&route, contract.division, &app.rulebook, Telling::Derivation)
        .map_err(app::refused)?;
    Ok(Response::new(proto::ExplainRouteResponse { route: Some(route) }))
}

fn missing(named: &Named) -> Status {
    DOMAIN.not_found("contract", &named.name())
}
