//! Documents on their way in and out, in pieces.

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use redress_proto::{
    complaints::v1::{
        DocumentChunk, DocumentDescription, DocumentKind, DownloadDocumentRequest, UploadDocumentRequest,
        document_service_client::DocumentServiceClient, upload_document_request::Piece,
    },
    options::v1::Role,
};
use redress_tests::chain::{Member, bearing};
use tonic::transport::Channel;

use crate::{arguments::Plan, report::Report, subject::Subject, watch::Watch};

const PIECE: usize = 256 << 10;
const MEGABYTE: f64 = 1_000_000.0;

pub(crate) async fn measure(subject: &Subject, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let token = subject.chain.people.token(Member::Prime, Role::ComplaintsOfficer)?;
    let mut client = DocumentServiceClient::new(subject.channel(0));
    let parent = subject.names().into_iter().next().context("nothing was registered")?;
    let content = text(plan.document);

    let pieces = pieces(parent, &content, plan.seed().request_id());
    let watch = Watch::start();
    let document = client.upload_document(bearing(&token, stream::iter(pieces))?).await?.into_inner();
    report.throughput("upload", subject.column, megabytes(content.len()) / watch.elapsed().as_secs_f64());

    let watch = Watch::start();
    let fetched = fetch(&mut client, &token, document.name).await?;
    report.throughput("download", subject.column, megabytes(fetched) / watch.elapsed().as_secs_f64());
    ensure!(fetched == content.len(), "{fetched} bytes came back");
    Ok(())
}

async fn fetch(
    client: &mut DocumentServiceClient<Channel>,
    token: &str,
    name: String,
) -> anyhow::Result<usize> {
    let request = DownloadDocumentRequest { name, offset: 0 };
    let mut answer = client.download_document(bearing(token, request)?).await?.into_inner();
    let mut length = 0;
    while let Some(piece) = answer.next().await {
        length += piece?.data.len();
    }
    Ok(length)
}

fn pieces(parent: String, content: &Bytes, request_id: String) -> Vec<UploadDocumentRequest> {
    let description = DocumentDescription {
        request_id,
        parent,
        file_name: "statement.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        size_bytes: i64::try_from(content.len()).unwrap_or(i64::MAX),
        sha256: String::new(),
        kind: DocumentKind::Evidence.into(),
    };
    let chunk = |offset: usize| DocumentChunk {
        offset: i64::try_from(offset).unwrap_or(i64::MAX),
        data: content.slice(offset..(offset + PIECE).min(content.len())),
    };
    let first = UploadDocumentRequest { piece: Some(Piece::Description(description)) };
    let rest = (0..content.len())
        .step_by(PIECE)
        .map(|offset| UploadDocumentRequest { piece: Some(Piece::Chunk(chunk(offset))) });
    std::iter::once(first).chain(rest).collect()
}

/// Plain text, so that what it looks like and what it says it is agree.
fn text(length: usize) -> Bytes {
    let line = b"The adviser did not come, and nobody said why. I waited for an hour.\n";
    line.iter().copied().cycle().take(length).collect::<Vec<u8>>().into()
}

#[expect(clippy::cast_precision_loss, reason = "a rate is not exact")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / MEGABYTE
}
