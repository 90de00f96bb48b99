//! Letters of a complaint as printable documents.

use complaints_domain::complaint::{LetterKind, LetterOnFile};
use jiff::civil::Date;
use prost::Message as _;
use redress_chassis::Call;
use redress_letter::{Block, Footer, Language, Letter, Party, Reference, pdf, text};
use redress_proto::complaints::v1 as proto;
use redress_store::sealed;
use tonic::Status;

use crate::{
    app::{self, App, DOMAIN},
    seal::{Part, open},
    store::{self, complaint::Complaint},
};

/// Who writes and who is written to.
#[derive(Debug)]
pub(crate) struct People {
    /// Name of the organisation that works the case.
    sender: String,
    /// The person, as the participant's record has them.
    recipient: proto::Person,
}

/// A letter about to be printed.
#[derive(Debug)]
pub(crate) struct Printed<'a> {
    /// Its complaint.
    pub(crate) row: &'a Complaint,
    /// What it is.
    pub(crate) letter: &'a LetterOnFile,
    /// Day it went out.
    pub(crate) issued_on: Date,
    /// What it says.
    pub(crate) text: &'a str,
    /// Who writes to whom.
    pub(crate) people: &'a People,
}

/// Finds out who writes to whom. The read of the person is recorded.
pub(crate) async fn people(app: &App, call: &Call, row: &Complaint) -> Result<People, Status> {
    let mut tx = app.desk.read().await?;
    let organisations = store::organisation::find_many(&mut tx, vec![row.organisation]).await;
    let organisations = organisations.map_err(app::database)?;
    let sealed = sealed::find(&mut tx, row.participant.uuid(), Part::Person.as_str()).await;
    let sealed = sealed.map_err(app::database)?;
    drop(tx);
    let sealed = sealed.ok_or_else(|| DOMAIN.not_found("participant", &row.participant.name()))?;
    let key = app.desk.open_key(sealed.key).await?;
    let bytes = open(&key, Part::Person, &sealed).map_err(app::database)?;
    let recipient = proto::Person::decode(bytes.as_slice()).map_err(|error| DOMAIN.internal(&error))?;
    tracing::info!(participant.id = %row.participant, subject = %call.caller.subject, "a person's address was read");
    let sender =
        organisations.into_iter().next().map(|organisation| organisation.display_name).unwrap_or_default();
    Ok(People { sender, recipient })
}

/// The letter as a printable document.
pub(crate) fn pdf(printed: &Printed<'_>) -> Result<Vec<u8>, pdf::Failure> {
    pdf::render(&letter(printed))
}

/// The letter as text.
pub(crate) fn text(printed: &Printed<'_>) -> String {
    text::render(&letter(printed))
}

fn letter(printed: &Printed<'_>) -> Letter {
    let Printed { row, letter, issued_on, text, people } = printed;
    let mut references = vec![Reference::new("Our reference", row.case_reference.clone())];
    references
        .extend(row.reference.iter().map(|reference| Reference::new("Your reference", reference.clone())));
    Letter {
        language: Language::English,
        sender: Party::new(people.sender.clone(), Vec::<String>::new()),
        recipient: Party::new(
            people.recipient.full_name.clone(),
            people.recipient.postal_address.lines().map(str::to_owned),
        ),
        date: *issued_on,
        references,
        // The text is the letter as it was approved and digested, from its salutation to its signature.
        salutation: String::new(),
        subject: subject(letter.kind).to_owned(),
        blocks: Block::paragraphs(text),
        signatory: None,
        footer: Footer { document: letter.id.name(), digest: letter.digest.as_str().to_owned() },
    }
}

const fn subject(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::StageResponse => "Our response to your complaint",
        LetterKind::FinalResponse => "Our final response to your complaint",
        LetterKind::Correction => "A correction to our letter",
    }
}
