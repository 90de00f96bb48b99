//! Requests that bring, approve or correct a letter.

use complaints_domain::{
    Digest,
    complaint::{Command, command::Issue},
};
use redress_chassis::{Parse, wire};
use redress_kernel::Violation;
use redress_proto::complaints::v1 as proto;

use super::{Change, NewLetter};
use crate::convert;

impl Change for proto::SubmitDraftRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn letter(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn command(&self, letter: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let kind = convert::read_draft_kind(self.kind);
        if kind.is_none() {
            let allowed = "must be LETTER_KIND_STAGE_RESPONSE or LETTER_KIND_FINAL_RESPONSE";
            parse.fault("kind", "NOT_ALLOWED", allowed);
        }
        let outcome = parse.chosen("outcome", convert::read_outcome(self.outcome));
        parse.finish(kind.zip(outcome).map(|(kind, outcome)| Command::SubmitDraft {
            letter: letter.id,
            kind,
            digest: letter.digest.clone(),
            outcome,
        }))
    }
}

impl Change for proto::DecideDraftRequest {
    fn name(&self) -> &str {
        &self.name
    }

    /// Approval is bound to the digest of the text, which is more than a version.
    fn etag(&self) -> &'static str {
        ""
    }

    fn note(&self) -> Option<&str> {
        Some(&self.comment)
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let letter = parse.name("letter", &self.letter);
        let digest = Digest::parse(&self.digest).ok();
        if digest.is_none() {
            parse.fault("digest", "INVALID_DIGEST", "must be 64 lower-case hexadecimal digits");
        }
        let decision = parse.chosen("decision", convert::read_draft_decision(self.decision));
        let commented = !self.comment.trim().is_empty();
        let all = letter.zip(digest).zip(decision);
        parse.finish(all.map(|((letter, digest), decision)| Command::DecideDraft {
            letter,
            digest,
            decision,
            commented,
        }))
    }
}

impl Change for proto::IssueStageResponseRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn letter(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn command(&self, letter: &NewLetter) -> Result<Command, Vec<Violation>> {
        let issue = issue(letter, self.outcome, self.issued_on.as_ref(), self.channel)?;
        Ok(Command::IssueStageResponse(issue))
    }
}

impl Change for proto::IssueFinalResponseRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn letter(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn command(&self, letter: &NewLetter) -> Result<Command, Vec<Violation>> {
        let issue = issue(letter, self.outcome, self.issued_on.as_ref(), self.channel)?;
        Ok(Command::IssueFinalResponse(issue))
    }
}

impl Change for proto::IssueCorrectionRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn letter(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn command(&self, letter: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let corrects = parse.name("corrects", &self.corrects);
        let issued_on = parse.date("issued_on", self.issued_on.as_ref());
        let channel = parse.chosen("channel", wire::read_channel(self.channel));
        let all = corrects.zip(issued_on).zip(channel);
        parse.finish(all.map(|((corrects, issued_on), channel)| Command::IssueCorrection {
            letter: letter.id,
            corrects,
            digest: letter.digest.clone(),
            issued_on,
            channel,
        }))
    }
}

fn issue(
    letter: &NewLetter,
    outcome: i32,
    issued_on: Option<&redress_proto::r#type::v1::CivilDate>,
    channel: i32,
) -> Result<Issue, Vec<Violation>> {
    let mut parse = Parse::new();
    let outcome = parse.chosen("outcome", convert::read_outcome(outcome));
    let issued_on = parse.date("issued_on", issued_on);
    let channel = parse.chosen("channel", wire::read_channel(channel));
    parse.finish(outcome.zip(issued_on).zip(channel).map(|((outcome, issued_on), channel)| Issue {
        letter: letter.id,
        digest: letter.digest.clone(),
        outcome,
        issued_on,
        channel,
    }))
}
