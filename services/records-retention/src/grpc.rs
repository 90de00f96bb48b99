//! What callers ask, taken out of messages and handed to commands.

mod control;
mod disposal;
mod erasure;
mod record;
mod schedule;

use std::pin::Pin;

use redress_chassis::Call;
use redress_proto::records_retention::v1::{
    self as proto, disposal_service_server::DisposalService, erasure_service_server::ErasureService,
    record_service_server::RecordService, schedule_service_server::ScheduleService,
};
use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use crate::{
    app::App,
    command::{change::How, control::Turn},
};
use records_retention_domain::{change, disposal::Command};

/// Answers `RecordService`.
#[derive(Clone)]
pub(crate) struct Records {
    pub(crate) app: App,
}

/// Answers `DisposalService`.
#[derive(Clone)]
pub(crate) struct Disposals {
    pub(crate) app: App,
}

/// Answers `ErasureService`.
#[derive(Clone)]
pub(crate) struct Erasures {
    pub(crate) app: App,
}

/// Answers `ScheduleService`.
#[derive(Clone)]
pub(crate) struct Schedules {
    pub(crate) app: App,
}

type Answered<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl RecordService for Records {
    type DownloadPartStream = Pin<Box<dyn Stream<Item = Result<proto::DownloadPartResponse, Status>> + Send>>;

    async fn register_record(
        &self,
        request: Request<proto::RegisterRecordRequest>,
    ) -> Answered<proto::Record> {
        record::change::register(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn upload_part(
        &self,
        request: Request<Streaming<proto::UploadPartRequest>>,
    ) -> Answered<proto::Record> {
        let call = Call::of(&request)?;
        let (app, pieces) = (self.app.clone(), request.into_inner());
        // A caller who goes away ends the pieces, but cuts nothing of what is done with them.
        self.app.desk.parts.tasks.finish(record::upload::part(app, call, pieces)).await
    }

    async fn record_payment(&self, request: Request<proto::RecordPaymentRequest>) -> Answered<proto::Record> {
        record::change::record_payment(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn place_hold(&self, request: Request<proto::PlaceHoldRequest>) -> Answered<proto::Record> {
        record::hold::place(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn review_hold(&self, request: Request<proto::ReviewHoldRequest>) -> Answered<proto::Record> {
        record::hold::review(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn release_hold(&self, request: Request<proto::ReleaseHoldRequest>) -> Answered<proto::Record> {
        record::hold::release(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn review_anonymity(
        &self,
        request: Request<proto::ReviewAnonymityRequest>,
    ) -> Answered<proto::Record> {
        record::change::review_anonymity(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_record(&self, request: Request<proto::GetRecordRequest>) -> Answered<proto::Record> {
        record::read::get(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn download_part(
        &self,
        request: Request<proto::DownloadPartRequest>,
    ) -> Answered<Self::DownloadPartStream> {
        record::download::part(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_report(
        &self,
        request: Request<proto::GetReportRequest>,
    ) -> Answered<proto::GetReportResponse> {
        record::read::report(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn simulate_schedule(
        &self,
        request: Request<proto::SimulateScheduleRequest>,
    ) -> Answered<proto::SimulateScheduleResponse> {
        record::simulate::simulate(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_records(
        &self,
        request: Request<proto::ListRecordsRequest>,
    ) -> Answered<proto::ListRecordsResponse> {
        record::list::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}

#[tonic::async_trait]
impl DisposalService for Disposals {
    async fn propose_disposal(
        &self,
        request: Request<proto::ProposeDisposalRequest>,
    ) -> Answered<proto::Disposal> {
        disposal::propose(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn approve_disposal(
        &self,
        request: Request<proto::ApproveDisposalRequest>,
    ) -> Answered<proto::Disposal> {
        disposal::approve(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn veto_disposal(&self, request: Request<proto::VetoDisposalRequest>) -> Answered<proto::Disposal> {
        disposal::settle(&self.app, &Call::of(&request)?, &request.get_ref().name, Command::Veto).await
    }

    async fn execute_disposal(
        &self,
        request: Request<proto::ExecuteDisposalRequest>,
    ) -> Answered<proto::Disposal> {
        disposal::execute(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn propose_disposal_ending(
        &self,
        request: Request<proto::ProposeDisposalEndingRequest>,
    ) -> Answered<proto::Disposal> {
        disposal::propose_ending(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn approve_disposal_ending(
        &self,
        request: Request<proto::ApproveDisposalEndingRequest>,
    ) -> Answered<proto::Disposal> {
        disposal::approve_ending(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_disposal(&self, request: Request<proto::GetDisposalRequest>) -> Answered<proto::Disposal> {
        disposal::get(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_disposals(
        &self,
        request: Request<proto::ListDisposalsRequest>,
    ) -> Answered<proto::ListDisposalsResponse> {
        disposal::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_certificate(
        &self,
        request: Request<proto::GetCertificateRequest>,
    ) -> Answered<proto::Certificate> {
        disposal::certificate(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn stop_disposals(
        &self,
        request: Request<proto::StopDisposalsRequest>,
    ) -> Answered<proto::DisposalControl> {
        control::turn(&self.app, &Call::of(&request)?, Turn::Stop).await
    }

    async fn release_stop(
        &self,
        request: Request<proto::ReleaseStopRequest>,
    ) -> Answered<proto::DisposalControl> {
        control::turn(&self.app, &Call::of(&request)?, Turn::Release).await
    }

    async fn confirm_date(
        &self,
        request: Request<proto::ConfirmDateRequest>,
    ) -> Answered<proto::DisposalControl> {
        control::turn(&self.app, &Call::of(&request)?, Turn::ConfirmDate).await
    }

    async fn get_disposal_control(
        &self,
        request: Request<proto::GetDisposalControlRequest>,
    ) -> Answered<proto::DisposalControl> {
        control::get(&self.app, &Call::of(&request)?).await
    }
}

#[tonic::async_trait]
impl ErasureService for Erasures {
    async fn receive_erasure_request(
        &self,
        request: Request<proto::ReceiveErasureRequestRequest>,
    ) -> Answered<proto::ErasureRequest> {
        erasure::receive(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn record_data_protection_reference(
        &self,
        request: Request<proto::RecordDataProtectionReferenceRequest>,
    ) -> Answered<proto::ErasureRequest> {
        erasure::record_reference(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn decide_erasure_request(
        &self,
        request: Request<proto::DecideErasureRequestRequest>,
    ) -> Answered<proto::ErasureRequest> {
        erasure::decide(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_erasure_request(
        &self,
        request: Request<proto::GetErasureRequestRequest>,
    ) -> Answered<proto::ErasureRequest> {
        erasure::get(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_erasure_requests(
        &self,
        request: Request<proto::ListErasureRequestsRequest>,
    ) -> Answered<proto::ListErasureRequestsResponse> {
        erasure::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}

#[tonic::async_trait]
impl ScheduleService for Schedules {
    async fn change_schedule(
        &self,
        request: Request<proto::ChangeScheduleRequest>,
    ) -> Answered<proto::ScheduleChange> {
        let wanted = request.get_ref().schedule_change.as_ref();
        schedule::ask(&self.app, &Call::of(&request)?, wanted, How::Make).await
    }

    async fn propose_schedule_change(
        &self,
        request: Request<proto::ProposeScheduleChangeRequest>,
    ) -> Answered<proto::ScheduleChange> {
        let wanted = request.get_ref().schedule_change.as_ref();
        schedule::ask(&self.app, &Call::of(&request)?, wanted, How::Propose).await
    }

    async fn approve_schedule_change(
        &self,
        request: Request<proto::ApproveScheduleChangeRequest>,
    ) -> Answered<proto::ScheduleChange> {
        schedule::approve(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn withdraw_schedule_change(
        &self,
        request: Request<proto::WithdrawScheduleChangeRequest>,
    ) -> Answered<proto::ScheduleChange> {
        let name = &request.get_ref().name;
        schedule::settle(&self.app, &Call::of(&request)?, name, change::Command::Withdraw).await
    }

    async fn get_schedule_change(
        &self,
        request: Request<proto::GetScheduleChangeRequest>,
    ) -> Answered<proto::ScheduleChange> {
        schedule::get(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_schedule_changes(
        &self,
        request: Request<proto::ListScheduleChangesRequest>,
    ) -> Answered<proto::ListScheduleChangesResponse> {
        schedule::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
