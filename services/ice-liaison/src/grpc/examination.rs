//! `ExaminationService`.

mod change;
mod paper;
mod read;
mod report;

pub(crate) use paper::papers;

use ice_liaison_domain::{ExaminationId, examination::Command, id};
use redress_chassis::{Call, Parse, etag};
use redress_proto::ice_liaison::v1::{self as proto, examination_service_server::ExaminationService};
use redress_store::sealed::Sealed;
use tonic::{Request, Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::act::Act,
    part::Part,
};

/// Answers `ExaminationService`.
#[derive(Clone)]
pub(crate) struct Examinations {
    pub(crate) app: App,
}

/// What a command on an examination is asked with: its name, its etag, and what else is read of the request.
struct Asked<T> {
    id: ExaminationId,
    expected: Option<i64>,
    rest: T,
}

/// Reads a request on an examination, everything wrong at once.
fn asked<T>(name: &str, tag: &str, read: impl FnOnce(&mut Parse) -> Option<T>) -> Result<Asked<T>, Status> {
    let expected = etag::parse(DOMAIN, tag)?;
    let mut parse = Parse::new();
    let id = parse.name::<id::Examination>("name", name);
    let rest = read(&mut parse);
    let (id, rest) = parse.finish(id.zip(rest)).map_err(app::invalid)?;
    Ok(Asked { id, expected, rest })
}

/// Has a command carried out.
async fn act<T>(
    app: &App,
    call: &Call,
    asked: &Asked<T>,
    command: Command,
    note: Option<(Part, Sealed)>,
) -> Result<Response<proto::Examination>, Status> {
    let command = Act {
        rulebook: app.rulebook.clone(),
        caller: Some(App::organisation(call)),
        examination: asked.id,
        expected: asked.expected,
        command,
        texts: Vec::new(),
        note,
    };
    app.desk.submit(call, Some(asked.id.uuid()), command).await
}

#[tonic::async_trait]
impl ExaminationService for Examinations {
    async fn explain_admissibility(
        &self,
        request: Request<proto::ExplainAdmissibilityRequest>,
    ) -> Result<Response<proto::ExplainAdmissibilityResponse>, Status> {
        read::admissibility(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn open_examination(
        &self,
        request: Request<proto::OpenExaminationRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        change::open(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn confirm_process(
        &self,
        request: Request<proto::ConfirmProcessRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        change::confirm(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn request_revisit(
        &self,
        request: Request<proto::RequestRevisitRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        change::revisit(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn accept_examination(
        &self,
        request: Request<proto::AcceptExaminationRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        change::accept(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn decline_examination(
        &self,
        request: Request<proto::DeclineExaminationRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        change::decline(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn advance_examination(
        &self,
        request: Request<proto::AdvanceExaminationRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        change::advance(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn send_evidence(
        &self,
        request: Request<proto::SendEvidenceRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        paper::send(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn agree_examination(
        &self,
        request: Request<proto::AgreeExaminationRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        change::agree(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn record_report(
        &self,
        request: Request<proto::RecordReportRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        report::record(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn submit_account(
        &self,
        request: Request<proto::SubmitAccountRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        paper::account(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn withdraw_examination(
        &self,
        request: Request<proto::WithdrawExaminationRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        change::withdraw(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn close_examination(
        &self,
        request: Request<proto::CloseExaminationRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        change::close(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_examination(
        &self,
        request: Request<proto::GetExaminationRequest>,
    ) -> Result<Response<proto::Examination>, Status> {
        read::get(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_examinations(
        &self,
        request: Request<proto::ListExaminationsRequest>,
    ) -> Result<Response<proto::ListExaminationsResponse>, Status> {
        read::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_papers(
        &self,
        request: Request<proto::ListPapersRequest>,
    ) -> Result<Response<proto::ListPapersResponse>, Status> {
        read::papers(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
