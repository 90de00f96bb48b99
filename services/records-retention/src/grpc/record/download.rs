//! Sending what lies with a record, checked on the way, in constant memory.

use aws_lc_rs::digest;
use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use records_retention_domain::{id, record::Part};
use redress_chassis::{Call, Parse};
use redress_kernel::hexadecimal;
use redress_papers::Outgoing;
use redress_proto::{complaints::v1::DocumentState, records_retention::v1 as proto};
use tonic::{Response, Status};

use super::{
    super::{RecordService, Records},
    read,
};
use crate::{
    app::{self, App, CONTENT, DOMAIN, FILE_NAME},
    convert,
    store::{self, content::PartContent},
};

type Sent = <Records as RecordService>::DownloadPartStream;

/// The letters of the suite are written so.
const LETTER: &str = "text/plain";

/// What is known of it first, then the bytes. Of a record that ended there is nothing, and the answer says so (L31).
pub(in super::super) async fn part(
    app: &App,
    call: &Call,
    request: &proto::DownloadPartRequest,
) -> Result<Response<Sent>, Status> {
    let mut parse = Parse::new();
    let record = parse.name::<id::Record>("name", &request.name);
    let part = parse.name::<id::Part>("part", &request.part);
    let offset = parse.chosen("offset", u64::try_from(request.offset).ok());
    let read = record.zip(part).zip(offset);
    let ((record, part), offset) = parse.finish(read).map_err(app::invalid)?;
    let part = read::part(app, call, record, part, false).await?;
    let mut tx = app.desk.read().await?;
    let found = store::content::find(&mut tx, part.id).await.map_err(app::database)?;
    drop(tx);
    match found {
        Some(content) => paper(app, call, &part, &content, offset).await,
        None => letter(app, call, &part, offset).await,
    }
}

async fn paper(
    app: &App,
    call: &Call,
    part: &Part,
    content: &PartContent,
    offset: u64,
) -> Result<Response<Sent>, Status> {
    let outgoing = Outgoing {
        name: part.id.name(),
        id: part.id.uuid(),
        stage: content.stage,
        size: u64::try_from(content.size_bytes).unwrap_or_default(),
        sha256: content.sha256.clone(),
        object: content.blob,
    };
    outgoing.check(offset).map_err(|refusal| DOMAIN.refuse(&refusal))?;
    let file_name = app.desk.opened(call, FILE_NAME, part.id.uuid()).await?.unwrap_or_default();
    let known = proto::PartContent {
        part: part.id.name(),
        file_name: String::from_utf8_lossy(&file_name).into_owned(),
        media_type: part.content.as_ref().map(|content| content.media_type.clone()).unwrap_or_default(),
        size_bytes: content.size_bytes,
        sha256: hexadecimal(&content.sha256),
        state: part.content.as_ref().map_or(0, |content| convert::state(content).into()),
    };
    let key = app.desk.open_key(content.key).await?;
    let bytes = outgoing.bytes(DOMAIN, &app.desk.parts, &key, offset).await?;
    tracing::info!(part.id = %part.id, caller = %call.caller.subject, "what lies with a record was read");
    let data = bytes.map_ok(|data| proto::DownloadPartResponse { content: None, data });
    Ok(Response::new(Box::pin(stream::iter([Ok(first(known))]).chain(data))))
}

/// A letter of ours, which lies among the sealed texts.
async fn letter(app: &App, call: &Call, part: &Part, offset: u64) -> Result<Response<Sent>, Status> {
    let text = app.desk.opened(call, CONTENT, part.id.uuid()).await?;
    let text = text.ok_or_else(|| DOMAIN.not_found("part", &part.id.name()))?;
    let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
    if offset >= size {
        return Err(DOMAIN.refuse(&redress_papers::Refusal::PastEnd { size }));
    }
    let known = proto::PartContent {
        part: part.id.name(),
        file_name: String::new(),
        media_type: LETTER.to_owned(),
        size_bytes: i64::try_from(size).unwrap_or(i64::MAX),
        sha256: hexadecimal(digest::digest(&digest::SHA256, &text).as_ref()),
        state: DocumentState::Stored.into(),
    };
    let from = usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
    let data = proto::DownloadPartResponse { content: None, data: Bytes::from(text).slice(from..) };
    Ok(Response::new(Box::pin(stream::iter([Ok(first(known)), Ok(data)]))))
}

fn first(known: proto::PartContent) -> proto::DownloadPartResponse {
    proto::DownloadPartResponse { content: Some(known), ..proto::DownloadPartResponse::default() }
}
