//! `ErasureService`.

use prost::Message as _;
use records_retention_domain::{
    ErasureRequestId, PartId, RecordId,
    erasure::{Command, Outcome, Receipt, answer_by},
    id,
    record::{Holder, Part},
};
use redress_chassis::{
    Call, Paging, Parse,
    parse::{optional_text, reference},
};
use redress_kernel::Id;
use redress_policy::Computed;
use redress_proto::records_retention::v1 as proto;
use redress_store::{
    DataKey, Tx,
    sealed::{Sealed, seal},
};
use tonic::{Response, Status};

use crate::{
    app::{self, App, CONTENT, DOMAIN},
    command::{
        erasure::{Handle, Receive},
        record::basis,
    },
    convert,
    letters::{self, Correspondents},
    render,
    store::{self, erasure::ErasureRequest},
};

/// The part of the sealed table in which lies who writes to whom.
const CORRESPONDENTS: &str = "CORRESPONDENTS";

type Answered = Result<Response<proto::ErasureRequest>, Status>;

/// Records that a person asked, and makes the holding reply.
pub(super) async fn receive(
    app: &App,
    call: &Call,
    request: &proto::ReceiveErasureRequestRequest,
) -> Answered {
    let mut parse = Parse::new();
    let asked = parse.message("erasure_request", request.erasure_request.as_ref());
    let read = asked.and_then(|asked| {
        let contract = parse.name::<id::Contract>("erasure_request.contract", &asked.contract);
        let participant = parse.name::<id::Participant>("erasure_request.participant", &asked.participant);
        let received_on = parse.date("erasure_request.received_on", asked.received_on.as_ref());
        Some((contract?, participant?, received_on?))
    });
    let to = parse.message("correspondents", request.correspondents.as_ref()).map(|to| Correspondents {
        sender: to.sender.clone(),
        full_name: to.full_name.clone(),
        postal_address: to.postal_address.clone(),
    });
    let ((contract, participant, received_on), to) = parse.finish(read.zip(to)).map_err(app::invalid)?;

    let mut tx = app.desk.read().await?;
    let member = redress_chain::is_member(&mut tx, contract, App::organisation(call)).await;
    if !member.map_err(app::database)? {
        return Err(no_contract(contract));
    }
    let due = due(app, &mut tx, contract, received_on).await?;
    drop(tx);
    let (id, correspondence): (ErasureRequestId, RecordId) = (app.desk.fresh(), app.desk.fresh());
    let key = app.desk.new_key().await?;
    let text = letters::holding_reply(&to, id, app.desk.today(), due.due_on);
    let (letter, sealed) = lay_by(app, &key, &text)?;
    // Beside the letter, so that it goes with it.
    let kept = seal(&key, CORRESPONDENTS, letter.id.uuid(), &to.encode_to_vec()).map_err(app::seal)?;
    let receipt = Receipt {
        id,
        contract,
        organisation: App::organisation(call),
        participant,
        received_on,
        correspondence,
        holding_reply: letter.id,
    };
    let command = Receive {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        receipt,
        letter,
        sealed: vec![sealed, kept],
        ids: app.desk.parts.ids.clone(),
    };
    app.desk.submit(call, Some(participant.uuid()), command).await
}

/// Records the reference of the data protection office.
pub(super) async fn record_reference(
    app: &App,
    call: &Call,
    request: &proto::RecordDataProtectionReferenceRequest,
) -> Answered {
    let id = named(&request.name)?;
    let Some(reference) = reference(&request.data_protection_reference) else {
        return Err(DOMAIN.invalid_field("data_protection_reference", "REQUIRED", "must be given"));
    };
    let row = visible(app, call, id).await?;
    handle(app, call, &row, Command::RecordReference { reference }, None).await
}

