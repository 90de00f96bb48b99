//! Holds that people place, look at again and release.

use records_retention_domain::{Hold, id, record::Command};
use redress_chassis::{Call, Parse, etag, parse::reference};
use redress_proto::records_retention::v1 as proto;
use tonic::{Response, Status};

use super::change::keep;
use crate::{
    app::{self, App, DOMAIN},
    command::keep::Keep,
    convert,
};

/// Places a hold.
pub(in super::super) async fn place(
    app: &App,
    call: &Call,
    request: &proto::PlaceHoldRequest,
) -> Result<Response<proto::Record>, Status> {
    let mut parse = Parse::new();
    let record = parse.name::<id::Record>("name", &request.name);
    let reason = parse.chosen("reason", convert::read_hold_reason(request.reason));
    let review_on = parse.date("review_on", request.review_on.as_ref());
    let read = record.zip(reason).zip(review_on);
    let ((record, reason), review_on) = parse.finish(read).map_err(app::invalid)?;
    let hold = Hold {
        id: app.desk.fresh(),
        reason,
        placed_by: App::actor(call),
        placed_on: app.desk.today(),
        authority: reference(&request.authority),
        review_on,
        holds_until: None,
        matter: None,
        released_on: None,
    };
    app.desk.submit(call, Some(record.uuid()), keep(app, call, record, Command::PlaceHold(hold))).await
}

/// Sets a new day on which to look at a hold.
pub(in super::super) async fn review(
    app: &App,
    call: &Call,
    request: &proto::ReviewHoldRequest,
) -> Result<Response<proto::Record>, Status> {
    let mut parse = Parse::new();
    let record = parse.name::<id::Record>("name", &request.name);
    let hold = parse.name::<id::Hold>("hold", &request.hold);
    let review_on = parse.date("review_on", request.review_on.as_ref());
    let read = record.zip(hold).zip(review_on);
    let ((record, hold), review_on) = parse.finish(read).map_err(app::invalid)?;
    let command = keep(app, call, record, Command::ReviewHold { hold, review_on });
    app.desk.submit(call, Some(record.uuid()), command).await
}

/// Releases a hold.
pub(in super::super) async fn release(
    app: &App,
    call: &Call,
    request: &proto::ReleaseHoldRequest,
) -> Result<Response<proto::Record>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let record = parse.name::<id::Record>("name", &request.name);
    let hold = parse.name::<id::Hold>("hold", &request.hold);
    let (record, hold) = parse.finish(record.zip(hold)).map_err(app::invalid)?;
    let command = keep(app, call, record, Command::ReleaseHold { hold });
    app.desk.submit(call, Some(record.uuid()), Keep { expected, ..command }).await
}
