//! `DocumentService`.

mod download;
mod parent;
mod read;
mod upload;

use std::pin::Pin;

use redress_chassis::Call;
use redress_proto::complaints::v1::{self as proto, document_service_server::DocumentService};
use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use crate::app::App;

/// Answers `DocumentService`.
#[derive(Clone)]
pub(crate) struct Documents {
    pub(crate) app: App,
}

#[tonic::async_trait]
impl DocumentService for Documents {
    type DownloadDocumentStream =
        Pin<Box<dyn Stream<Item = Result<proto::DownloadDocumentResponse, Status>> + Send>>;

    async fn upload_document(
        &self,
        request: Request<Streaming<proto::UploadDocumentRequest>>,
    ) -> Result<Response<proto::Document>, Status> {
        let call = Call::of(&request)?;
        let (app, pieces) = (self.app.clone(), request.into_inner());
        // A caller who goes away ends the pieces, but cuts nothing of what is done with them.
        self.app.desk.parts.tasks.finish(upload::document(app, call, pieces)).await
    }

    async fn download_document(
        &self,
        request: Request<proto::DownloadDocumentRequest>,
    ) -> Result<Response<Self::DownloadDocumentStream>, Status> {
        download::document(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_document(
        &self,
        request: Request<proto::GetDocumentRequest>,
    ) -> Result<Response<proto::Document>, Status> {
        read::document(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_documents(
        &self,
        request: Request<proto::ListDocumentsRequest>,
    ) -> Result<Response<proto::ListDocumentsResponse>, Status> {
        read::documents(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
