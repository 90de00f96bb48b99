//! Reading letters and what they must carry.

use std::fmt::Write as _;

use std::path::PathBuf;

use clap::Args;
use redress_proto::complaints::v1::{
    DownloadLetterRequest, GetComplaintRequest, GetLetterRequest, GetSignpostingRequest,
    GetSignpostingResponse, LetterFormat, complaint_service_client::ComplaintServiceClient,
};
use serde_json::json;

use crate::{
    client::{Failure, resolve},
    command::{Session, day::Day},
    present::{Screen, Tone, citation, document, json, letter},
    transfer,
};

/// List the letters of a case.
#[derive(Args, Debug)]
pub struct Letters {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
}

impl Letters {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::complaint(&session.link, &self.case).await?;
        let found = session
            .link
            .ask(GetComplaintRequest { name, view: 0 }, async |stub, request| {
                ComplaintServiceClient::new(stub).get_complaint(request).await
            })
            .await?;
        let letters: Result<Vec<_>, _> = found.letters.iter().map(json::of).collect();
        session.answer_value(&json!({ "letters": letters? }), |screen| letter::list(screen, &found.letters))
    }
}

/// Show a letter, or save it as PDF or text.
#[derive(Args, Debug)]
pub struct Show {
    /// The letter, as `redress letters` lists it
    #[arg(value_name = "LETTER")]
    pub letter: String,
    /// Save the issued letter as a printable document
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    pub pdf: Option<PathBuf>,
    /// Save the issued letter as plain text
    #[arg(long, value_name = "FILE")]
    pub text: Option<PathBuf>,
}

impl Show {
    /// Shows or saves it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::by_uuid("letters", &self.letter)?;
        match (&self.pdf, &self.text) {
            (Some(file), _) => save(session, name, LetterFormat::Pdf, file).await,
            (None, Some(file)) => save(session, name, LetterFormat::Text, file).await,
            (None, None) => {
                session
                    .ask(GetLetterRequest { name }, letter::show, async |stub, request| {
                        ComplaintServiceClient::new(stub).get_letter(request).await
                    })
                    .await
            }
        }
    }
}

async fn save(
    session: &Session,
    name: String,
    format: LetterFormat,
    file: &std::path::Path,
) -> Result<(), Failure> {
    let question = DownloadLetterRequest { name, format: format.into() };
    let size = transfer::save_letter(&session.link, question, file).await?;
    let shown = file.display().to_string();
    session.answer_value(&json!({ "file": shown, "sizeBytes": size }), |_| {
        format!("saved {shown}, {}", document::size(size))
    })
}

/// Print the text a final response must carry.
#[derive(Args, Debug)]
pub struct Signposting {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Day on which the response is to go out
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
}

impl Signposting {
    /// Prints it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::complaint(&session.link, &self.case).await?;
        let question = GetSignpostingRequest { name, issued_on: Some(session.day(self.on)) };
        let found = session
            .link
            .ask(question, async |stub, request| {
                ComplaintServiceClient::new(stub).get_signposting(request).await
            })
            .await?;
        // The text alone goes to standard output, so that it can be put into a letter as it is.
        session.aside(&about(session.screen, &found));
        session.answer(&found, |_, found| required(found))
    }
}

/// The text a final response must carry, word for word.
fn required(signposting: &GetSignpostingResponse) -> String {
    let parts = [signposting.text.trim_end(), signposting.window_advice.trim_end()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn about(screen: Screen, signposting: &GetSignpostingResponse) -> String {
    let mut about = format!("version {}, {}", signposting.version, citation::all(&signposting.citations));
    if signposting.stand_in {
        let note = "a stand-in of this project, not the annex that a provider receives";
        let _ = write!(about, "; {}", screen.paint(Tone::Warn, note));
    }
    about
}
