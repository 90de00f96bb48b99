//! `ComplaintService`.

mod change;
mod download;
mod list;
mod read;
mod register;
mod watch;

use std::{pin::Pin, sync::Arc};

use prost::Message as _;
use redress_chassis::{Call, Encoded, encoded::Answered};
use redress_proto::complaints::v1::{
    self as proto,
    complaint_service_server::{ComplaintService, ComplaintServiceServer},
};
use tokio_stream::Stream;
use tonic::{Request, Response, Status};

use self::change::Change;
use crate::app::{App, DOMAIN};

/// Answers `ComplaintService`.
#[derive(Clone)]
pub(crate) struct Complaints {
    pub(crate) app: App,
}

type Streamed<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// The rpc whose answer is at hand as bytes, more often than not.
const GET_COMPLAINT: &str = "/redress.complaints.v1.ComplaintService/GetComplaint";

impl Complaints {
    /// The service as it is called.
    pub(crate) fn service(
        self,
    ) -> Encoded<
        ComplaintServiceServer<Self>,
        proto::GetComplaintRequest,
        impl Fn(Request<proto::GetComplaintRequest>) -> Answered,
    > {
        let app = Arc::new(self.app.clone());
        let answer = move |request: Request<proto::GetComplaintRequest>| -> Answered {
            let app = Arc::clone(&app);
            Box::pin(async move { read::complaint(&app, &Call::of(&request)?, request.get_ref()).await })
        };
        Encoded::over(ComplaintServiceServer::new(self), GET_COMPLAINT, answer)
    }

    async fn change<R: Change>(&self, request: Request<R>) -> Result<Response<proto::Complaint>, Status> {
        let call = Call::of(&request)?;
        change::carry_out(&self.app, &call, request.get_ref()).await
    }
}

#[tonic::async_trait]
impl ComplaintService for Complaints {
    type WatchComplaintsStream = Streamed<proto::WatchComplaintsResponse>;
    type DownloadLetterStream = Streamed<proto::DownloadLetterResponse>;

    async fn register_complaint(
        &self,
        request: Request<proto::RegisterComplaintRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        register::register(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn record_receipt(
        &self,
        request: Request<proto::RecordReceiptRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn redirect_complaint(
        &self,
        request: Request<proto::RedirectComplaintRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn acknowledge_complaint(
        &self,
        request: Request<proto::AcknowledgeComplaintRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn assign_handler(
        &self,
        request: Request<proto::AssignHandlerRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn complete_step(
        &self,
        request: Request<proto::CompleteStepRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn submit_draft(
        &self,
        request: Request<proto::SubmitDraftRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn decide_draft(
        &self,
        request: Request<proto::DecideDraftRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn issue_stage_response(
        &self,
        request: Request<proto::IssueStageResponseRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn escalate_complaint(
        &self,
        request: Request<proto::EscalateComplaintRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn issue_final_response(
        &self,
        request: Request<proto::IssueFinalResponseRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn issue_correction(
        &self,
        request: Request<proto::IssueCorrectionRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn record_examiner_contact(
        &self,
        request: Request<proto::RecordExaminerContactRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn reopen_steps(
        &self,
        request: Request<proto::ReopenStepsRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn withdraw_complaint(
        &self,
        request: Request<proto::WithdrawComplaintRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn close_complaint(
        &self,
        request: Request<proto::CloseComplaintRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        self.change(request).await
    }

    async fn get_complaint(
        &self,
        request: Request<proto::GetComplaintRequest>,
    ) -> Result<Response<proto::Complaint>, Status> {
        // Reached by nobody who calls the service as it is served; see `Complaints::service`.
        let answer = read::complaint(&self.app, &Call::of(&request)?, request.get_ref()).await?;
        let message = proto::Complaint::decode(answer.into_inner());
        message.map(Response::new).map_err(|error| DOMAIN.internal(&error))
    }

    async fn list_complaints(
        &self,
        request: Request<proto::ListComplaintsRequest>,
    ) -> Result<Response<proto::ListComplaintsResponse>, Status> {
        list::complaints(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_timeline(
        &self,
        request: Request<proto::ListTimelineRequest>,
    ) -> Result<Response<proto::ListTimelineResponse>, Status> {
        list::timeline(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn watch_complaints(
        &self,
        request: Request<proto::WatchComplaintsRequest>,
    ) -> Result<Response<Self::WatchComplaintsStream>, Status> {
        Ok(watch::complaints(&self.app, &Call::of(&request)?, request.get_ref().after_position))
    }

    async fn get_letter(
        &self,
        request: Request<proto::GetLetterRequest>,
    ) -> Result<Response<proto::Letter>, Status> {
        read::letter(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn download_letter(
        &self,
        request: Request<proto::DownloadLetterRequest>,
    ) -> Result<Response<Self::DownloadLetterStream>, Status> {
        download::letter(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_signposting(
        &self,
        request: Request<proto::GetSignpostingRequest>,
    ) -> Result<Response<proto::GetSignpostingResponse>, Status> {
        read::signposting(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
