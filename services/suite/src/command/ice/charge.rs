//! The charge, as the department runs it.

use clap::Args;
use redress_proto::{
    ice_liaison::v1::{
        GetReconciliationRequest, RaiseChargeRequest, recovery_service_client::RecoveryServiceClient,
    },
    r#type::v1::Money,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, day::Day, input::Creation},
    present::recovery,
};

/// Raise the charge.
#[derive(Args, Debug)]
pub struct Raise {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// The amount in pence, as the guidance has it
    #[arg(long, value_name = "PENCE")]
    pub pence: i64,
    /// Reference of the decision, where the complaint was upheld in part
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REFERENCE")]
    pub authority: String,
    /// Day in whose period it is posted [default: today]
    #[arg(long, value_name = "DAY")]
    pub posted_on: Option<Day>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Add up the ledger.
#[derive(Args, Debug)]
pub struct Ledger {}

impl Raise {
    /// Raises it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RaiseChargeRequest {
            request_id: session.request_id(self.creation.request_id),
            examination: resolve::by_uuid("examinations", &self.examination)?,
            amount: Some(Money { pence: self.pence }),
            authority: self.authority,
            posted_on: session.optional_day(self.posted_on),
        };
        session
            .ask(question, recovery::charge, async |stub, request| {
                RecoveryServiceClient::new(stub).raise_charge(request).await
            })
            .await
    }
}

impl Ledger {
    /// Adds it up.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        session
            .ask(GetReconciliationRequest {}, recovery::ledger, async |stub, request| {
                RecoveryServiceClient::new(stub).get_reconciliation(request).await
            })
            .await
    }
}
