//! The switch that stops all destruction.

use clap::Args;
use redress_proto::records_retention::v1::{
    ConfirmDateRequest, GetDisposalControlRequest, ReleaseStopRequest, StopDisposalsRequest,
    disposal_service_client::DisposalServiceClient,
};

use crate::{
    client::Failure,
    command::{Session, input::Creation},
    present::disposal,
};

/// Show the switch.
#[derive(Args, Debug)]
pub struct Show {}

/// Stop.
#[derive(Args, Debug)]
pub struct Stop {
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Let it go on.
#[derive(Args, Debug)]
pub struct GoOn {
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Confirm the date.
#[derive(Args, Debug)]
pub struct ConfirmDate {
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl Show {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        session
            .ask(GetDisposalControlRequest {}, disposal::control, async |stub, request| {
                DisposalServiceClient::new(stub).get_disposal_control(request).await
            })
            .await
    }
}

impl Stop {
    /// Stops it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = StopDisposalsRequest { request_id: session.request_id(self.creation.request_id) };
        session
            .ask(question, disposal::control, async |stub, request| {
                DisposalServiceClient::new(stub).stop_disposals(request).await
            })
            .await
    }
}

impl GoOn {
    /// Lets it go on.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ReleaseStopRequest { request_id: session.request_id(self.creation.request_id) };
        session
            .ask(question, disposal::control, async |stub, request| {
                DisposalServiceClient::new(stub).release_stop(request).await
            })
            .await
    }
}

impl ConfirmDate {
    /// Confirms it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ConfirmDateRequest { request_id: session.request_id(self.creation.request_id) };
        session
            .ask(question, disposal::control, async |stub, request| {
                DisposalServiceClient::new(stub).confirm_date(request).await
            })
            .await
    }
}
