//! The examiner takes a case up, and sends it back.

use clap::Args;
use redress_proto::complaints::v1::{
    RecordExaminerContactRequest, ReopenStepsRequest, StepReference,
    complaint_service_client::ComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, day::Day, input::Mutation},
    present::complaint,
};

/// Record that the Independent Case Examiner took a case up.
#[derive(Args, Debug)]
pub struct Examiner {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Day on which the person went to the examiner
    #[arg(long, value_name = "DAY")]
    pub referred_on: Day,
    /// Day on which the examiner's notice arrived
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub notified_on: Day,
    /// Reference at the examiner's office
    #[arg(long, value_name = "REFERENCE")]
    pub examiner_reference: String,
    /// The examiner takes it up at its own discretion, outside the window or before a final response
    #[arg(long)]
    pub discretion: bool,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Examiner {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RecordExaminerContactRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            referred_on: Some(session.day(self.referred_on)),
            notified_on: Some(session.day(self.notified_on)),
            examiner_reference: self.examiner_reference,
            examiner_discretion: self.discretion,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).record_examiner_contact(request).await
            })
            .await
    }
}

/// Reopen the steps the examiner named.
#[derive(Args, Debug)]
pub struct Reopen {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Step that the examiner named, as stage and step: 1:call-complainant; may be given several times
    #[arg(long = "step", required = true, value_parser = step, value_name = "STAGE:STEP")]
    pub steps: Vec<StepReference>,
    /// Day on which the request arrived
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub requested_on: Day,
    /// Day that the examiner stated [default: the pack's own limit]
    #[arg(long, value_name = "DAY")]
    pub due_on: Option<Day>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Reopen {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ReopenStepsRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(&session.link, &self.case).await?,
            steps: self.steps,
            requested_on: Some(session.day(self.requested_on)),
            due_on: session.optional_day(self.due_on),
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).reopen_steps(request).await
            })
            .await
    }
}

fn step(text: &str) -> Result<StepReference, &'static str> {
    let wrong = "a step is a stage and an identifier, such as 1:call-complainant";
    let (stage, id) = text.split_once(':').ok_or(wrong)?;
    let stage_number = stage.parse().map_err(|_| wrong)?;
    if id.is_empty() { Err(wrong) } else { Ok(StepReference { stage_number, id: id.to_owned() }) }
}
