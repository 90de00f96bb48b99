//! Taking a request in, and deciding it.

use clap::Args;
use redress_proto::records_retention::v1::{
    Correspondents, DecideErasureRequestRequest, ErasureDecision, ErasureOutcome, ErasureRequest,
    ReceiveErasureRequestRequest, RecordDataProtectionReferenceRequest,
    erasure_service_client::ErasureServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, choice, day::Day, input::Creation},
    present::erasure,
};

/// Record that a person asked.
#[derive(Args, Debug)]
pub struct Receive {
    /// Who asks: reference or name
    #[arg(long, value_name = "PARTICIPANT")]
    pub participant: String,
    /// Contract under which they are known: reference or name
    #[arg(long, value_name = "CONTRACT")]
    pub contract: String,
    /// Day on which the request was received
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// Name of the organisation that writes the letters
    #[arg(long, value_name = "NAME")]
    pub sender: String,
    /// Name of the person, as the letters address them
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// Their address; once for each line
    #[arg(long = "address-line", value_name = "LINE")]
    pub address: Vec<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Record the reference of the data protection office.
#[derive(Args, Debug)]
pub struct Refer {
    /// The request, as `redress erasure list` shows it
    #[arg(value_name = "REQUEST")]
    pub request: String,
    /// The reference
    #[arg(value_name = "REFERENCE")]
    pub reference: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Decide that the person is erased.
#[derive(Args, Debug)]
pub struct Grant {
    /// The request, as `redress erasure list` shows it
    #[arg(value_name = "REQUEST")]
    pub request: String,
    /// How far the person came
    #[arg(long, value_parser = choice::of("redress.records_retention.v1.ParticipantProgress"))]
    pub progress: i32,
    /// What the answer says besides
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub explanation: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Decide that the person is kept.
#[derive(Args, Debug)]
pub struct Refuse {
    /// The request, as `redress erasure list` shows it
    #[arg(value_name = "REQUEST")]
    pub request: String,
    /// Why
    #[arg(long, value_parser = choice::of("redress.records_retention.v1.ErasureGround"))]
    pub ground: i32,
    /// How far the person came
    #[arg(long, value_parser = choice::of("redress.records_retention.v1.ParticipantProgress"))]
    pub progress: i32,
    /// What the answer says besides
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub explanation: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl Receive {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let asked = ErasureRequest {
            contract: resolve::contract(&session.link, &self.contract).await?,
            participant: resolve::participant(&session.link, &self.participant).await?,
            received_on: Some(session.day(self.on)),
            ..ErasureRequest::default()
        };
        let question = ReceiveErasureRequestRequest {
            request_id: session.request_id(self.creation.request_id),
            erasure_request: Some(asked),
            correspondents: Some(Correspondents {
                sender: self.sender,
                full_name: self.name,
                postal_address: self.address.join("\n"),
            }),
        };
        session
            .ask(question, erasure::show, async |stub, request| {
                ErasureServiceClient::new(stub).receive_erasure_request(request).await
            })
            .await
    }
}

impl Refer {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RecordDataProtectionReferenceRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("erasureRequests", &self.request)?,
            data_protection_reference: self.reference,
        };
        session
            .ask(question, erasure::show, async |stub, request| {
                ErasureServiceClient::new(stub).record_data_protection_reference(request).await
            })
            .await
    }
}

impl Grant {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let decision = ErasureDecision {
            outcome: ErasureOutcome::Erase.into(),
            ground: 0,
            progress: self.progress,
            explanation: self.explanation,
        };
        decide(session, &self.request, decision, self.creation.request_id).await
    }
}

impl Refuse {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let decision = ErasureDecision {
            outcome: ErasureOutcome::Keep.into(),
            ground: self.ground,
            progress: self.progress,
            explanation: self.explanation,
        };
        decide(session, &self.request, decision, self.creation.request_id).await
    }
}

async fn decide(
    session: &Session,
    request: &str,
    decision: ErasureDecision,
    request_id: Option<uuid::Uuid>,
) -> Result<(), Failure> {
    let question = DecideErasureRequestRequest {
        request_id: session.request_id(request_id),
        name: resolve::by_uuid("erasureRequests", request)?,
        decision: Some(decision),
    };
    session
        .ask(question, erasure::show, async |stub, request| {
            ErasureServiceClient::new(stub).decide_erasure_request(request).await
        })
        .await
}
