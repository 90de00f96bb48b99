//! Sending a document, checked on the way, in constant memory.

use aws_lc_rs::digest;
use complaints_domain::id;
use futures::stream;
use redress_chassis::{Call, Parse};
use redress_proto::complaints::v1 as proto;
use redress_store::blob::{BlobFault, Reader};
use tonic::{Response, Status};

use super::{DocumentService, Documents, fault, read};
use crate::{
    app::{self, App, DOMAIN},
    command::document::DocumentRefusal,
    store::document::{Document, DocumentStage},
};

type Sent = <Documents as DocumentService>::DownloadDocumentStream;

/// The description first, then the bytes.
pub(super) async fn document(
    app: &App,
    call: &Call,
    request: &proto::DownloadDocumentRequest,
) -> Result<Response<Sent>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Document>("name", &request.name);
    let offset = parse.chosen("offset", u64::try_from(request.offset).ok());
    let (id, offset) = parse.finish(id.zip(offset)).map_err(app::invalid)?;
    let row = read::visible(app, call, id).await?;
    match row.stage {
        DocumentStage::Stored => {}
        stage @ (DocumentStage::Mismatched | DocumentStage::Unscannable | DocumentStage::Harmful) => {
            return Err(DOMAIN.refuse(&DocumentRefusal::Quarantined { document: id, stage }));
        }
    }
    let size = u64::try_from(row.size_bytes).unwrap_or_default();
    if offset >= size {
        return Err(DOMAIN.refuse(&DocumentRefusal::PastEnd { size }));
    }
    let description = read::described(app, call, &row).await?;
    let key = app.desk.open_key(row.key).await?;
    let reader = app.desk.parts.blobs.reader(row.blob, &key, id.uuid(), offset).await;
    let reader = reader.map_err(|fault| fault::blob(&fault))?;
    tracing::info!(document.id = %id, caller = %call.caller.subject, "a document was read");
    let first = proto::DownloadDocumentResponse { document: Some(description), ..Default::default() };
    let sending = Sending { reader, seen: (offset == 0).then(begin), row };
    let bytes = stream::try_unfold(sending, Sending::next);
    let whole = futures::StreamExt::chain(stream::iter([Ok(first)]), bytes);
    Ok(Response::new(Box::pin(whole)))
}

/// A document on its way out.
struct Sending {
    reader: Reader,
    /// What was sent so far, where it is sent from its beginning.
    seen: Option<digest::Context>,
    row: Document,
}

impl Sending {
    async fn next(mut self) -> Result<Option<(proto::DownloadDocumentResponse, Self)>, Status> {
        match self.reader.next().await.map_err(|fault| fault::blob(&fault))? {
            Some(data) => {
                if let Some(seen) = &mut self.seen {
                    seen.update(&data);
                }
                Ok(Some((proto::DownloadDocumentResponse { document: None, data }, self)))
            }
            None => match self.seen {
                Some(seen) if seen.clone().finish().as_ref() != self.row.sha256 => {
                    Err(fault::blob(&BlobFault::Tampered))
                }
                Some(_) | None => Ok(None),
            },
        }
    }
}

fn begin() -> digest::Context {
    digest::Context::new(&digest::SHA256)
}
