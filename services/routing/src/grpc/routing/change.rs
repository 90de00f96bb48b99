//! Commands on a contact that exists: each request says what it asks, everything else is the same for all.

use redress_chassis::{Call, Parse, etag};
use redress_kernel::Violation;
use redress_proto::routing::v1 as proto;
use routing_domain::{
    contact::{Command, Fresh, Reroute},
    id,
};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::change::ChangeContact,
    convert,
    grpc::told,
};

/// A request that changes a contact.
pub(super) trait Change: Send + Sync + 'static {
    /// Resource name of the contact.
    fn name(&self) -> &str;

    /// The version last read; empty takes whatever version there is.
    fn etag(&self) -> &str;

    /// What is asked, or everything that is wrong with it. `fresh` are ids for what it may open.
    fn command(&self, fresh: Fresh) -> Result<Command, Vec<Violation>>;
}

/// Carries out a change and answers with the contact as it then stands.
pub(super) async fn carry_out<R: Change>(
    app: &App,
    call: &Call,
    request: &R,
) -> Result<Response<proto::Contact>, Status> {
    let mut parse = Parse::new();
    let name = parse.name::<id::Contact>("name", request.name());
    let contact = parse.finish(name).map_err(app::invalid)?;
    let expected = etag::parse(DOMAIN, request.etag())?;
    let fresh = Fresh { complaint: app.desk.fresh(), mixed: app.desk.fresh(), letter: app.desk.fresh() };
    let command = ChangeContact {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        contact,
        expected,
        command: request.command(fresh).map_err(app::invalid)?,
    };
    app.desk.submit(call, Some(contact.uuid()), command).await
}

impl Change for proto::AcceptContactRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: Fresh) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let organisation = parse.optional_name("organisation", &self.organisation);
        parse.finish(Some(Command::Accept { organisation }))
    }
}

impl Change for proto::RejectContactRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: Fresh) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let reason = parse.chosen("reason", convert::read_reject_reason(self.reason));
        parse.finish(reason.map(|reason| Command::Reject { reason }))
    }
}

impl Change for proto::RerouteContactRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, fresh: Fresh) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let respondents = parse.names("respondents", &self.respondents);
        let reason = parse.chosen("reason", convert::read_reroute_reason(self.reason));
        let reroute = reason.map(|reason| Reroute {
            writer: convert::read_writer(self.writer),
            about: convert::read_matters(&self.about),
            respondents,
            reason,
            fresh,
            // The command finds out.
            can_be_given_up: false,
        });
        parse.finish(reroute.map(|reroute| Command::Reroute(Box::new(reroute))))
    }
}

impl Change for proto::DirectPersonRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: Fresh) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let told = told::take(self.told.as_ref(), &mut parse);
        parse.finish(told.map(|told| Command::Direct { told }))
    }
}
