//! `DisposalService`, but for the switch.

use std::{sync::Arc, time::Duration};

use prost::Name as _;
use records_retention_domain::{
    Digest, DisposalId, Refusal,
    anonymised::Method,
    disposal::{Command, State, veto},
    id,
    refusal::Conflict,
};
use redress_chassis::{Call, Paging, Parse, parse::reference};
use redress_journal::feed::Filter;
use redress_proto::records_retention::v1 as proto;
use tonic::{Response, Status};

use crate::{
    anonymise::{assess::assess, collect, ready::make_ready},
    app::{self, App, DOMAIN},
    command::{
        order::{MoveOn, execute::Execute},
        propose::Propose,
        record::basis,
        settle::Settle,
    },
    convert, render,
    store::{self, disposal::Disposal},
};

/// When to ask again while the keyring is away.
const AGAIN: Duration = Duration::from_secs(1);

/// Proposes a disposal.
pub(super) async fn propose(
    app: &App,
    call: &Call,
    request: &proto::ProposeDisposalRequest,
) -> Result<Response<proto::Disposal>, Status> {
    let mut parse = Parse::new();
    let records = parse.names::<id::Record>("records", &request.records);
    let mut named = records.clone();
    named.sort_unstable();
    named.dedup();
    if named.len() < records.len() {
        parse.fault("records", "DUPLICATE", "must name each record once");
    }
    let method = parse.chosen("method", convert::read_method(request.method));
    let (records, method) = parse.finish(Some(records).zip(method)).map_err(app::invalid)?;
    let assessment = match method {
        Method::Destroy => None,
        Method::Anonymise => {
            let reports = collect::for_caller(app, call, &records).await?;
            Some(assess(&reports, collect::least_group(app)).map_err(app::refused)?.assessment)
        }
    };
    let command = Propose {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        id: app.desk.fresh(),
        records,
        method,
        assessment,
    };
    app.desk.submit(call, None, command).await
}

/// Approves one.
pub(super) async fn approve(
    app: &App,
    call: &Call,
    request: &proto::ApproveDisposalRequest,
) -> Result<Response<proto::Disposal>, Status> {
    let digest = Digest::parse(&request.digest);
    let digest =
        digest.map_err(|invalid| DOMAIN.invalid_field("digest", "INVALID_DIGEST", &invalid.to_string()))?;
    settle(app, call, &request.name, Command::Approve { digest }).await
}

/// Has one carried out at once.
pub(super) async fn execute(
    app: &App,
    call: &Call,
    request: &proto::ExecuteDisposalRequest,
) -> Result<Response<proto::Disposal>, Status> {
    let disposal = visible(app, call, named(&request.name)?).await?.id;
    // Reliability D37: nothing changes while the keys cannot be destroyed. Where the keyring goes away after this, what was ordered waits for it.
    app.desk.parts.keyring.is_within_reach().await.map_err(|fault| {
        tracing::warn!(%fault, "a disposal could not be carried out");
        DOMAIN.unavailable("the keyring does not answer; nothing has changed", AGAIN)
    })?;
    let rulebook = app.rulebook.clone();
    let trust = app.trust();
    let step = MoveOn { rulebook, disposal, command: Command::Execute, prepared: None, trust };
    let step = make_ready(app, step, None).await?;
    app.desk.submit(call, Some(disposal.uuid()), Execute { caller: App::organisation(call), step }).await
}

/// Says how one that stands still should end.
pub(super) async fn propose_ending(
    app: &App,
    call: &Call,
    request: &proto::ProposeDisposalEndingRequest,
) -> Result<Response<proto::Disposal>, Status> {
    let mut parse = Parse::new();
    let ending = parse.chosen("kind", convert::read_ending(request.kind));
    let reason = parse.chosen("reason", convert::read_ending_reason(request.reason));
    let (ending, reason) = parse.finish(ending.zip(reason)).map_err(app::invalid)?;
    let reference = reference(&request.reference).unwrap_or_default();
    settle(app, call, &request.name, Command::ProposeEnding { ending, reason, reference }).await
}

/// Agrees with that.
pub(super) async fn approve_ending(
    app: &App,
    call: &Call,
    request: &proto::ApproveDisposalEndingRequest,
) -> Result<Response<proto::Disposal>, Status> {
    let mut parse = Parse::new();
    let ending = parse.chosen("kind", convert::read_ending(request.kind));
    let ending = parse.finish(ending).map_err(app::invalid)?;
    settle(app, call, &request.name, Command::ApproveEnding { ending }).await
}

