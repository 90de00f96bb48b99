//! `CorrespondenceService`.

mod letter;
mod page;
mod recommendation;

use redress_chassis::Call;
use redress_proto::ice_liaison::v1::{self as proto, correspondence_service_server::CorrespondenceService};
use tonic::{Request, Response, Status};

use crate::app::App;

/// Answers `CorrespondenceService`.
#[derive(Clone)]
pub(crate) struct Correspondence {
    pub(crate) app: App,
}

#[tonic::async_trait]
impl CorrespondenceService for Correspondence {
    async fn record_ice_letter(
        &self,
        request: Request<proto::RecordIceLetterRequest>,
    ) -> Result<Response<proto::IceLetter>, Status> {
        letter::record(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn answer_ice_letter(
        &self,
        request: Request<proto::AnswerIceLetterRequest>,
    ) -> Result<Response<proto::IceLetter>, Status> {
        letter::answer(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_ice_letters(
        &self,
        request: Request<proto::ListIceLettersRequest>,
    ) -> Result<Response<proto::ListIceLettersResponse>, Status> {
        letter::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn assign_recommendation(
        &self,
        request: Request<proto::AssignRecommendationRequest>,
    ) -> Result<Response<proto::Recommendation>, Status> {
        recommendation::assign(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn complete_recommendation(
        &self,
        request: Request<proto::CompleteRecommendationRequest>,
    ) -> Result<Response<proto::Recommendation>, Status> {
        recommendation::complete(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_recommendations(
        &self,
        request: Request<proto::ListRecommendationsRequest>,
    ) -> Result<Response<proto::ListRecommendationsResponse>, Status> {
        recommendation::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
