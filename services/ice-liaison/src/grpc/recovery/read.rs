//! Charges, statements and the sum of the ledger.

use ice_liaison_domain::{id, ledger::Account};
use jiff::civil::Date;
use redress_chassis::{Call, Paging, Parse};
use redress_kernel::Id;
use redress_proto::ice_liaison::v1 as proto;
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    part::Part,
    render, store,
};

/// Most postings of a statement; a longer one is asked for in parts.
const MOST_POSTINGS: usize = 10_000;

/// Most examinations that a reconciliation names of each standing.
const MOST_DUE: i64 = 1_000;

pub(super) async fn get(
    app: &App,
    call: &Call,
    request: &proto::GetChargeRequest,
) -> Result<Response<proto::Charge>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Charge>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = store::charge::find_visible(&mut tx, id, App::organisation(call)).await;
    drop(tx);
    let row = row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("charge", &id.name()))?;
    let mut rendered = render::charge::charge(&row);
    for part in [Part::Excuse, Part::Reversal] {
        if let Some(reason) = app.desk.opened(call, part.as_str(), id.uuid()).await? {
            rendered.reason = String::from_utf8_lossy(&reason).into_owned();
        }
    }
    Ok(Response::new(rendered))
}

pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListChargesRequest,
) -> Result<Response<proto::ListChargesResponse>, Status> {
    let mut parse = Parse::new();
    let liable = parse.optional_name::<id::Organisation>("liable", &request.liable);
    let liable = parse.finish(Some(liable)).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let caller = App::organisation(call);
    let rows = store::charge::page(&mut tx, paging.before(), caller, liable, paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let charges = rows.iter().map(render::charge::charge).collect();
    Ok(Response::new(proto::ListChargesResponse { charges, next_page_token }))
}

pub(super) async fn statement(
    app: &App,
    call: &Call,
    request: &proto::GetStatementRequest,
) -> Result<Response<proto::GetStatementResponse>, Status> {
    let mut parse = Parse::new();
    let liable = parse.name::<id::Organisation>("organisation", &request.organisation);
    let from = parse.optional_date("from", request.from.as_ref());
    let to = parse.optional_date("to", request.to.as_ref());
    let from = from.unwrap_or(Date::constant(1900, 1, 1));
    let to = to.unwrap_or_else(|| app.desk.today());
    if to < from {
        parse.fault("to", "NOT_ALLOWED", "must not lie before the first day");
    }
    let liable = parse.finish(liable).map_err(app::invalid)?;
    let caller = App::organisation(call);
    let account = Account::Receivable(liable).to_string();
    let mut tx = app.desk.read().await?;
    let opening = store::ledger::opening(&mut tx, caller, liable, account.clone(), from).await;
    let opening = opening.map_err(app::database)?;
    // One more than a statement holds tells whether it would be cut short, and close on a sum that is none.
    let limit = i64::try_from(MOST_POSTINGS + 1).unwrap_or(i64::MAX);
    let postings = store::ledger::statement(&mut tx, caller, liable, (from, to), limit).await;
    let postings = postings.map_err(app::database)?;
    if postings.len() > MOST_POSTINGS {
        let said = "must leave at most 10,000 postings; ask for a shorter time";
        return Err(DOMAIN.invalid_field("to", "TOO_MANY", said));
    }
    let moved = postings.iter().map(|told| if told.debit == account { told.pence } else { -told.pence });
    Ok(Response::new(proto::GetStatementResponse {
        opening_pence: opening,
        closing_pence: opening + moved.sum::<i64>(),
        postings: postings.iter().map(render::charge::told).collect(),
    }))
}

pub(super) async fn reconcile(
    app: &App,
    call: &Call,
) -> Result<Response<proto::GetReconciliationResponse>, Status> {
    let caller = App::organisation(call);
    let mut tx = app.desk.read().await?;
    let balances = store::ledger::balances(&mut tx, caller).await.map_err(app::database)?;
    let unbalanced_postings = store::ledger::unbalanced(&mut tx).await.map_err(app::database)?;
    let due = store::charge::find_due(&mut tx, caller, "DUE", MOST_DUE).await.map_err(app::database)?;
    let undecided = store::charge::find_due(&mut tx, caller, "DECISION_NEEDED", MOST_DUE).await;
    let undecided = undecided.map_err(app::database)?;
    Ok(Response::new(proto::GetReconciliationResponse {
        sum_pence: balances.iter().map(|(_, pence)| pence).sum(),
        balances: balances.into_iter().map(|(account, pence)| proto::Balance { account, pence }).collect(),
        unbalanced_postings,
        due: due.into_iter().map(Id::name).collect(),
        undecided: undecided.into_iter().map(Id::name).collect(),
    }))
}
