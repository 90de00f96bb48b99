//! The journal of a service, for those who follow and check it.

mod lens;
mod render;
mod visibility;

use std::{pin::Pin, sync::Arc};

use futures::{Stream, StreamExt as _};
use redress_journal::{Feed, Filter, Log, feed::FeedFault, log::proofs::ProofRefusal};
use redress_kernel::{Explanation, Kind};
use redress_proto::journal::v1::{
    Checkpoint, GetCheckpointRequest, GetConsistencyProofRequest, GetConsistencyProofResponse,
    GetInclusionProofRequest, GetInclusionProofResponse, ListEntriesRequest, ListEntriesResponse,
    StreamEntriesRequest, StreamEntriesResponse,
    journal_service_server::{JournalService, JournalServiceServer},
};
use tonic::{Request, Response, Status};
use uuid::Uuid;

pub use visibility::{Seen, Visibility};

use self::lens::Lens;
use super::meant;
use crate::{call::Call, page, service::App, status::Domain};

pub(crate) const DOMAIN: Domain = Domain::new("journal.redress");
/// Entries in one part of a stream.
const PART: usize = 200;

/// One service's journal.
pub(crate) struct Journal {
    pub(crate) service: &'static str,
    pub(crate) log: Log,
    pub(crate) visibility: Option<Arc<dyn Visibility>>,
}

/// Answers for the journals of a listener.
pub(crate) fn answer(app: App, journals: Vec<Journal>) -> App {
    app.answer(JournalServiceServer::new(Journals(journals.into())))
}

struct Journals(Arc<[Journal]>);

type Parts = Pin<Box<dyn Stream<Item = Result<StreamEntriesResponse, Status>> + Send>>;

#[tonic::async_trait]
impl JournalService for Journals {
    type StreamEntriesStream = Parts;

    async fn stream_entries(
        &self,
        request: Request<StreamEntriesRequest>,
    ) -> Result<Response<Parts>, Status> {
        let journal = self.meant(&request)?;
        let (lens, request) = (Lens::of(journal, &Call::of(&request)?).await?, request.into_inner());
        let filter = filter(lens.seen(), request.types, &request.stream_kind, &request.stream_id)?;
        let feed = journal.log.feed();
        // The first part is read before the stream begins, so that a position beyond the head is a plain refusal.
        let first = feed.read(request.after_position, PART, &filter).await.map_err(fault)?;
        let (after, more) = (first.scanned, request.follow || first.scanned < first.head);
        let first = lens.look(first).await?;
        let reading = Reading { feed, filter, lens, after, more };
        let rest = futures::stream::try_unfold((reading, request.follow), next);
        let parts = futures::stream::iter([Ok(render::part(first))]).chain(rest);
        Ok(Response::new(parts.boxed()))
    }

    async fn list_entries(
        &self,
        request: Request<ListEntriesRequest>,
    ) -> Result<Response<ListEntriesResponse>, Status> {
        let journal = self.meant(&request)?;
        let (lens, request) = (Lens::of(journal, &Call::of(&request)?).await?, request.into_inner());
        let filter = filter(lens.seen(), request.types, &request.stream_kind, &request.stream_id)?;
        let size = page::size(DOMAIN, request.page_size)? as usize;
        let page = journal.log.feed().read(request.after_position, size, &filter).await.map_err(fault)?;
        Ok(Response::new(render::list(lens.look(page).await?)))
    }

    async fn get_checkpoint(
        &self,
        request: Request<GetCheckpointRequest>,
    ) -> Result<Response<Checkpoint>, Status> {
        let log = &self.meant(&request)?.log;
        let head = log.head().await.map_err(|error| DOMAIN.database(&error))?;
        Ok(Response::new(render::checkpoint(log, head)))
    }

    async fn get_inclusion_proof(
        &self,
        request: Request<GetInclusionProofRequest>,
    ) -> Result<Response<GetInclusionProofResponse>, Status> {
        let journal = self.meant(&request)?;
        let (lens, request) = (Lens::of(journal, &Call::of(&request)?).await?, request.into_inner());
        let size = (request.size != 0).then_some(request.size);
        let proof = journal.log.prove_inclusion(request.position, size).await.map_err(unproved)?;
        if lens.shows(&proof.entry).await? {
            return Ok(Response::new(render::inclusion(proof)));
        }
        Err(DOMAIN.explain(
            &Explanation::new(
                Kind::NotFound,
                "ENTRY_NOT_FOUND",
                "there is no such entry, or it is not yours to see",
            )
            .with("position", request.position),
        ))
    }

    async fn get_consistency_proof(
        &self,
        request: Request<GetConsistencyProofRequest>,
    ) -> Result<Response<GetConsistencyProofResponse>, Status> {
        let log = &self.meant(&request)?.log;
        let request = request.into_inner();
        let new_size = (request.new_size != 0).then_some(request.new_size);
        let proof = log.prove_consistency(request.old_size, new_size).await.map_err(unproved)?;
        Ok(Response::new(render::consistency(&proof)))
    }
}

impl Journals {
    fn meant<T>(&self, request: &Request<T>) -> Result<&Journal, Status> {
        meant(DOMAIN, &self.0, |journal| journal.service, request)
    }
}

/// How far a stream has got.
struct Reading {
    feed: Feed,
    filter: Filter,
    lens: Lens,
    after: i64,
    more: bool,
}

/// The next part of a stream: what there is, or what comes when the caller follows.
async fn next(
    (mut reading, follow): (Reading, bool),
) -> Result<Option<(StreamEntriesResponse, (Reading, bool))>, Status> {
    if !reading.more {
        return Ok(None);
    }
    loop {
        let page = reading.feed.read(reading.after, PART, &reading.filter).await.map_err(fault)?;
        if page.scanned > reading.after || !follow {
            // A stream stays open for longer than a caller's contracts stay the same. One that was learned of since was learned of
            // before anything that is told of it, so that whoever looks after reading misses nothing.
            if reading.lens.renew().await? {
                reading.filter.visible = covered(reading.lens.seen());
                continue;
            }
            reading.after = page.scanned;
            reading.more = follow || page.scanned < page.head;
            let page = reading.lens.look(page).await?;
            return Ok(Some((render::part(page), (reading, follow))));
        }
        reading.feed.wait(reading.after).await;
    }
}

fn filter(seen: Seen, types: Vec<String>, kind: &str, id: &str) -> Result<Filter, Status> {
    let stream_id = match id {
        "" => None,
        // The inspector has seen to its form.
        id => Some(Uuid::try_parse(id).map_err(|error| DOMAIN.internal(&error))?),
    };
    let stream_kind = (!kind.is_empty()).then(|| kind.to_owned());
    Ok(Filter { types, stream_kind, stream_id, visible: covered(seen) })
}

fn covered(seen: Seen) -> Arc<dyn Fn(Option<Uuid>) -> bool + Send + Sync> {
    Arc::new(move |scope| seen.covers(scope))
}

fn fault(fault: FeedFault) -> Status {
    match fault {
        FeedFault::BeyondHead { head } => beyond(head),
        FeedFault::Database(error) => DOMAIN.database(&error),
    }
}

fn unproved(refusal: ProofRefusal) -> Status {
    match refusal {
        ProofRefusal::BeyondHead { head } => beyond(head),
        ProofRefusal::Tree(fault) => DOMAIN.internal(&fault),
    }
}

fn beyond(head: i64) -> Status {
    DOMAIN.explain(
        &Explanation::new(Kind::OutOfRange, "BEYOND_HEAD", "the log does not reach that far")
            .with("head_position", head),
    )
}
