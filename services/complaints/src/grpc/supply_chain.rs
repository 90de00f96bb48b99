//! `SupplyChainService`.

mod change;
mod read;

use redress_chassis::Call;
use redress_proto::supply_chain::v1::{self as proto, supply_chain_service_server::SupplyChainService};
use tonic::{Request, Response, Status};

use crate::app::App;

/// Answers `SupplyChainService`.
#[derive(Clone)]
pub(crate) struct SupplyChain {
    pub(crate) app: App,
}

#[tonic::async_trait]
impl SupplyChainService for SupplyChain {
    async fn create_organisation(
        &self,
        request: Request<proto::CreateOrganisationRequest>,
    ) -> Result<Response<proto::Organisation>, Status> {
        change::create_organisation(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_organisation(
        &self,
        request: Request<proto::GetOrganisationRequest>,
    ) -> Result<Response<proto::Organisation>, Status> {
        read::organisation(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_organisations(
        &self,
        request: Request<proto::ListOrganisationsRequest>,
    ) -> Result<Response<proto::ListOrganisationsResponse>, Status> {
        read::organisations(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn create_contract(
        &self,
        request: Request<proto::CreateContractRequest>,
    ) -> Result<Response<proto::Contract>, Status> {
        change::create_contract(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_contract(
        &self,
        request: Request<proto::GetContractRequest>,
    ) -> Result<Response<proto::Contract>, Status> {
        read::contract(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_contracts(
        &self,
        request: Request<proto::ListContractsRequest>,
    ) -> Result<Response<proto::ListContractsResponse>, Status> {
        read::contracts(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn end_contract(
        &self,
        request: Request<proto::EndContractRequest>,
    ) -> Result<Response<proto::Contract>, Status> {
        change::end_contract(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn novate_contract(
        &self,
        request: Request<proto::NovateContractRequest>,
    ) -> Result<Response<proto::Contract>, Status> {
        change::novate_contract(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn add_subcontractor(
        &self,
        request: Request<proto::AddSubcontractorRequest>,
    ) -> Result<Response<proto::SupplyChainLink>, Status> {
        change::add_subcontractor(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn end_subcontractor(
        &self,
        request: Request<proto::EndSubcontractorRequest>,
    ) -> Result<Response<proto::SupplyChainLink>, Status> {
        change::end_subcontractor(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_supply_chain(
        &self,
        request: Request<proto::ListSupplyChainRequest>,
    ) -> Result<Response<proto::ListSupplyChainResponse>, Status> {
        read::supply_chain(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
