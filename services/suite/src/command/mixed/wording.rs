//! The wording that stands, as the one who agrees to it or sends it has read it (RTE-02).

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use clap::Args;
use redress_proto::routing::v1::{
    GetMixedComplaintRequest, JointReply, MixedComplaintView,
    mixed_complaint_service_client::MixedComplaintServiceClient,
};

use crate::{client::Failure, command::Session};

/// Shortest beginning of a digest that is taken for one.
const SHORTEST: usize = 8;

/// Which wording.
#[derive(Args, Clone, Debug)]
pub struct Wording {
    /// Digest of the wording you read, or at least its first eight digits; without it the wording is shown and you are asked
    #[arg(long, value_name = "DIGEST")]
    pub digest: Option<String>,
    /// Take the wording that stands without being asked
    #[arg(long, conflicts_with = "digest")]
    pub yes: bool,
}

impl Wording {
    /// The digest of the wording that stands, where it is the one that was read.
    pub async fn digest(&self, session: &Session, name: &str, question: &str) -> Result<String, Failure> {
        let stands = stands(session, name).await?;
        if let Some(read) = &self.digest {
            return fits(&stands, read);
        }
        if !self.yes {
            session.aside(&format!("{}\n\ndigest {}", stands.text, stands.digest));
            confirmed(question)?;
        }
        Ok(stands.digest)
    }
}

async fn stands(session: &Session, name: &str) -> Result<JointReply, Failure> {
    let asked = GetMixedComplaintRequest { name: name.to_owned(), view: MixedComplaintView::Full.into() };
    let found = session
        .link
        .ask(asked, async |stub, request| {
            MixedComplaintServiceClient::new(stub).get_mixed_complaint(request).await
        })
        .await?;
    found
        .joint_reply
        .ok_or_else(|| Failure::NotFound("no wording of a joint reply was proposed yet".to_owned()))
}

fn fits(stands: &JointReply, read: &str) -> Result<String, Failure> {
    let read = read.to_ascii_lowercase();
    if read.len() < SHORTEST {
        return Err(Failure::Invalid(format!("give at least {SHORTEST} digits of the digest")));
    }
    if stands.digest.starts_with(&read) {
        return Ok(stands.digest.clone());
    }
    Err(Failure::NotFound(
        "the wording that stands has another digest; it has changed since you read it".to_owned(),
    ))
}

/// Asks whoever sits at the terminal. Where nobody does, nothing is taken for a yes.
fn confirmed(question: &str) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage("give --digest, or --yes for the wording above".to_owned()));
    }
    let mut answer = String::new();
    // When standard error is gone there is nobody left to ask.
    let _ = write!(io::stderr(), "{question} [y/N] ").and_then(|()| io::stderr().flush());
    io::stdin().lock().read_line(&mut answer).map_err(Failure::file("read", "standard input"))?;
    if matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes") {
        return Ok(());
    }
    Err(Failure::Usage("nothing was done".to_owned()))
}

#[cfg(test)]
mod tests {
    use redress_proto::routing::v1::JointReply;

    use super::fits;

    #[test]
    fn a_beginning_of_the_digest_is_enough_and_another_digest_is_not() {
        let digest = "9f86d081884c7d659a2feaa0c55ad015".repeat(2);
        let stands = JointReply { digest: digest.clone(), ..JointReply::default() };
        assert_eq!(fits(&stands, "9F86D081").unwrap(), digest);
        assert!(fits(&stands, "9f86").is_err(), "too short to tell");
        assert!(fits(&stands, "9f86d082").is_err(), "another wording");
    }
}
