//! Commands on a mixed complaint that exists: each request says what it asks, everything else is the same for all.

use redress_chassis::{Call, Parse, etag, wire};
use redress_kernel::{Digest, Violation, text};
use redress_proto::routing::v1 as proto;
use routing_domain::{ComplaintId, MixedComplaintId, id, mixed::Command};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::mixed::ActOnMixed,
    grpc::told,
    seal::{self, Part},
    store,
};

/// A request that changes a mixed complaint.
pub(super) trait Change: Send + Sync + 'static {
    /// Resource name of the mixed complaint.
    fn name(&self) -> &str;

    /// The version last read; empty takes whatever version there is.
    fn etag(&self) -> &str;

    /// What is asked, or everything that is wrong with it.
    fn command(&self, brought: &Brought) -> Result<Command, Vec<Violation>>;

    /// The text it brings.
    fn text(&self) -> Option<(Part, &str)> {
        None
    }
}

/// What a request brings with it.
#[derive(Clone, Debug)]
pub(super) struct Brought {
    /// Digest of the text.
    digest: Digest,
    /// Id for a complaint.
    complaint: ComplaintId,
}

/// Carries out a change and answers with the mixed complaint as it then stands.
pub(super) async fn carry_out<R: Change>(
    app: &App,
    call: &Call,
    request: &R,
) -> Result<Response<proto::MixedComplaint>, Status> {
    let mut parse = Parse::new();
    let name = parse.name::<id::MixedComplaint>("name", request.name());
    let mixed = parse.finish(name).map_err(app::invalid)?;
    let expected = etag::parse(DOMAIN, request.etag())?;
    let text = request.text().map(|(part, text)| (part, text::normalise(text)));
    let words = text.as_ref().map(|(_, words)| words.as_str()).unwrap_or_default();
    let brought = Brought { digest: seal::digest(words)?, complaint: app.desk.fresh() };
    let command = request.command(&brought).map_err(app::invalid)?;
    let text = match text {
        Some((part, words)) => {
            let key = app.desk.open_key(key(app, call, mixed).await?).await?;
            Some((part, seal::seal(&key, part, mixed.uuid(), words.as_bytes()).map_err(app::seal)?))
        }
        None => None,
    };
    let act = ActOnMixed {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        mixed,
        expected,
        command,
        text,
    };
    app.desk.submit(call, Some(mixed.uuid()), act).await
}

/// The key of one that the caller may see.
async fn key(app: &App, call: &Call, mixed: MixedComplaintId) -> Result<uuid::Uuid, Status> {
    let mut tx = app.desk.read().await?;
    let row = store::mixed::find_visible(&mut tx, mixed, App::organisation(call)).await;
    let row = row.map_err(app::database)?;
    Ok(row.ok_or_else(|| DOMAIN.not_found("mixed complaint", &mixed.name()))?.key)
}

fn digest(digest: &str, parse: &mut Parse) -> Option<Digest> {
    let read = Digest::parse(digest).ok();
    if read.is_none() {
        parse.fault("digest", "INVALID_DIGEST", "must be 64 lower-case hexadecimal digits");
    }
    read
}

impl Change for proto::DirectToJobcentrePlusRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let told = told::take(self.told.as_ref(), &mut parse);
        parse.finish(told.map(|told| Command::Direct { told }))
    }
}

impl Change for proto::RequestContributionRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let requested_on = parse.date("requested_on", self.requested_on.as_ref());
        let stated_due_on = parse.optional_date("due_on", self.due_on.as_ref());
        parse.finish(
            requested_on.map(|requested_on| Command::RequestContribution { requested_on, stated_due_on }),
        )
    }
}

impl Change for proto::SendContributionRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn text(&self) -> Option<(Part, &str)> {
        Some((Part::Contribution, &self.text))
    }

    fn command(&self, brought: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let sent_on = parse.date("sent_on", self.sent_on.as_ref());
        let papers = parse.names::<id::Paper>("papers", &self.papers);
        let digest = brought.digest.clone();
        parse.finish(sent_on.map(|sent_on| Command::SendContribution { sent_on, digest, papers }))
    }
}

impl Change for proto::ProposeJointReplyRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn text(&self) -> Option<(Part, &str)> {
        Some((Part::Wording, &self.text))
    }

    fn command(&self, brought: &Brought) -> Result<Command, Vec<Violation>> {
        Ok(Command::ProposeJointReply { digest: brought.digest.clone() })
    }
}

impl Change for proto::AgreeWordingRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let digest = digest(&self.digest, &mut parse);
        parse.finish(digest.map(|digest| Command::AgreeWording { digest }))
    }
}

impl Change for proto::IssueJointReplyRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let digest = digest(&self.digest, &mut parse);
        let issued_on = parse.date("issued_on", self.issued_on.as_ref());
        let channel = parse.chosen("channel", wire::read_channel(self.channel));
        let all = digest.zip(issued_on).zip(channel);
        parse.finish(all.map(|((digest, issued_on), channel)| Command::IssueJointReply {
            digest,
            issued_on,
            channel,
        }))
    }
}

impl Change for proto::RecordSatisfactionRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let on = parse.date("on", self.on.as_ref());
        parse.finish(on.map(|on| Command::RecordSatisfaction { on }))
    }
}

impl Change for proto::RecordResidualRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, brought: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let on = parse.date("on", self.on.as_ref());
        parse.finish(on.map(|on| Command::RecordResidual {
            provider: self.provider,
            jobcentre_plus: self.jobcentre_plus,
            on,
            complaint: brought.complaint,
        }))
    }
}
