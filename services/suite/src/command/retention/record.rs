//! Registering records, payments, and judging sets again.

use std::path::PathBuf;

use clap::Args;
use redress_proto::records_retention::v1::{
    AssessmentReport, Payment, Record, RecordPaymentRequest, RegisterRecordRequest, ReviewAnonymityRequest,
    record_service_client::RecordServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session, choice,
        day::Day,
        input::{Creation, Mutation, file},
    },
    present::{json, record, word},
    transfer::{self, OfRecord, Upload},
};

/// Register a record.
#[derive(Args, Debug)]
pub struct Register {
    /// What it is; how long it is kept follows from that
    #[arg(value_name = "CLASS", value_parser = choice::of("redress.records_retention.v1.RecordClass"))]
    pub class: i32,
    /// Contract under which it arose: reference or name
    #[arg(long, value_name = "CONTRACT")]
    pub contract: String,
    /// Person it is about: reference or name; an open complaint of that person holds it
    #[arg(long, value_name = "PARTICIPANT")]
    pub participant: Option<String>,
    /// Your own reference; forgotten when the record ends
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REFERENCE")]
    pub reference: String,
    /// Day on which a report was completed
    #[arg(long, value_name = "DAY")]
    pub completed_on: Option<Day>,
    /// Day on which the person started, where a European fund paid
    #[arg(long, value_name = "DAY")]
    pub funded_start_on: Option<Day>,
    /// File to be kept with it, sealed, and gone with it
    #[arg(long, value_name = "FILE")]
    pub content: Option<PathBuf>,
    /// File that holds the report itself as JSON, field by field, so that it can be anonymised; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "content")]
    pub report: Option<PathBuf>,
    /// Order on whose authority content is taken in again that was destroyed before
    #[arg(long, value_name = "REFERENCE")]
    pub readmit_under: Option<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Tell of a payment.
#[derive(Args, Debug)]
pub struct Tell {
    /// The record, a report
    #[arg(value_name = "RECORD")]
    pub record: String,
    /// Day on which it was received
    #[arg(long, value_name = "DAY")]
    pub received_on: Day,
    /// Which payment, to correct or withdraw it [default: a new one]
    #[arg(long, value_name = "PAYMENT")]
    pub payment: Option<String>,
    /// Which telling of it counts: a correction takes a higher number
    #[arg(long, default_value_t = 1, value_name = "NUMBER", value_parser = clap::value_parser!(i32).range(1..=1000))]
    pub revision: i32,
    /// It pays for a part only, and sets no clock running
    #[arg(long)]
    pub in_part: bool,
    /// It turned out not to be one
    #[arg(long)]
    pub withdrawn: bool,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Judge again whether a set is anonymous.
#[derive(Args, Debug)]
pub struct Judge {
    /// The set, a record
    #[arg(value_name = "RECORD")]
    pub record: String,
    /// What you found when you tried to tell people apart
    #[arg(value_name = "FINDING", value_parser = choice::of("redress.records_retention.v1.AnonymityFinding"))]
    pub finding: i32,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Judge {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ReviewAnonymityRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("records", &self.record)?,
            finding: self.finding,
            etag: self.mutation.etag,
        };
        session
            .ask(question, record::show, async |stub, request| {
                RecordServiceClient::new(stub).review_anonymity(request).await
            })
            .await
    }
}

impl Register {
    /// Registers it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let participant = match &self.participant {
            Some(participant) => resolve::participant(link, participant).await?,
            None => String::new(),
        };
        let record = Record {
            contract: resolve::contract(link, &self.contract).await?,
            record_class: self.class,
            participant,
            reference: self.reference,
            completed_on: session.optional_day(self.completed_on),
            funded_start_on: session.optional_day(self.funded_start_on),
            ..Record::default()
        };
        let question = RegisterRecordRequest {
            request_id: session.request_id(self.creation.request_id),
            record: Some(record),
            report: match &self.report {
                Some(place) => Some(json::read::<AssessmentReport>(&file(place)?)?),
                None => None,
            },
            readmission_authority: self.readmit_under.clone().unwrap_or_default(),
        };
        let registered = link
            .ask(question, async |stub, request| {
                RecordServiceClient::new(stub).register_record(request).await
            })
            .await?;
        let Some(content) = self.content else { return session.answer(&registered, record::show) };
        // The upload is as safe to repeat as the registration: its id is that of the record, which the same request comes to again.
        let request_id = word::id(&registered.name).to_owned();
        let place = OfRecord {
            record: registered.name,
            etag: String::new(),
            readmission_authority: self.readmit_under.unwrap_or_default(),
        };
        let upload = Upload::of(content, request_id, None, None);
        session.answer(&transfer::send(link, &upload, &place).await?, record::show)
    }
}

impl Tell {
    /// Tells it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let request_id = session.request_id(self.creation.request_id);
        // A new payment takes its id from the request, so that a repetition tells of the same one.
        let named = self.payment.as_deref().unwrap_or(&request_id);
        let payment = Payment {
            name: resolve::by_uuid("payments", named)?,
            revision: self.revision,
            received_on: Some(session.day(self.received_on)),
            completes: !self.in_part,
            withdrawn: self.withdrawn,
        };
        let question = RecordPaymentRequest {
            request_id,
            name: resolve::by_uuid("records", &self.record)?,
            payment: Some(payment),
        };
        session
            .ask(question, record::show, async |stub, request| {
                RecordServiceClient::new(stub).record_payment(request).await
            })
            .await
    }
}
