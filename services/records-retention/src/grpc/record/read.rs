//! One record, and what lies with it.

use prost::Message as _;
use records_retention_domain::{
    PartId, RecordId, Refusal, id,
    record::{Holder, Part},
    refusal::field,
};
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

/// A report that lies with a record, or a form of a set. Of a record that ended there is nothing, and the answer says so (L31).
pub(in super::super) async fn report(
    app: &App,
    call: &Call,
    request: &proto::GetReportRequest,
) -> Result<Response<proto::GetReportResponse>, Status> {
    let mut parse = Parse::new();
    let record = parse.name::<id::Record>("name", &request.name);
    let part = parse.name::<id::Part>("part", &request.part);
    let (record, part) = parse.finish(record.zip(part)).map_err(app::invalid)?;
    let part = self::part(app, call, record, part, true).await?;
    let report = app.desk.opened(call, CONTENT, part.id.uuid()).await?;
    let report = report.ok_or_else(|| DOMAIN.not_found("part", &part.id.name()))?;
    let report =
        proto::AssessmentReport::decode(report.as_slice()).map_err(|fault| DOMAIN.internal(&fault))?;
    Ok(Response::new(proto::GetReportResponse { report: Some(report) }))
}

/// A part that lies with a record itself and that the caller may read now: a report, or what was laid by as bytes.
pub(super) async fn part(
    app: &App,
    call: &Call,
    record: RecordId,
    part: PartId,
    is_report: bool,
) -> Result<Part, Status> {
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
    let lies_here = |known: &&Part| known.id == part && known.holder == Holder::RecordsRetention;
    let found = row.state.file().and_then(|file| file.parts.iter().find(lies_here));
    let found = found.ok_or_else(|| DOMAIN.not_found("part", &part.name()))?;
    if found.is_report == is_report {
        return Ok(found.clone());
    }
    let told = if is_report {
        "must be a report that was laid by field by field; `DownloadPart` gives what was laid by as bytes"
    } else {
        "must be what was laid by as bytes; `GetReport` gives a report"
    };
    Err(DOMAIN.invalid_field("part", field::NOT_ALLOWED, told))
}
