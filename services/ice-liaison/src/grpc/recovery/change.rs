//! What the department does about a charge.

use ice_liaison_domain::{ExaminationId, IceYear, charge::Command, id};
use redress_chassis::{Call, Parse, etag, parse::reference};
use redress_proto::{ice_liaison::v1 as proto, r#type::v1::Money};
use redress_store::sealed::Sealed;
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::{
        charge::{Decide, On},
        year::CloseYear,
    },
    grpc::sealing,
    part::Part,
    store,
};

type Answer = Result<Response<proto::Charge>, Status>;

pub(super) async fn raise(app: &App, call: &Call, request: &proto::RaiseChargeRequest) -> Answer {
    let mut parse = Parse::new();
    let examination = parse.name::<id::Examination>("examination", &request.examination);
    let pence = amount(&mut parse, request.amount.as_ref());
    let posted_on = parse.optional_date("posted_on", request.posted_on.as_ref());
    let (examination, pence) = parse.finish(examination.zip(pence)).map_err(app::invalid)?;
    let command = Command::Raise {
        id: app.desk.fresh(),
        posting: app.desk.fresh(),
        pence,
        authority: reference(&request.authority),
        posted_on: posted_on.unwrap_or_else(|| app.desk.today()),
    };
    decide(app, call, On::Examination(examination), None, command, None).await
}

pub(super) async fn excuse(app: &App, call: &Call, request: &proto::ExcuseChargeRequest) -> Answer {
    let mut parse = Parse::new();
    let examination = parse.name::<id::Examination>("examination", &request.examination);
    let authority = parse.chosen("authority", reference(&request.authority));
    let (examination, authority) = parse.finish(examination.zip(authority)).map_err(app::invalid)?;
    let id: ice_liaison_domain::ChargeId = app.desk.fresh();
    let place = (Part::Excuse, id.uuid());
    let reason = sealing::of_case(app, call, examination, place, &request.reason).await?;
    let command = Command::Excuse { id, authority };
    decide(app, call, On::Examination(examination), None, command, reason).await
}

pub(super) async fn reverse(app: &App, call: &Call, request: &proto::ReverseChargeRequest) -> Answer {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let charge = parse.name::<id::Charge>("name", &request.name);
    let pence = amount(&mut parse, request.amount.as_ref());
    let authority = parse.chosen("authority", reference(&request.authority));
    let posted_on = parse.optional_date("posted_on", request.posted_on.as_ref());
    let read = charge.zip(pence).zip(authority);
    let ((charge, pence), authority) = parse.finish(read).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = store::charge::find_visible(&mut tx, charge, App::organisation(call)).await;
    drop(tx);
    let row = row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("charge", &charge.name()))?;
    let examination: ExaminationId = row.examination;
    let place = (Part::Reversal, charge.uuid());
    let reason = sealing::of_case(app, call, examination, place, &request.reason).await?;
    let posted_on = posted_on.unwrap_or_else(|| app.desk.today());
    let command = Command::Reverse { posting: app.desk.fresh(), pence, authority, posted_on };
    decide(app, call, On::Charge(charge), expected, command, reason).await
}

pub(super) async fn pay(app: &App, call: &Call, request: &proto::RecordPaymentRequest) -> Answer {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let charge = parse.name::<id::Charge>("name", &request.name);
    let pence = amount(&mut parse, request.amount.as_ref());
    let posted_on = parse.optional_date("posted_on", request.posted_on.as_ref());
    let (charge, pence) = parse.finish(charge.zip(pence)).map_err(app::invalid)?;
    let posted_on = posted_on.unwrap_or_else(|| app.desk.today());
    let command = Command::Pay { posting: app.desk.fresh(), pence, posted_on };
    decide(app, call, On::Charge(charge), expected, command, None).await
}

pub(super) async fn close_year(
    app: &App,
    call: &Call,
    request: &proto::CloseLedgerYearRequest,
) -> Result<Response<proto::CloseLedgerYearResponse>, Status> {
    // The inspector holds it to what a year can be; ICE's begins in the same month under every pack (ICE-34).
    let begins = i16::try_from(request.year).unwrap_or(i16::MAX);
    let month = app.rulebook.library.packs().first().map_or(1, IceYear::first_month);
    let year = IceYear::new(begins, month);
    let stream = uuid::Uuid::from_u64_pair(0, u64::try_from(request.year).unwrap_or_default());
    app.desk.submit(call, Some(stream), CloseYear { stream, year }).await
}

fn amount(parse: &mut Parse, amount: Option<&Money>) -> Option<u64> {
    let amount = parse.message("amount", amount)?;
    u64::try_from(amount.pence).ok()
}

async fn decide(
    app: &App,
    call: &Call,
    on: On,
    expected: Option<i64>,
    command: Command,
    reason: Option<Sealed>,
) -> Answer {
    let thing = match on {
        On::Examination(id) => id.uuid(),
        On::Charge(id) => id.uuid(),
    };
    let (rulebook, caller) = (app.rulebook.clone(), App::organisation(call));
    app.desk.submit(call, Some(thing), Decide { rulebook, caller, on, expected, command, reason }).await
}
