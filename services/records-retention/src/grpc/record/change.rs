//! Registering, and news of payments.

use aws_lc_rs::digest;
use records_retention_domain::{
    Payment, RecordId, id,
    record::{Command, Holder, Part},
    refusal::field,
};
use redress_chassis::{Call, Parse, etag, parse::reference};
use redress_kernel::Id;
use redress_proto::records_retention::v1 as proto;
use redress_store::{
    DataKey,
    sealed::{Sealed, seal},
};
use tonic::{Response, Status};

use crate::{
    anonymise,
    app::{self, App, CONTENT, DOMAIN},
    command::{
        keep::Keep,
        laid_by::{Content, LaidBy},
        register::RegisterRecord,
    },
    convert,
};

/// Registers a record.
pub(in super::super) async fn register(
    app: &App,
    call: &Call,
    request: &proto::RegisterRecordRequest,
) -> Result<Response<proto::Record>, Status> {
    let mut parse = Parse::new();
    let record = parse.message("record", request.record.as_ref());
    let read = record.and_then(|record| {
        let contract = parse.name::<id::Contract>("record.contract", &record.contract);
        let class = parse.chosen("record.record_class", convert::read_class(record.record_class));
        let participant = parse.optional_name("record.participant", &record.participant);
        let completed_on = parse.optional_date("record.completed_on", record.completed_on.as_ref());
        let funded_start_on = parse.optional_date("record.funded_start_on", record.funded_start_on.as_ref());
        Some((record, contract?, class?, participant, completed_on, funded_start_on))
    });
    let (record, contract, class, participant, completed_on, funded_start_on) =
        parse.finish(read).map_err(app::invalid)?;
    let report = match &request.report {
        None => None,
        Some(report) if class.is_report() => {
            let key = app.desk.new_key().await?;
            Some(lay_by(app, &key, &anonymise::write(report))?)
        }
        Some(_) => {
            let told = "must come with a record that is a report";
            return Err(DOMAIN.invalid_field("report", field::NOT_ALLOWED, told));
        }
    };
    let authority = reference(&request.readmission_authority);
    let owner = App::organisation(call);
    let laid_by = |sealed| LaidBy { content: Content::Report(sealed), owner, authority };
    let content = report.map(|(part, sealed)| (part, laid_by(sealed)));
    let command = RegisterRecord {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        id: app.desk.fresh(),
        contract,
        class,
        participant,
        reference: reference(&record.reference),
        completed_on,
        funded_start_on,
        content,
        ids: app.desk.parts.ids.clone(),
    };
    app.desk.submit(call, None, command).await
}

/// Tells of a payment.
pub(in super::super) async fn record_payment(
    app: &App,
    call: &Call,
    request: &proto::RecordPaymentRequest,
) -> Result<Response<proto::Record>, Status> {
    let mut parse = Parse::new();
    let record = parse.name::<id::Record>("name", &request.name);
    let payment = parse.message("payment", request.payment.as_ref()).and_then(|payment| {
        let id = parse.name::<id::Payment>("payment.name", &payment.name);
        let received_on = parse.date("payment.received_on", payment.received_on.as_ref());
        Some(Payment {
            id: id?,
            revision: u16::try_from(payment.revision).unwrap_or(u16::MAX),
            received_on: received_on?,
            completes: payment.completes,
            withdrawn: payment.withdrawn,
        })
    });
    let (record, payment) = parse.finish(record.zip(payment)).map_err(app::invalid)?;
    let command = keep(app, call, record, Command::RecordPayment(payment));
    app.desk.submit(call, Some(record.uuid()), command).await
}

/// Records that a set was judged again.
pub(in super::super) async fn review_anonymity(
    app: &App,
    call: &Call,
    request: &proto::ReviewAnonymityRequest,
) -> Result<Response<proto::Record>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let record = parse.name::<id::Record>("name", &request.name);
    let found = match request.finding() {
        proto::AnonymityFinding::Unspecified => None,
        proto::AnonymityFinding::StillAnonymous => Some(true),
        proto::AnonymityFinding::NotAnonymous => Some(false),
    };
    let found = parse.chosen("finding", found);
    let (record, still_anonymous) = parse.finish(record.zip(found)).map_err(app::invalid)?;
    let command = keep(app, call, record, Command::ReviewAnonymity { still_anonymous });
    app.desk.submit(call, Some(record.uuid()), Keep { expected, ..command }).await
}

/// A command of the caller on a record.
pub(super) fn keep(app: &App, call: &Call, record: RecordId, command: Command) -> Keep {
    Keep {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        record,
        expected: None,
        command,
        content: None,
    }
}

/// The record that a request names.
pub(super) fn named(name: &str) -> Result<RecordId, Status> {
    let mut parse = Parse::new();
    let record = parse.name::<id::Record>("name", name);
    parse.finish(record).map_err(app::invalid)
}

/// A report as a part of a record, and under seal.
fn lay_by(app: &App, key: &DataKey, report: &[u8]) -> Result<(Part, Sealed), Status> {
    let id: Id<id::Part> = app.desk.fresh();
    let sealed = seal(key, CONTENT, id.uuid(), report).map_err(app::seal)?;
    let sha256 = digest::digest(&digest::SHA256, report);
    let part = Part {
        id,
        holder: Holder::RecordsRetention,
        subject: String::new(),
        added_on: app.desk.today(),
        is_report: true,
        digest: app.fingerprint(sha256.as_ref()),
        readmitted_of: None,
        content: None,
    };
    Ok((part, sealed))
}
