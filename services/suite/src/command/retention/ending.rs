//! The ways out of a standstill: one person proposes, another agrees.

use clap::{Args, Subcommand};
use redress_proto::records_retention::v1::{
    ApproveDisposalEndingRequest, ProposeDisposalEndingRequest,
    disposal_service_client::DisposalServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, choice, input::Creation},
    present::disposal,
};

/// How a disposal that stands still is ended.
#[derive(Debug, Subcommand)]
pub enum End {
    /// Say how it should end, and why
    Propose(Propose),
    /// Agree with that, as another person than the one who proposed it; it cannot be undone
    Approve(Approve),
}

/// Say how it should end.
#[derive(Args, Debug)]
pub struct Propose {
    /// The disposal
    #[arg(value_name = "DISPOSAL")]
    pub disposal: String,
    /// How
    #[arg(value_name = "ENDING", value_parser = choice::of("redress.records_retention.v1.DisposalEndingKind"))]
    pub kind: i32,
    /// Why
    #[arg(long, value_name = "REASON", value_parser = choice::of("redress.records_retention.v1.DisposalEndingReason"))]
    pub reason: i32,
    /// Where the reasons are written down
    #[arg(long, value_name = "REFERENCE")]
    pub reference: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Agree with that.
#[derive(Args, Debug)]
pub struct Approve {
    /// The disposal
    #[arg(value_name = "DISPOSAL")]
    pub disposal: String,
    /// The ending that you have read
    #[arg(value_name = "ENDING", value_parser = choice::of("redress.records_retention.v1.DisposalEndingKind"))]
    pub kind: i32,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl End {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Propose(propose) => propose.run(session).await,
            Self::Approve(approve) => approve.run(session).await,
        }
    }
}

impl Propose {
    /// Says how it should end.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ProposeDisposalEndingRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("disposals", &self.disposal)?,
            kind: self.kind,
            reason: self.reason,
            reference: self.reference,
        };
        session
            .ask(question, disposal::show, async |stub, request| {
                DisposalServiceClient::new(stub).propose_disposal_ending(request).await
            })
            .await
    }
}

impl Approve {
    /// Agrees with it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ApproveDisposalEndingRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("disposals", &self.disposal)?,
            kind: self.kind,
        };
        session
            .ask(question, disposal::show, async |stub, request| {
                DisposalServiceClient::new(stub).approve_disposal_ending(request).await
            })
            .await
    }
}
