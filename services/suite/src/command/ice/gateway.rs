//! What the examiner says at its gateway: steps to be done again, and a case it does not take.

use clap::Args;
use redress_proto::ice_liaison::v1::{
    DeclineExaminationRequest, NamedStep, RequestRevisitRequest,
    examination_service_client::ExaminationServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, choice, day::Day, input::Mutation},
    present::examination,
};

/// Record that the examiner has steps done again.
#[derive(Args, Debug)]
pub struct Revisit {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// A step of the procedure, as STAGE:STEP; may be repeated
    #[arg(long = "step", required = true, value_name = "STAGE:STEP")]
    pub steps: Vec<String>,
    /// Day on which it asked
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// Day that it stated
    #[arg(long, value_name = "DAY")]
    pub due_on: Option<Day>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Record that the examiner did not take a case.
#[derive(Args, Debug)]
pub struct Decline {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// Why it did not
    #[arg(value_name = "GROUND", value_parser = choice::of("redress.ice_liaison.v1.DeclineGround"))]
    pub ground: i32,
    /// Day on which it did not
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// What it says about it
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REASON")]
    pub reason: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Revisit {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RequestRevisitRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("examinations", &self.examination)?,
            steps: self.steps.iter().map(|step| named(step)).collect::<Result<_, _>>()?,
            requested_on: Some(session.day(self.on)),
            due_on: session.optional_day(self.due_on),
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).request_revisit(request).await
            })
            .await
    }
}

impl Decline {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = DeclineExaminationRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("examinations", &self.examination)?,
            declined_on: Some(session.day(self.on)),
            ground: self.ground,
            reason: self.reason,
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).decline_examination(request).await
            })
            .await
    }
}

fn named(step: &str) -> Result<NamedStep, Failure> {
    let parts = step.split_once(':');
    let read = parts.and_then(|(stage, step)| Some((stage.parse().ok()?, step)));
    let (stage_number, step) = read.ok_or_else(|| {
        Failure::Usage(format!("{step} is no step of a stage: STAGE:STEP, as 1:investigate"))
    })?;
    Ok(NamedStep { stage_number, step: step.to_owned() })
}
