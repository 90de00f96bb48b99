//! Whether the suite serves, asked as any gRPC client would; the container's own health check.

use clap::Args;
use serde_json::json;
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};

use crate::{client::Failure, command::Session};

/// Ask whether the suite is serving.
#[derive(Args, Debug)]
pub struct Healthcheck {
    /// gRPC service to ask about, such as redress.complaints.v1.ComplaintService [default: all of it]
    #[arg(default_value = "", hide_default_value = true)]
    pub service: String,
}

impl Healthcheck {
    /// Asks.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let answer = session
            .link
            .ask(HealthCheckRequest { service: self.service }, async |stub, request| {
                HealthClient::new(stub).check(request).await
            })
            .await?;
        match answer.status() {
            ServingStatus::Serving => {
                session.answer_value(&json!({ "status": "SERVING" }), |_| "serving".to_owned())
            }
            ServingStatus::NotServing | ServingStatus::ServiceUnknown | ServingStatus::Unknown => {
                Err(Failure::Unreachable { address: format!("{}, or not for calls", session.link.address()) })
            }
        }
    }
}
