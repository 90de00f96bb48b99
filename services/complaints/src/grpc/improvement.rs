//! `ImprovementService`.

mod issue;
mod proposal;

use redress_chassis::Call;
use redress_proto::complaints::v1::{self as proto, improvement_service_server::ImprovementService};
use tonic::{Request, Response, Status};

use crate::app::App;

/// Answers `ImprovementService`.
#[derive(Clone)]
pub(crate) struct Improvement {
    pub(crate) app: App,
}

#[tonic::async_trait]
impl ImprovementService for Improvement {
    async fn report_issue(
        &self,
        request: Request<proto::ReportIssueRequest>,
    ) -> Result<Response<proto::Issue>, Status> {
        issue::report(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn resolve_issue(
        &self,
        request: Request<proto::ResolveIssueRequest>,
    ) -> Result<Response<proto::Issue>, Status> {
        issue::resolve(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_issue(
        &self,
        request: Request<proto::GetIssueRequest>,
    ) -> Result<Response<proto::Issue>, Status> {
        issue::get(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_issues(
        &self,
        request: Request<proto::ListIssuesRequest>,
    ) -> Result<Response<proto::ListIssuesResponse>, Status> {
        issue::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn create_change_proposal(
        &self,
        request: Request<proto::CreateChangeProposalRequest>,
    ) -> Result<Response<proto::ChangeProposal>, Status> {
        proposal::create(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn move_change_proposal(
        &self,
        request: Request<proto::MoveChangeProposalRequest>,
    ) -> Result<Response<proto::ChangeProposal>, Status> {
        proposal::advance(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn decide_change_proposal(
        &self,
        request: Request<proto::DecideChangeProposalRequest>,
    ) -> Result<Response<proto::ChangeProposal>, Status> {
        proposal::decide(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_change_proposal(
        &self,
        request: Request<proto::GetChangeProposalRequest>,
    ) -> Result<Response<proto::ChangeProposal>, Status> {
        proposal::get(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_change_proposals(
        &self,
        request: Request<proto::ListChangeProposalsRequest>,
    ) -> Result<Response<proto::ListChangeProposalsResponse>, Status> {
        proposal::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
