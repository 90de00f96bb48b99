//! `MixedComplaintService`.

mod change;
mod read;

use redress_chassis::Call;
use redress_proto::routing::v1::{self as proto, mixed_complaint_service_server::MixedComplaintService};
use tonic::{Request, Response, Status};

use self::change::Change;
use crate::app::App;

/// Answers `MixedComplaintService`.
#[derive(Clone)]
pub(crate) struct MixedComplaints {
    pub(crate) app: App,
}

impl MixedComplaints {
    async fn change<R: Change>(
        &self,
        request: Request<R>,
    ) -> Result<Response<proto::MixedComplaint>, Status> {
        let call = Call::of(&request)?;
        change::carry_out(&self.app, &call, request.get_ref()).await
    }
}

#[tonic::async_trait]
impl MixedComplaintService for MixedComplaints {
    async fn direct_to_jobcentre_plus(
        &self,
        request: Request<proto::DirectToJobcentrePlusRequest>,
    ) -> Result<Response<proto::MixedComplaint>, Status> {
        self.change(request).await
    }

    async fn request_contribution(
        &self,
        request: Request<proto::RequestContributionRequest>,
    ) -> Result<Response<proto::MixedComplaint>, Status> {
        self.change(request).await
    }

    async fn send_contribution(
        &self,
        request: Request<proto::SendContributionRequest>,
    ) -> Result<Response<proto::MixedComplaint>, Status> {
        self.change(request).await
    }

    async fn propose_joint_reply(
        &self,
        request: Request<proto::ProposeJointReplyRequest>,
    ) -> Result<Response<proto::MixedComplaint>, Status> {
        self.change(request).await
    }

    async fn agree_wording(
        &self,
        request: Request<proto::AgreeWordingRequest>,
    ) -> Result<Response<proto::MixedComplaint>, Status> {
        self.change(request).await
    }

    async fn issue_joint_reply(
        &self,
        request: Request<proto::IssueJointReplyRequest>,
    ) -> Result<Response<proto::MixedComplaint>, Status> {
        self.change(request).await
    }

    async fn record_satisfaction(
        &self,
        request: Request<proto::RecordSatisfactionRequest>,
    ) -> Result<Response<proto::MixedComplaint>, Status> {
        self.change(request).await
    }

    async fn record_residual(
        &self,
        request: Request<proto::RecordResidualRequest>,
    ) -> Result<Response<proto::MixedComplaint>, Status> {
        self.change(request).await
    }

    async fn get_mixed_complaint(
        &self,
        request: Request<proto::GetMixedComplaintRequest>,
    ) -> Result<Response<proto::MixedComplaint>, Status> {
        read::one(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_mixed_complaints(
        &self,
        request: Request<proto::ListMixedComplaintsRequest>,
    ) -> Result<Response<proto::ListMixedComplaintsResponse>, Status> {
        read::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
