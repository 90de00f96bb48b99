//! Complaints coming in.

use clap::Args;
use redress_proto::complaints::v1::{
    Complaint, RecordReceiptRequest, RegisterComplaintRequest, Statement,
    complaint_service_client::ComplaintServiceClient,
};

use crate::{
    client::{Failure, resolve},
    present::complaint,
};

use super::{
    Session, choice,
    day::Day,
    input::{Creation, Mutation, Text},
};

/// Register a complaint.
#[derive(Args, Debug)]
pub struct Register {
    /// Participant on whose behalf it is made: reference or name
    #[arg(long, value_name = "PARTICIPANT")]
    pub participant: String,
    /// Contract under which the service was given: reference or name
    #[arg(long, value_name = "CONTRACT")]
    pub contract: String,
    /// Organisation complained about; may be given several times
    #[arg(long = "respondent", required = true, value_name = "ORGANISATION")]
    pub respondents: Vec<String>,
    /// Organisation that works the complaint [default: your own]
    #[arg(long, value_name = "ORGANISATION")]
    pub organisation: Option<String>,
    /// Your own reference for it; a second complaint under it is refused
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REFERENCE")]
    pub reference: String,
    /// Day on which it reached the supply chain
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub received_on: Day,
    /// How it came
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// What it is about
    #[arg(long, default_value = "service", value_parser = choice::of("redress.complaints.v1.Subject"))]
    pub subject: i32,
    /// Whether it is formal: written, asked to be, or past informal resolution
    #[arg(long)]
    pub formal: bool,
    /// Who else speaks for the person
    #[arg(long, value_parser = choice::of("redress.complaints.v1.RepresentativeKind"))]
    pub representative_kind: Option<i32>,
    /// Name and address of the representative
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub representative: String,
    /// Day on which it was raised at Jobcentre Plus, where it came from there
    #[arg(long, value_name = "DAY")]
    pub jobcentre_plus_on: Option<Day>,
    /// What the person would like to happen
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub desired_outcome: String,
    /// Person complained about, by opaque id, so that they never handle it; may be given several times
    #[arg(long = "complained-about", value_name = "PERSON")]
    pub persons: Vec<String>,
    /// What the person says.
    #[command(flatten)]
    pub narrative: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl Register {
    /// Registers it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let narrative = self.narrative.read()?;
        let organisation = match &self.organisation {
            Some(text) => resolve::organisation(link, text).await?,
            None => String::new(),
        };
        let question = RegisterComplaintRequest {
            request_id: session.request_id(self.creation.request_id),
            complaint: Some(Complaint {
                participant: resolve::participant(link, &self.participant).await?,
                contract: resolve::contract(link, &self.contract).await?,
                respondents: resolve::organisations(link, &self.respondents).await?,
                organisation,
                reference: self.reference,
                received_on: Some(session.day(self.received_on)),
                channel: self.channel,
                subject: self.subject,
                formal: self.formal,
                representative_kind: self.representative_kind.unwrap_or_default(),
                jobcentre_plus_on: session.optional_day(self.jobcentre_plus_on),
                statement: Some(Statement {
                    narrative,
                    desired_outcome: self.desired_outcome,
                    representative: self.representative,
                }),
                persons_complained_about: self.persons,
                ..Complaint::default()
            }),
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).register_complaint(request).await
            })
            .await
    }
}

/// Record that another member of the supply chain received the same complaint.
#[derive(Args, Debug)]
pub struct Receipt {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Member of the chain that received it
    #[arg(long, value_name = "ORGANISATION")]
    pub organisation: String,
    /// Day of that receipt; the earliest counts
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub received_on: Day,
    /// How it came
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Receipt {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let question = RecordReceiptRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::complaint(link, &self.case).await?,
            organisation: resolve::organisation(link, &self.organisation).await?,
            received_on: Some(session.day(self.received_on)),
            channel: self.channel,
            etag: self.mutation.etag,
        };
        session
            .ask(question, complaint::outcome, async |stub, request| {
                ComplaintServiceClient::new(stub).record_receipt(request).await
            })
            .await
    }
}
