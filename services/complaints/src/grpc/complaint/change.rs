//! Commands on a complaint that exists: each request says what it asks, everything else is the same for all.

mod letters;
mod steps;

use complaints_domain::{ComplaintId, Digest, complaint::Command};
use redress_chassis::{Call, Parse, etag};
use redress_kernel::{Id, Violation, hexadecimal, text};
use redress_proto::complaints::v1 as proto;
use redress_store::seal::DataKey;
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::act::{Act, Written},
    seal::{Part, seal},
    store::complaint,
};

/// A request that changes a complaint.
pub(super) trait Change: Send + Sync + 'static {
    /// Resource name of the complaint.
    fn name(&self) -> &str;

    /// The version last read; empty takes whatever version there is.
    fn etag(&self) -> &str;

    /// What is asked, or everything that is wrong with it. `letter` is the id and digest of the text it brings.
    fn command(&self, letter: &NewLetter) -> Result<Command, Vec<Violation>>;

    /// The text of the letter it brings.
    fn letter(&self) -> Option<&str> {
        None
    }

    /// What is to be noted with it.
    fn note(&self) -> Option<&str> {
        None
    }
}

/// Id and digest for a letter that a request brings.
#[derive(Clone, Debug)]
pub(super) struct NewLetter {
    pub(super) id: complaints_domain::LetterId,
    pub(super) digest: Digest,
}

/// Carries out a change and answers with the complaint as it then stands.
pub(super) async fn carry_out<R: Change>(
    app: &App,
    call: &Call,
    request: &R,
) -> Result<Response<proto::Complaint>, Status> {
    let mut parse = Parse::new();
    let name = parse.name::<complaints_domain::id::Complaint>("name", request.name());
    let complaint = parse.finish(name).map_err(app::invalid)?;
    let expected = etag::parse(DOMAIN, request.etag())?;
    let text = request.letter().map(text::normalise);
    let letter = new_letter(app, text.as_deref().unwrap_or_default())?;
    let command = request.command(&letter).map_err(app::invalid)?;
    let note = text::normalise(request.note().unwrap_or_default());

    let mut act = Act {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        complaint,
        expected,
        command,
        letter: None,
        note: None,
    };
    if text.is_some() || !note.is_empty() {
        let key = case_key(app, call, complaint).await?;
        if let Some(text) = text {
            let sealed =
                seal(&key, Part::LetterText, letter.id.uuid(), text.as_bytes()).map_err(app::seal)?;
            act.letter = Some(Written { id: letter.id, text, sealed });
        }
        if !note.is_empty() {
            act.note = Some(seal(&key, Part::Note, complaint.uuid(), note.as_bytes()).map_err(app::seal)?);
        }
    }
    app.desk.submit(call, Some(complaint.uuid()), act).await
}

/// The key of a case the caller may see.
async fn case_key(app: &App, call: &Call, complaint: ComplaintId) -> Result<DataKey, Status> {
    let mut tx = app.desk.read().await?;
    let key =
        complaint::find_key(&mut tx, complaint, App::organisation(call)).await.map_err(app::database)?;
    drop(tx);
    let key = key.ok_or_else(|| DOMAIN.not_found("complaint", &complaint.name()))?;
    app.desk.open_key(key).await
}

/// Id and digest for a text. The digest is of the text as it is kept.
fn new_letter(app: &App, text: &str) -> Result<NewLetter, Status> {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
    let digest = Digest::parse(&hexadecimal(digest.as_ref())).map_err(|error| DOMAIN.internal(&error))?;
    Ok(NewLetter { id: Id::fresh(app.desk.parts.ids.as_ref()), digest })
}
