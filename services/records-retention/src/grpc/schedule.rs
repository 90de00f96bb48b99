//! `ScheduleService`.

use records_retention_domain::{
    Digest, ScheduleChangeId,
    change::{Command, cooling},
    contract::Agreed,
    id,
};
use redress_chassis::{Call, Paging, Parse, parse::reference};
use redress_kernel::text;
use redress_proto::{records_retention::v1 as proto, supply_chain::v1 as chain};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::{
        change::{AskForChange, How, Wish, settle::SettleChange},
        record::basis,
    },
    convert::change as convert,
    render,
    store::{self, change::Change},
};

/// Makes a change, or proposes it.
pub(super) async fn ask(
    app: &App,
    call: &Call,
    change: Option<&proto::ScheduleChange>,
    how: How,
) -> Result<Response<proto::ScheduleChange>, Status> {
    let mut parse = Parse::new();
    let read = parse.message("schedule_change", change).and_then(|change| {
        let contract = parse.name::<id::Contract>("schedule_change.contract", &change.contract);
        let wish = wish(change, &mut parse);
        let reason = parse.chosen("schedule_change.reason", convert::read_reason(change.reason));
        let reference = reference(&change.reference).unwrap_or_default();
        Some((contract?, wish?, reason?, reference))
    });
    let (contract, wish, reason, reference) = parse.finish(read).map_err(app::invalid)?;
    let command = AskForChange {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        id: app.desk.fresh(),
        contract,
        how,
        wish,
        reason,
        reference,
    };
    app.desk.submit(call, Some(contract.uuid()), command).await
}

fn wish(change: &proto::ScheduleChange, parse: &mut Parse) -> Option<Wish> {
    match change.kind() {
        proto::ScheduleChangeKind::Unspecified => {
            parse.fault("schedule_change.kind", "REQUIRED", "must say what is to change");
            None
        }
        proto::ScheduleChangeKind::Period => {
            let agreed =
                parse.message("schedule_change.agreed_retention", change.agreed_retention.as_ref())?;
            period(agreed, parse).map(Wish::Period)
        }
        proto::ScheduleChangeKind::ContractEnd => {
            if change.agreed_retention.is_some() {
                let field = "schedule_change.agreed_retention";
                parse.fault(
                    field,
                    "NOT_ALLOWED",
                    "must not be given where the last day of the contract changes",
                );
            }
            Some(Wish::ContractEnd)
        }
    }
}

fn period(agreed: &chain::AgreedRetention, parse: &mut Parse) -> Option<Agreed> {
    let months = parse.chosen("schedule_change.agreed_retention.months", u16::try_from(agreed.months).ok());
    let agreed_on = parse.date("schedule_change.agreed_retention.agreed_on", agreed.agreed_on.as_ref());
    let reference = text::canonical_reference(&agreed.agreement_reference);
    Some(Agreed { months: months?, reference, agreed_on: agreed_on? })
}

/// Approves one.
pub(super) async fn approve(
    app: &App,
    call: &Call,
    request: &proto::ApproveScheduleChangeRequest,
) -> Result<Response<proto::ScheduleChange>, Status> {
    let digest = Digest::parse(&request.digest);
    let digest =
        digest.map_err(|invalid| DOMAIN.invalid_field("digest", "INVALID_DIGEST", &invalid.to_string()))?;
    settle(app, call, &request.name, Command::Approve { digest }).await
}

/// Any command on one that exists.
pub(super) async fn settle(
    app: &App,
    call: &Call,
    name: &str,
    command: Command,
) -> Result<Response<proto::ScheduleChange>, Status> {
    let change = named(name)?;
    let command = SettleChange {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        by_delegate: call.caller.by_delegate,
        change,
        command,
    };
    app.desk.submit(call, Some(change.uuid()), command).await
}

/// One change whole.
pub(super) async fn get(
    app: &App,
    call: &Call,
    request: &proto::GetScheduleChangeRequest,
) -> Result<Response<proto::ScheduleChange>, Status> {
    let id = named(&request.name)?;
    let mut tx = app.desk.read().await?;
    let found = store::change::find_visible(&mut tx, id, App::organisation(call)).await;
    let row: Change =
        found.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("scheduleChange", &id.name()))?;
    let Some(approval) = row.state.approval() else {
        return Ok(Response::new(render::change::whole(&row, None)));
    };
    let contract = redress_chain::find_contracts(&mut tx, vec![row.contract]).await.map_err(app::database)?;
    drop(tx);
    let contract = contract.first().ok_or_else(|| DOMAIN.not_found("contract", &row.contract.name()))?;
    // The cooling period hangs on the pack alone.
    let basis = basis(contract, None, &app.rulebook).map_err(app::refused)?;
    let counted = cooling(basis.pack, &app.rulebook.calendars, approval.on).map_err(app::refused)?;
    Ok(Response::new(render::change::whole(&row, Some(&counted))))
}

/// A page of changes.
pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListScheduleChangesRequest,
) -> Result<Response<proto::ListScheduleChangesResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    let contract = parse.finish(Some(contract)).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let caller = App::organisation(call);
    let rows = store::change::page(&mut tx, paging.before(), caller, contract, paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let schedule_changes = rows.iter().map(render::change::answer).collect();
    Ok(Response::new(proto::ListScheduleChangesResponse { schedule_changes, next_page_token }))
}

fn named(name: &str) -> Result<ScheduleChangeId, Status> {
    let mut parse = Parse::new();
    let change = parse.name::<id::ScheduleChange>("name", name);
    parse.finish(change).map_err(app::invalid)
}