/// Decides a request, and makes the answer.
pub(super) async fn decide(app: &App, call: &Call, request: &proto::DecideErasureRequestRequest) -> Answered {
    let mut parse = Parse::new();
    let id = parse.name::<id::ErasureRequest>("name", &request.name);
    let decision = parse.message("decision", request.decision.as_ref());
    let read = decision.and_then(|decision| {
        let outcome =
            parse.chosen("decision.outcome", convert::read_outcome(decision.outcome, decision.ground));
        let progress = parse.chosen("decision.progress", convert::read_progress(decision.progress));
        Some((outcome?, progress?, decision.explanation.clone()))
    });
    let (id, (outcome, progress, explanation)) = parse.finish(id.zip(read)).map_err(app::invalid)?;
    let row = visible(app, call, id).await?;
    let Some(asked) = row.state.request().filter(|_| row.state.is_pending()) else {
        return handle(app, call, &row, decision_command(outcome, progress, app.desk.fresh()), None).await;
    };
    // The reference is quoted in the answer; without one the rules refuse.
    let office = asked.reference.clone().unwrap_or_default();
    let mut tx = app.desk.read().await?;
    let kept = redress_store::sealed::find(&mut tx, asked.holding_reply.uuid(), CORRESPONDENTS).await;
    drop(tx);
    let kept = kept.map_err(app::database)?;
    let kept = kept.ok_or_else(|| DOMAIN.not_found("erasureRequest", &row.id.name()))?;
    let bytes = app.desk.unseal(CORRESPONDENTS, &kept).await?;
    let to = Correspondents::decode(bytes.as_slice()).map_err(|error| DOMAIN.internal(&error))?;
    let key = app.desk.open_key(kept.key).await?;
    let explanation = optional_text(&explanation).unwrap_or_default();
    let text = letters::answer(&to, row.id, app.desk.today(), &office, outcome, &explanation);
    let letter = lay_by(app, &key, &text)?;
    let command = decision_command(outcome, progress, letter.0.id);
    handle(app, call, &row, command, Some(letter)).await
}

/// One request whole.
pub(super) async fn get(app: &App, call: &Call, request: &proto::GetErasureRequestRequest) -> Answered {
    let row = visible(app, call, named(&request.name)?).await?;
    let due = match row.state.request() {
        Some(asked) => {
            let mut tx = app.desk.read().await?;
            Some(due(app, &mut tx, row.contract, asked.received_on).await?)
        }
        None => None,
    };
    Ok(Response::new(render::erasure::whole(&row, due.as_ref())))
}

/// A page of requests.
pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListErasureRequestsRequest,
) -> Result<Response<proto::ListErasureRequestsResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    let contract = parse.finish(Some(contract)).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let caller = App::organisation(call);
    let rows = store::erasure::page(&mut tx, paging.before(), caller, contract, paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let erasure_requests = rows.iter().map(render::erasure::answer).collect();
    Ok(Response::new(proto::ListErasureRequestsResponse { erasure_requests, next_page_token }))
}

const fn decision_command(
    outcome: Outcome,
    progress: records_retention_domain::erasure::Progress,
    letter: PartId,
) -> Command {
    Command::Decide { outcome, progress, letter }
}

async fn handle(
    app: &App,
    call: &Call,
    row: &ErasureRequest,
    command: Command,
    letter: Option<(Part, Sealed)>,
) -> Answered {
    let correspondence = row.state.request().map(|asked| asked.correspondence);
    let command = Handle {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        request: row.id,
        participant: row.participant,
        correspondence: correspondence.unwrap_or_else(|| Id::new(row.id.uuid())),
        command,
        letter,
    };
    app.desk.submit(call, Some(row.participant.uuid()), command).await
}

async fn due(
    app: &App,
    tx: &mut Tx,
    contract: records_retention_domain::ContractId,
    received_on: jiff::civil::Date,
) -> Result<Computed, Status> {
    let found = redress_chain::find_contracts(tx, vec![contract]).await.map_err(app::database)?;
    let known = found.first().ok_or_else(|| no_contract(contract))?;
    // The answer hangs on the pack alone.
    let basis = basis(known, None, &app.rulebook).map_err(app::refused)?;
    answer_by(basis.pack, &app.rulebook.calendars, received_on).map_err(app::refused)
}

/// The same for one that is not there and for one of others.
fn no_contract(contract: records_retention_domain::ContractId) -> Status {
    DOMAIN.not_found("contract", &contract.name())
}

async fn visible(app: &App, call: &Call, id: ErasureRequestId) -> Result<ErasureRequest, Status> {
    let mut tx = app.desk.read().await?;
    let found = store::erasure::find_visible(&mut tx, id, App::organisation(call)).await;
    found.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("erasureRequest", &id.name()))
}

fn named(name: &str) -> Result<ErasureRequestId, Status> {
    let mut parse = Parse::new();
    let request = parse.name::<id::ErasureRequest>("name", name);
    parse.finish(request).map_err(app::invalid)
}

/// A letter as a part of the record of the correspondence, and under seal.
fn lay_by(app: &App, key: &DataKey, text: &str) -> Result<(Part, Sealed), Status> {
    let id: Id<id::Part> = app.desk.fresh();
    let sealed = seal(key, CONTENT, id.uuid(), text.as_bytes()).map_err(app::seal)?;
    let part = Part {
        id,
        holder: Holder::RecordsRetention,
        subject: String::new(),
        added_on: app.desk.today(),
        is_report: false,
        digest: None,
        readmitted_of: None,
        content: None,
    };
    Ok((part, sealed))
}