/// Any command on one that exists.
pub(super) async fn settle(
    app: &App,
    call: &Call,
    name: &str,
    command: Command,
) -> Result<Response<proto::Disposal>, Status> {
    let disposal = named(name)?;
    let command = Settle {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        by_delegate: call.caller.by_delegate,
        disposal,
        command,
        ids: app.desk.parts.ids.clone(),
    };
    app.desk.submit(call, Some(disposal.uuid()), command).await
}

/// One disposal whole.
pub(super) async fn get(
    app: &App,
    call: &Call,
    request: &proto::GetDisposalRequest,
) -> Result<Response<proto::Disposal>, Status> {
    let row = visible(app, call, named(&request.name)?).await?;
    let Some(approval) = row.state.approval() else {
        return Ok(Response::new(render::disposal::whole(&row, None)));
    };
    let mut tx = app.desk.read().await?;
    let contract = redress_chain::find_contracts(&mut tx, vec![row.contract]).await.map_err(app::database)?;
    drop(tx);
    let contract = contract.first().ok_or_else(|| DOMAIN.not_found("contract", &row.contract.name()))?;
    // The veto hangs on the pack alone.
    let basis = basis(contract, None, &app.rulebook).map_err(app::refused)?;
    let counted = veto(basis.pack, &app.rulebook.calendars, approval.on).map_err(app::refused)?;
    Ok(Response::new(render::disposal::whole(&row, Some(&counted))))
}

/// A page of disposals.
pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListDisposalsRequest,
) -> Result<Response<proto::ListDisposalsResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    let contract = parse.finish(Some(contract)).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let caller = App::organisation(call);
    let rows = store::disposal::page(&mut tx, paging.before(), caller, contract, paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let disposals = rows.iter().map(render::disposal::answer).collect();
    Ok(Response::new(proto::ListDisposalsResponse { disposals, next_page_token }))
}

/// The certificate of a disposal: the entry of the journal that closes it, its place in the tree, and the signed head.
pub(super) async fn certificate(
    app: &App,
    call: &Call,
    request: &proto::GetCertificateRequest,
) -> Result<Response<proto::Certificate>, Status> {
    let row = visible(app, call, named(&request.name)?).await?;
    if !matches!(row.state, State::Certified { .. }) {
        return Err(app::refused(uncertified(&row)));
    }
    let log = &app.desk.parts.log;
    let filter = Filter {
        types: vec![proto::DisposalCertified::full_name()],
        stream_kind: Some("disposals".to_owned()),
        stream_id: Some(row.id.uuid()),
        visible: Arc::new(|_| true),
    };
    let page = log.feed().read(0, 1, &filter).await.map_err(|fault| DOMAIN.internal(&fault))?;
    // Committed a moment ago, and not in the tree yet.
    let entry =
        page.entries.into_iter().next().ok_or_else(|| DOMAIN.not_found("certificate", &row.id.name()))?;
    let head = log.head().await.map_err(app::database)?;
    let head = head.ok_or_else(|| DOMAIN.not_found("certificate", &row.id.name()))?;
    let proof = log.prove_inclusion(entry.position, Some(head.size)).await;
    let proof = proof.map_err(|fault| DOMAIN.internal(&fault))?;
    Ok(Response::new(proto::Certificate {
        name: row.id.name(),
        entry: entry.bytes.into(),
        position: entry.position,
        inclusion: proof.hashes.iter().map(|hash| hash.bytes().to_vec().into()).collect(),
        checkpoint: head.note,
        receipts: row.state.issued().map(render::disposal::destroyed).unwrap_or_default(),
    }))
}

async fn visible(app: &App, call: &Call, id: DisposalId) -> Result<Disposal, Status> {
    let mut tx = app.desk.read().await?;
    let found = store::disposal::find_visible(&mut tx, id, App::organisation(call)).await;
    found.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("disposal", &id.name()))
}

fn named(name: &str) -> Result<DisposalId, Status> {
    let mut parse = Parse::new();
    let disposal = parse.name::<id::Disposal>("name", name);
    parse.finish(disposal).map_err(app::invalid)
}

fn uncertified(row: &Disposal) -> Refusal {
    Refusal::StageRefuses(Box::new(Conflict {
        subject: row.id.name(),
        command: "GetCertificate",
        current: row.state.stage_name().as_str(),
        allowed: vec!["CERTIFIED"],
    }))
}
