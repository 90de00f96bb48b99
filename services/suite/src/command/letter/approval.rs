//! The department's word on a draft, given to the text that was read and no other (CMP-16).

use clap::Args;
use redress_proto::complaints::v1::{
    Complaint, DecideDraftRequest, DraftDecision, GetComplaintRequest, LetterState,
    complaint_service_client::ComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, input::Creation},
    present::complaint,
};

/// Shortest beginning of a digest that is taken for one.
const SHORTEST: usize = 8;

/// Approve a draft that you have read.
#[derive(Args, Debug)]
pub struct Approve {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Digest of the text you read, or at least its first eight digits, as `redress letter` shows it
    #[arg(long, value_name = "DIGEST")]
    pub digest: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl Approve {
    /// Approves it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        decide(session, &self.case, &self.digest, DraftDecision::Approve, String::new(), self.creation).await
    }
}

/// Ask for a draft to be reworked.
#[derive(Args, Debug)]
pub struct Rework {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Digest of the text you read, or at least its first eight digits, as `redress letter` shows it
    #[arg(long, value_name = "DIGEST")]
    pub digest: String,
    /// What to rework
    #[arg(long, value_name = "TEXT")]
    pub comment: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl Rework {
    /// Asks for it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        decide(session, &self.case, &self.digest, DraftDecision::Rework, self.comment, self.creation).await
    }
}

async fn decide(
    session: &Session,
    case: &str,
    digest: &str,
    decision: DraftDecision,
    comment: String,
    creation: Creation,
) -> Result<(), Failure> {
    let link = &session.link;
    let name = resolve::complaint(link, case).await?;
    let found = link
        .ask(GetComplaintRequest { name: name.clone(), view: 0 }, async |stub, request| {
            ComplaintServiceClient::new(stub).get_complaint(request).await
        })
        .await?;
    let (letter, digest) = draft(&found, digest)?;
    let question = DecideDraftRequest {
        request_id: session.request_id(creation.request_id),
        letter,
        name,
        digest,
        decision: decision.into(),
        comment,
    };
    session
        .ask(question, complaint::with_letters, async |stub, request| {
            ComplaintServiceClient::new(stub).decide_draft(request).await
        })
        .await
}

/// The one letter of the case whose digest begins as the reader said. Issued ones are looked at too, so that the service
/// says why they cannot be decided on any more.
fn draft(complaint: &Complaint, digest: &str) -> Result<(String, String), Failure> {
    let digest = digest.to_ascii_lowercase();
    if digest.len() < SHORTEST {
        return Err(Failure::Invalid(format!("give at least {SHORTEST} digits of the digest")));
    }
    let fits = complaint.letters.iter().filter(|letter| letter.digest.starts_with(&digest));
    let latest = fits.max_by_key(|letter| letter.state() != LetterState::Issued);
    latest.map(|letter| (letter.name.clone(), letter.digest.clone())).ok_or_else(|| {
        Failure::NotFound(
            "no letter of this case has that digest; its text has changed since you read it".to_owned(),
        )
    })
}
