//! One record, and what lies with it.

use bytes::Bytes;
use prost::Message as _;
use records_retention_domain::{Refusal, id};
use redress_chassis::{Call, Parse, wire::Telling};
use redress_proto::{options::v1::Role, records_retention::v1 as proto};
use tonic::{Response, Status};

use super::{basis_of, change::named, moment, visible};
use crate::{
    app::{self, App, CONTENT, DOMAIN},
    render,
};

/// One record with its dates and holds; of one that ended, what is left of it.
pub(in super::super) async fn get(
    app: &App,
    call: &Call,
    request: &proto::GetRecordRequest,
) -> Result<Response<proto::Record>, Status> {
    let id = named(&request.name)?;
    let mut tx = app.desk.read().await?;
    let row = visible(&mut tx, call, id).await?;
    let basis = basis_of(app, &mut tx, &row).await?;
    drop(tx);
    let record = render::record::whole(&row, &basis, &app.rulebook, moment(app), Telling::Derivation);
    record.map(Response::new).map_err(app::refused)
}

/// What lies with a record. Of one that ended there is nothing, and the answer says so (L31).
pub(in super::super) async fn content(
    app: &App,
    call: &Call,
    request: &proto::GetPartContentRequest,
) -> Result<Response<proto::GetPartContentResponse>, Status> {
    let mut parse = Parse::new();
    let record = parse.name::<id::Record>("name", &request.name);
    let part = parse.name::<id::Part>("part", &request.part);
    let (record, part) = parse.finish(record.zip(part)).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = visible(&mut tx, call, record).await?;
    drop(tx);
    if let Some(tombstone) = row.state.tombstone() {
        return Err(app::refused(Refusal::Destroyed { tombstone: Box::new(tombstone.clone()) }));
    }
    let restricted = row.state.file().is_some_and(|file| file.is_restricted(app.desk.today()));
    if restricted && !call.caller.roles.has(Role::DataProtection) {
        // What a person's request brings out of it is for whoever protects data alone (RET-12); that others tried is on record.
        tracing::warn!(record.id = %record, caller = %call.caller.subject, "a restricted record was asked for");
        return Err(app::refused(Refusal::Restricted { record }));
    }
    let belongs = row.state.file().and_then(|file| file.parts.iter().find(|known| known.id == part));
    let found = if belongs.is_some() { app.desk.opened(call, CONTENT, part.uuid()).await? } else { None };
    let content = found.ok_or_else(|| DOMAIN.not_found("part", &part.name()))?;
    if belongs.is_some_and(|part| part.is_report) {
        let report =
            proto::AssessmentReport::decode(content.as_slice()).map_err(|fault| DOMAIN.internal(&fault))?;
        return Ok(Response::new(proto::GetPartContentResponse {
            report: Some(report),
            content: Bytes::new(),
        }));
    }
    Ok(Response::new(proto::GetPartContentResponse { content: Bytes::from(content), report: None }))
}
