//! What ICE does, and what the provider confirms.

use ice_liaison_domain::{ExaminationId, examination::Command, id, record::StepRef};
use redress_chassis::{Call, Parse, parse::reference};
use redress_proto::ice_liaison::v1 as proto;
use tonic::{Response, Status};

use super::{act, asked};
use crate::{
    app::{self, App},
    command::open::Open,
    convert,
    grpc::sealing,
    part::Part,
};

type Answer = Result<Response<proto::Examination>, Status>;

pub(super) async fn open(app: &App, call: &Call, request: &proto::OpenExaminationRequest) -> Answer {
    let mut parse = Parse::new();
    let complaint = parse.name::<id::Complaint>("complaint", &request.complaint);
    let referred_on = parse.date("referred_on", request.referred_on.as_ref());
    let notified_on = parse.date("notified_on", request.notified_on.as_ref());
    let read = complaint.zip(referred_on).zip(notified_on);
    let ((complaint, referred_on), notified_on) = parse.finish(read).map_err(app::invalid)?;
    let id: ExaminationId = app.desk.fresh();
    let key = app.desk.new_key().await?;
    let command = Open {
        rulebook: app.rulebook.clone(),
        caller: App::organisation(call),
        id,
        complaint,
        referred_on,
        after_noon: request.after_noon,
        notified_on,
        reference: reference(&request.reference),
        key: key.id().uuid(),
    };
    // Commands that open examinations of one complaint meet in one lane.
    app.desk.submit(call, Some(complaint.uuid()), command).await
}

pub(super) async fn confirm(app: &App, call: &Call, request: &proto::ConfirmProcessRequest) -> Answer {
    let read = |parse: &mut Parse| parse.date("confirmed_on", request.confirmed_on.as_ref());
    let asked = asked(&request.name, &request.etag, read)?;
    let command = Command::ConfirmProcess { confirmed_on: asked.rest, after_noon: request.after_noon };
    act(app, call, &asked, command, None).await
}

pub(super) async fn revisit(app: &App, call: &Call, request: &proto::RequestRevisitRequest) -> Answer {
    let read = |parse: &mut Parse| {
        let requested_on = parse.date("requested_on", request.requested_on.as_ref());
        let due_on = parse.optional_date("due_on", request.due_on.as_ref());
        let step = |step: &proto::NamedStep| {
            // The inspector holds it to what a stage number can be.
            let stage_number = u8::try_from(step.stage_number).unwrap_or(u8::MAX);
            StepRef { stage_number, id: step.step.clone() }
        };
        Some((requested_on?, due_on, request.steps.iter().map(step).collect()))
    };
    let asked = asked(&request.name, &request.etag, read)?;
    let (requested_on, due_on, steps) = asked.rest.clone();
    act(app, call, &asked, Command::RequestRevisit { steps, requested_on, due_on }, None).await
}

pub(super) async fn accept(app: &App, call: &Call, request: &proto::AcceptExaminationRequest) -> Answer {
    let read = |parse: &mut Parse| parse.date("accepted_on", request.accepted_on.as_ref());
    let asked = asked(&request.name, &request.etag, read)?;
    let reason = reason(app, call, asked.id, &request.reason).await?;
    let reasoned = reason.is_some();
    let command = Command::Accept { accepted_on: asked.rest, discretion: request.discretion, reasoned };
    act(app, call, &asked, command, reason).await
}

pub(super) async fn decline(app: &App, call: &Call, request: &proto::DeclineExaminationRequest) -> Answer {
    let read = |parse: &mut Parse| {
        let declined_on = parse.date("declined_on", request.declined_on.as_ref());
        let ground = parse.chosen("ground", convert::read_ground(request.ground));
        declined_on.zip(ground)
    };
    let asked = asked(&request.name, &request.etag, read)?;
    let (declined_on, ground) = asked.rest;
    let reason = reason(app, call, asked.id, &request.reason).await?;
    let command = Command::Decline { declined_on, ground, reasoned: reason.is_some() };
    act(app, call, &asked, command, reason).await
}

pub(super) async fn advance(app: &App, call: &Call, request: &proto::AdvanceExaminationRequest) -> Answer {
    let read = |parse: &mut Parse| {
        let to = parse.chosen("move", convert::read_move(request.r#move));
        to.zip(parse.date("on", request.on.as_ref()))
    };
    let asked = asked(&request.name, &request.etag, read)?;
    let (to, on) = asked.rest;
    let reason = reason(app, call, asked.id, &request.reason).await?;
    let command = Command::Advance { to, on, reasoned: reason.is_some() };
    act(app, call, &asked, command, reason).await
}

pub(super) async fn agree(app: &App, call: &Call, request: &proto::AgreeExaminationRequest) -> Answer {
    let read = |parse: &mut Parse| {
        let person = parse.optional_date("person_agreed_on", request.person_agreed_on.as_ref());
        let provider = parse.optional_date("provider_agreed_on", request.provider_agreed_on.as_ref());
        Some((person, provider))
    };
    let asked = asked(&request.name, &request.etag, read)?;
    let (person_agreed_on, provider_agreed_on) = asked.rest;
    act(app, call, &asked, Command::Agree { person_agreed_on, provider_agreed_on }, None).await
}

pub(super) async fn withdraw(app: &App, call: &Call, request: &proto::WithdrawExaminationRequest) -> Answer {
    let read = |parse: &mut Parse| parse.date("withdrawn_on", request.withdrawn_on.as_ref());
    let asked = asked(&request.name, &request.etag, read)?;
    act(app, call, &asked, Command::Withdraw { withdrawn_on: asked.rest }, None).await
}

pub(super) async fn close(app: &App, call: &Call, request: &proto::CloseExaminationRequest) -> Answer {
    let read = |parse: &mut Parse| parse.date("closed_on", request.closed_on.as_ref());
    let asked = asked(&request.name, &request.etag, read)?;
    act(app, call, &asked, Command::Close { closed_on: asked.rest }, None).await
}

/// ICE's reason under seal; none where none was given.
async fn reason(
    app: &App,
    call: &Call,
    id: ExaminationId,
    words: &str,
) -> Result<Option<(Part, redress_store::sealed::Sealed)>, Status> {
    let sealed = sealing::of_case(app, call, id, (Part::Reason, id.uuid()), words).await?;
    Ok(sealed.map(|sealed| (Part::Reason, sealed)))
}
