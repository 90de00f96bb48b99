//! `RecoveryService`.

mod change;
mod read;

use redress_chassis::Call;
use redress_proto::ice_liaison::v1::{self as proto, recovery_service_server::RecoveryService};
use tonic::{Request, Response, Status};

use crate::app::App;

/// Answers `RecoveryService`.
#[derive(Clone)]
pub(crate) struct Recovery {
    pub(crate) app: App,
}

#[tonic::async_trait]
impl RecoveryService for Recovery {
    async fn raise_charge(
        &self,
        request: Request<proto::RaiseChargeRequest>,
    ) -> Result<Response<proto::Charge>, Status> {
        change::raise(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn excuse_charge(
        &self,
        request: Request<proto::ExcuseChargeRequest>,
    ) -> Result<Response<proto::Charge>, Status> {
        change::excuse(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn reverse_charge(
        &self,
        request: Request<proto::ReverseChargeRequest>,
    ) -> Result<Response<proto::Charge>, Status> {
        change::reverse(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn record_payment(
        &self,
        request: Request<proto::RecordPaymentRequest>,
    ) -> Result<Response<proto::Charge>, Status> {
        change::pay(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn close_ledger_year(
        &self,
        request: Request<proto::CloseLedgerYearRequest>,
    ) -> Result<Response<proto::CloseLedgerYearResponse>, Status> {
        change::close_year(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_charge(
        &self,
        request: Request<proto::GetChargeRequest>,
    ) -> Result<Response<proto::Charge>, Status> {
        read::get(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_charges(
        &self,
        request: Request<proto::ListChargesRequest>,
    ) -> Result<Response<proto::ListChargesResponse>, Status> {
        read::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_statement(
        &self,
        request: Request<proto::GetStatementRequest>,
    ) -> Result<Response<proto::GetStatementResponse>, Status> {
        read::statement(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_reconciliation(
        &self,
        request: Request<proto::GetReconciliationRequest>,
    ) -> Result<Response<proto::GetReconciliationResponse>, Status> {
        read::reconcile(&self.app, &Call::of(&request)?).await
    }
}
