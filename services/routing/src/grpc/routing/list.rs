//! Lists of contacts, page by page.

use redress_chassis::{Call, Paging, Parse, parse::reference};
use redress_proto::routing::v1 as proto;
use routing_domain::{contact::StageName, id};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    convert, render,
    store::list::{self, Filter},
};

/// A page of contacts.
pub(super) async fn contacts(
    app: &App,
    call: &Call,
    request: &proto::ListContactsRequest,
) -> Result<Response<proto::ListContactsResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    parse.finish(Some(())).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let filter = Filter {
        caller: App::organisation(call),
        stage: stage(request.stage()).map(StageName::as_str),
        outcome: match request.outcome() {
            proto::Outcome::Unspecified => None,
            outcome @ (proto::Outcome::ProviderComplaint
            | proto::Outcome::Mixed
            | proto::Outcome::JobcentrePlus
            | proto::Outcome::MemberCorrespondence
            | proto::Outcome::NotAComplaint) => {
                Some(outcome.as_str_name().trim_start_matches("OUTCOME_").to_owned())
            }
        },
        contract,
        before: paging.before::<id::Contact>().uuid(),
        limit: paging.limit(),
    };
    let mut tx = app.desk.read().await?;
    let rows = match reference(&request.reference) {
        Some(reference) => list::by_reference(&mut tx, filter.caller, reference).await,
        None => list::contacts(&mut tx, filter).await,
    };
    let mut rows = rows.map_err(app::database)?;
    drop(tx);
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let contacts = rows.iter().map(render::contact::row).collect();
    Ok(Response::new(proto::ListContactsResponse { contacts, next_page_token }))
}

fn stage(asked: proto::ContactStage) -> Option<StageName> {
    StageName::ALL
        .into_iter()
        .filter(|stage| *stage != StageName::Unrecorded)
        .find(|stage| convert::contact_stage(*stage) == asked)
}
