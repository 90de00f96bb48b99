//! Registering a complaint.

use complaints_domain::{
    ComplaintId,
    complaint::{Register, command::Entry},
};
use redress_chassis::{Call, Parse, parse::reference, wire};
use redress_kernel::{Id, text};
use redress_proto::complaints::v1 as proto;
use tonic::{Response, Status};

use crate::{
    app::{self, App},
    case_reference,
    command::{register::RegisterComplaint, registration::Registration},
    convert,
    seal::{Part, seal},
    statement,
};

/// Registers a complaint.
pub(super) async fn register(
    app: &App,
    call: &Call,
    request: &proto::RegisterComplaintRequest,
) -> Result<Response<proto::Complaint>, Status> {
    let mut parse = Parse::new();
    let read = parse.message("complaint", request.complaint.as_ref());
    let read =
        read.and_then(|complaint| take(app, call, complaint, &mut parse).zip(complaint.statement.as_ref()));
    let (register, statement) = parse.finish(read).map_err(app::invalid)?;
    let complaint = request.complaint.as_ref().map_or_else(Default::default, Clone::clone);

    let key = app.desk.new_key().await?;
    let words = statement::encode(statement);
    let sealed = seal(&key, Part::Statement, register.id.uuid(), &words).map_err(app::seal)?;
    let fingerprint = statement::fingerprint(&app.fingerprints, &register, statement);
    let registration = Registration {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        case_reference: case_reference::of(register.id),
        reference: reference(&complaint.reference),
        fingerprint,
        persons_complained_about: complaint
            .persons_complained_about
            .iter()
            .map(|id| text::normalise(id))
            .collect(),
        key: key.id().uuid(),
        statement: sealed,
        register,
    };
    let command = RegisterComplaint {
        registration,
        caller: App::organisation(call),
        organisation_named: !complaint.organisation.is_empty(),
    };
    app.desk.submit(call, None, command).await
}

fn take(app: &App, call: &Call, complaint: &proto::Complaint, parse: &mut Parse) -> Option<Register> {
    let id: ComplaintId = Id::fresh(app.desk.parts.ids.as_ref());
    let participant = parse.name("complaint.participant", &complaint.participant);
    let contract = parse.name("complaint.contract", &complaint.contract);
    let respondents = parse.names("complaint.respondents", &complaint.respondents);
    let organisation = parse.optional_name("complaint.organisation", &complaint.organisation);
    let received_on = parse.date("complaint.received_on", complaint.received_on.as_ref());
    let channel = parse.chosen("complaint.channel", wire::read_channel(complaint.channel));
    let subject = parse.chosen("complaint.subject", convert::read_subject(complaint.subject));
    let jobcentre_plus_on =
        parse.optional_date("complaint.jobcentre_plus_on", complaint.jobcentre_plus_on.as_ref());
    parse.message("complaint.statement", complaint.statement.as_ref());
    Some(Register {
        id,
        participant: participant?,
        contract: contract?,
        respondents,
        // The command puts the prime here where nobody is named and the caller is not in the chain.
        organisation: organisation.unwrap_or_else(|| App::organisation(call)),
        received_on: received_on?,
        channel: channel?,
        subject: subject?,
        formal: complaint.formal,
        representative: convert::read_representative(complaint.representative_kind),
        jobcentre_plus_on,
        entry: Entry::First,
    })
}
