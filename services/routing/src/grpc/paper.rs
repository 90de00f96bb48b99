//! `PaperService`.

mod download;
mod read;
mod upload;

use std::pin::Pin;

use redress_chassis::Call;
use redress_proto::routing::v1::{self as proto, paper_service_server::PaperService};
use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use crate::app::App;

/// Answers `PaperService`.
#[derive(Clone)]
pub(crate) struct Papers {
    pub(crate) app: App,
}

#[tonic::async_trait]
impl PaperService for Papers {
    type DownloadPaperStream =
        Pin<Box<dyn Stream<Item = Result<proto::DownloadPaperResponse, Status>> + Send>>;

    async fn upload_paper(
        &self,
        request: Request<Streaming<proto::UploadPaperRequest>>,
    ) -> Result<Response<proto::Paper>, Status> {
        let call = Call::of(&request)?;
        let (app, pieces) = (self.app.clone(), request.into_inner());
        // A caller who goes away ends the pieces, but cuts nothing of what is done with them.
        self.app.desk.parts.tasks.finish(upload::paper(app, call, pieces)).await
    }

    async fn download_paper(
        &self,
        request: Request<proto::DownloadPaperRequest>,
    ) -> Result<Response<Self::DownloadPaperStream>, Status> {
        download::paper(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_paper(
        &self,
        request: Request<proto::GetPaperRequest>,
    ) -> Result<Response<proto::Paper>, Status> {
        read::paper(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_papers(
        &self,
        request: Request<proto::ListPapersRequest>,
    ) -> Result<Response<proto::ListPapersResponse>, Status> {
        read::papers(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
