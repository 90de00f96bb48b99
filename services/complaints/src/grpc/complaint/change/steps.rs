//! Requests that move a complaint along and bring no letter.

use complaints_domain::complaint::{Command, StepRef};
use redress_chassis::{Parse, wire};
use redress_kernel::{Violation, text};
use redress_proto::complaints::v1 as proto;

use super::{Change, NewLetter};
use crate::convert;

impl Change for proto::RecordReceiptRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let organisation = parse.name("organisation", &self.organisation);
        let received_on = parse.date("received_on", self.received_on.as_ref());
        let channel = parse.chosen("channel", wire::read_channel(self.channel));
        let all = organisation.zip(received_on).zip(channel);
        parse.finish(all.map(|((organisation, received_on), channel)| Command::RecordReceipt {
            organisation,
            received_on,
            channel,
        }))
    }
}

impl Change for proto::RedirectComplaintRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let subject = parse.chosen("subject", convert::read_subject(self.subject));
        let told_on = parse.date("told_on", self.told_on.as_ref());
        let channel = parse.chosen("channel", wire::read_channel(self.channel));
        let all = subject.zip(told_on).zip(channel);
        parse.finish(all.map(|((subject, told_on), channel)| Command::Redirect { subject, told_on, channel }))
    }
}

impl Change for proto::AcknowledgeComplaintRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let acknowledged_on = parse.date("acknowledged_on", self.acknowledged_on.as_ref());
        let channel = parse.chosen("channel", wire::read_channel(self.channel));
        let all = acknowledged_on.zip(channel);
        parse.finish(all.map(|(acknowledged_on, channel)| Command::Acknowledge { acknowledged_on, channel }))
    }
}

impl Change for proto::AssignHandlerRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        // In the one form in which the people complained about are kept, so that nobody is two.
        Ok(Command::AssignHandler { handler: text::normalise(&self.handler) })
    }
}

impl Change for proto::CompleteStepRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn note(&self) -> Option<&str> {
        Some(&self.note)
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let done_on = parse.date("done_on", self.done_on.as_ref());
        let evidence = parse.names("evidence", &self.evidence);
        parse.finish(done_on.map(|done_on| Command::CompleteStep {
            step: self.step.clone(),
            done_on,
            evidence,
        }))
    }
}

impl Change for proto::EscalateComplaintRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn note(&self) -> Option<&str> {
        Some(&self.reason)
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let requested_on = parse.date("requested_on", self.requested_on.as_ref());
        parse.finish(requested_on.map(|requested_on| Command::Escalate { requested_on }))
    }
}

impl Change for proto::RecordExaminerContactRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    /// The reference at the examiner's office leads to a person, so it is kept under seal.
    fn note(&self) -> Option<&str> {
        Some(&self.examiner_reference)
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let referred_on = parse.date("referred_on", self.referred_on.as_ref());
        let notified_on = parse.date("notified_on", self.notified_on.as_ref());
        let discretion = self.examiner_discretion;
        parse.finish(referred_on.zip(notified_on).map(|(referred_on, notified_on)| {
            Command::RecordExaminerContact { referred_on, notified_on, discretion }
        }))
    }
}

impl Change for proto::ReopenStepsRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let requested_on = parse.date("requested_on", self.requested_on.as_ref());
        let due_on = parse.optional_date("due_on", self.due_on.as_ref());
        let step = |step: &proto::StepReference| StepRef {
            // The inspector has checked the range.
            stage_number: u8::try_from(step.stage_number).unwrap_or_default(),
            id: step.id.clone(),
        };
        let steps = self.steps.iter().map(step).collect();
        parse.finish(requested_on.map(|requested_on| Command::ReopenSteps { steps, requested_on, due_on }))
    }
}

impl Change for proto::WithdrawComplaintRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let by = parse.chosen("withdrawn_by", convert::read_withdrawn_by(self.withdrawn_by));
        let withdrawn_on = parse.date("withdrawn_on", self.withdrawn_on.as_ref());
        let channel = parse.chosen("channel", wire::read_channel(self.channel));
        let document = parse.optional_name("document", &self.document);
        let all = by.zip(withdrawn_on).zip(channel);
        parse.finish(all.map(|((by, withdrawn_on), channel)| Command::Withdraw {
            by,
            withdrawn_on,
            channel,
            document,
        }))
    }
}

impl Change for proto::CloseComplaintRequest {
    fn name(&self) -> &str {
        &self.name
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn note(&self) -> Option<&str> {
        Some(&self.reason_text)
    }

    fn command(&self, _: &NewLetter) -> Result<Command, Vec<Violation>> {
        let mut parse = Parse::new();
        let reason = parse.chosen("reason", convert::read_close_reason(self.reason));
        let explained = !self.reason_text.trim().is_empty();
        parse.finish(reason.map(|reason| Command::Close { reason, explained }))
    }
}
