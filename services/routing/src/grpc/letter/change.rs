//! Commands on a letter that exists: each request says what it asks, everything else is the same for all.

use redress_chassis::{Call, Parse, etag};
use redress_kernel::{Digest, Violation, text};
use redress_proto::routing::v1 as proto;
use routing_domain::{MemberLetterId, id, letter::Command};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::letter::ActOnLetter,
    seal::{self, Part},
    store,
};

/// A request that changes a letter.
pub(super) trait Change: Send + Sync + 'static {
    /// Resource name of the letter.
    fn name(&self) -> &str;

    /// The version last read; empty takes whatever version there is.
    fn etag(&self) -> &str;

    /// What is asked, or everything that is wrong with it.
    fn command(&self, brought: &Brought) -> Result<Command, Vec<Violation>>;

    /// The text it brings.
    fn text(&self) -> Option<(Part, String)> {
        None
    }
}

/// What a request brings with it.
#[derive(Clone, Debug)]
pub(super) struct Brought {
    /// Digest of the text.
    digest: Digest,
}

/// Carries out a change and answers with the letter as it then stands.
pub(super) async fn carry_out<R: Change>(
    app: &App,
    call: &Call,
    request: &R,
) -> Result<Response<proto::MemberLetter>, Status> {
    let mut parse = Parse::new();
    let name = parse.name::<id::MemberLetter>("name", request.name());
    let letter = parse.finish(name).map_err(app::invalid)?;
    let expected = etag::parse(DOMAIN, request.etag())?;
    let text = request.text().map(|(part, text)| (part, text::normalise(&text)));
    let words = text.as_ref().map(|(_, words)| words.as_str()).unwrap_or_default();
    let brought = Brought { digest: seal::digest(words)? };
    let command = request.command(&brought).map_err(app::invalid)?;
    let text = match text {
        Some((part, words)) => {
            let key = app.desk.open_key(key(app, call, letter).await?).await?;
            let sealed = seal::seal(&key, part, letter.uuid(), words.as_bytes()).map_err(app::seal)?;
            Some((part, words, sealed))
        }
        None => None,
    };
    let act = ActOnLetter {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        letter,
        expected,
        command,
        text,
    };
    app.desk.submit(call, Some(letter.uuid()), act).await
}

/// The key of one that the caller may see.
async fn key(app: &App, call: &Call, letter: MemberLetterId) -> Result<uuid::Uuid, Status> {
    let mut tx = app.desk.read().await?;
    let row = store::letter::find_visible(&mut tx, letter, App::organisation(call)).await;
    let row = row.map_err(app::database)?;
    Ok(row.ok_or_else(|| DOMAIN.not_found("letter", &letter.name()))?.key)
}

impl Change for proto::TransferMemberLetterRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let organisation = parse.name("organisation", &self.organisation);
        let received_on = parse.date("received_on", self.received_on.as_ref());
        let both = organisation.zip(received_on);
        parse.finish(both.map(|(organisation, received_on)| Command::Transfer { organisation, received_on }))
    }
}

impl Change for proto::AssignMemberLetterRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &Brought) -> Result<Command, Vec<Violation>> {
        Ok(Command::Assign { handler: text::normalise(&self.handler) })
    }
}

impl Change for proto::RecordAuthorityRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let on = parse.date("on", self.on.as_ref());
        let paper = parse.optional_name::<id::Paper>("paper", &self.paper);
        parse.finish(on.map(|on| Command::RecordAuthority { on, paper }))
    }
}

impl Change for proto::SendHoldingReplyRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn text(&self) -> Option<(Part, String)> {
        Some((Part::HoldingReply, format!("{}\n\n{}", self.apology, self.delay_reason)))
    }

    fn command(&self, brought: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let sent_on = parse.date("sent_on", self.sent_on.as_ref());
        let new_due_on = parse.optional_date("new_due_on", self.new_due_on.as_ref());
        let digest = brought.digest.clone();
        parse.finish(sent_on.map(|sent_on| Command::SendHolding {
            sent_on,
            apologises: !text::normalise(&self.apology).is_empty(),
            explains: !text::normalise(&self.delay_reason).is_empty(),
            new_due_on,
            digest,
        }))
    }
}

impl Change for proto::ReplyToMemberRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn text(&self) -> Option<(Part, String)> {
        Some((Part::Reply, self.text.clone()))
    }

    fn command(&self, brought: &Brought) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let replied_on = parse.date("replied_on", self.replied_on.as_ref());
        let digest = brought.digest.clone();
        parse.finish(replied_on.map(|replied_on| Command::Reply {
            replied_on,
            // The command finds out.
            quotes_reference: false,
            digest,
        }))
    }
}

impl Change for proto::CloseMemberLetterRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &Brought) -> Result<Command, Vec<Violation>> {
        Ok(Command::Close)
    }
}
