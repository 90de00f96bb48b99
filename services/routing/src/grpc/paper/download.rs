//! Sending a paper, checked on the way, in constant memory.

use futures::{StreamExt as _, TryStreamExt as _, stream};
use redress_chassis::{Call, Parse};
use redress_papers::Outgoing;
use redress_proto::routing::v1 as proto;
use routing_domain::id;
use tonic::{Response, Status};

use super::{PaperService, Papers, read};
use crate::app::{self, App, DOMAIN};

type Sent = <Papers as PaperService>::DownloadPaperStream;

/// The description first, then the bytes.
pub(super) async fn paper(
    app: &App,
    call: &Call,
    request: &proto::DownloadPaperRequest,
) -> Result<Response<Sent>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Paper>("name", &request.name);
    let offset = parse.chosen("offset", u64::try_from(request.offset).ok());
    let (id, offset) = parse.finish(id.zip(offset)).map_err(app::invalid)?;
    let row = read::visible(app, call, id).await?;
    let outgoing = Outgoing {
        name: id.name(),
        id: id.uuid(),
        stage: row.stage,
        size: u64::try_from(row.size_bytes).unwrap_or_default(),
        sha256: row.sha256.clone(),
        object: row.blob,
    };
    outgoing.check(offset).map_err(|refusal| DOMAIN.refuse(&refusal))?;
    let description = read::described(app, call, &row).await?;
    let key = app.desk.open_key(row.key).await?;
    let bytes = outgoing.bytes(DOMAIN, &app.desk.parts, &key, offset).await?;
    tracing::info!(paper.id = %id, caller = %call.caller.subject, "a paper was read");
    let first = proto::DownloadPaperResponse { paper: Some(description), ..Default::default() };
    let data = bytes.map_ok(|data| proto::DownloadPaperResponse { paper: None, data });
    Ok(Response::new(Box::pin(stream::iter([Ok(first)]).chain(data))))
}
