//! The same bag as the server sends it: a document of the whole size on file, its bytes unsealed, checked, and sent by the rpc.

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use redress_proto::{
    complaints::v1::{
        DocumentChunk, DocumentDescription, DocumentKind, UploadDocumentRequest,
        document_service_client::DocumentServiceClient, upload_document_request::Piece,
    },
    ice_liaison::v1::{BuildEvidenceBagRequest, evidence_bag_service_client::EvidenceBagServiceClient},
    options::v1::Role,
};
use redress_tests::chain::{Member, bearing};
use tonic::{Request, transport::Channel};

use super::{LOOK, bare, megabytes};
use crate::{
    arguments::Plan,
    report::{Column, Report},
    subject::Subject,
    watch::Watch,
};

/// Bytes that are sent at a time.
const PIECE: usize = 256 << 10;

/// How often the bag and the bare stream take turns, so that what the machine does for a while falls on both alike.
const TURNS: u32 = 3;

/// Files the document, builds the bag, and looks at the server's memory meanwhile.
pub(crate) async fn measure(
    subject: &Subject,
    bare: &bare::Server,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    report.progress("an evidence bag from the server");
    let mut seed = plan.seed();
    let (chain, channel) = (&subject.chain, subject.channel(0));
    let complaint = chain.register(&channel, Subject::received_on(), &mut seed).await?;
    let token = chain.people.token(Member::Prime, Role::ComplaintsManager)?;
    let size = i64::try_from(plan.bag)?;
    let pieces = pieces(complaint.clone(), size, seed.request_id());
    DocumentServiceClient::new(channel.clone()).upload_document(bearing(&token, pieces)?).await?;

    let client = EvidenceBagServiceClient::new(channel);
    let rest = subject.resident().context("the server's memory")?;
    let (mut empty, mut whole) = (Fetched::default(), Fetched::default());
    for _ in 0..TURNS {
        empty.follow(&bare.fetch().await?);
        let request =
            BuildEvidenceBagRequest { complaint: complaint.clone(), ..BuildEvidenceBagRequest::default() };
        let fetched = fetch(client.clone(), bearing(&token, request)?, || subject.resident()).await?;
        ensure!(fetched.bytes > plan.bag, "{} bytes came", fetched.bytes);
        whole.follow(&fetched);
    }
    report.throughput("bag: bare stream", Column::Ceiling, empty.rate());
    report.throughput("bag: from the server", subject.column, whole.rate());
    report.megabytes("bag: server memory above rest", subject.column, whole.most.saturating_sub(rest));
    Ok(())
}

/// What came of a bag.
#[derive(Default)]
pub(super) struct Fetched {
    bytes: u64,
    seconds: f64,
    /// Most memory that was seen meanwhile, in kilobytes.
    most: u64,
}

impl Fetched {
    /// Adds what was fetched after this.
    fn follow(&mut self, other: &Self) {
        self.bytes += other.bytes;
        self.seconds += other.seconds;
        self.most = self.most.max(other.most);
    }

    /// Megabytes a second.
    fn rate(&self) -> f64 {
        megabytes(self.bytes) / self.seconds
    }
}

/// Fetches a bag and forgets it, looking at somebody's memory now and then.
pub(super) async fn fetch(
    mut client: EvidenceBagServiceClient<Channel>,
    request: Request<BuildEvidenceBagRequest>,
    memory: impl Fn() -> Option<u64>,
) -> anyhow::Result<Fetched> {
    let watch = Watch::start();
    let mut parts = client.build_evidence_bag(request).await?.into_inner();
    let (mut bytes, mut stated, mut most) = (0_u64, None, 0);
    while let Some(part) = parts.next().await {
        let part = part?;
        stated = stated.or(part.bag.map(|bag| bag.size_bytes));
        let before = bytes / LOOK;
        bytes += part.chunk.len() as u64;
        if bytes / LOOK > before {
            most = most.max(memory().unwrap_or_default());
        }
    }
    let seconds = watch.elapsed().as_secs_f64();
    if let Some(stated) = stated {
        ensure!(i64::try_from(bytes)? == stated, "{bytes} of {stated} bytes came");
    }
    Ok(Fetched { bytes, seconds, most })
}

/// The document in pieces, of which one is held.
fn pieces(
    parent: String,
    size: i64,
    request_id: String,
) -> impl futures::Stream<Item = UploadDocumentRequest> + Send {
    let description = DocumentDescription {
        request_id,
        parent,
        file_name: "recording.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        size_bytes: size,
        sha256: String::new(),
        kind: DocumentKind::Evidence.into(),
    };
    let line = b"The adviser did not come, and nobody said why. I waited for an hour.\n";
    let piece: Bytes = line.iter().copied().cycle().take(PIECE).collect::<Vec<u8>>().into();
    let first = UploadDocumentRequest { piece: Some(Piece::Description(description)) };
    let step = i64::try_from(PIECE).unwrap_or(i64::MAX);
    let rest = stream::unfold(0_i64, move |offset| {
        let piece = piece.clone();
        async move {
            let left = usize::try_from(size - offset).ok().filter(|left| *left > 0)?;
            let data = piece.slice(..left.min(PIECE));
            let chunk = Piece::Chunk(DocumentChunk { offset, data });
            Some((UploadDocumentRequest { piece: Some(chunk) }, offset + step))
        }
    });
    stream::iter([first]).chain(rest)
}
