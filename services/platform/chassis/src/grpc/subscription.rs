//! The subscriptions of a service, for its operators.

mod render;

use std::sync::Arc;

use prost::Message as _;
use redress_journal::{
    Shell,
    shell::{self, Command},
    subscription::{
        operate::{Operations, Readmit, Refused, Retry, Skip},
        report,
    },
};
use redress_proto::journal::v1::{
    ListParkedEntriesRequest, ListParkedEntriesResponse, ListSubscriptionsRequest, ListSubscriptionsResponse,
    ParkedEntry, ReadmitSourceRequest, ReadmitSourceResponse, RetryParkedEntryRequest,
    RetryParkedEntryResponse, SkipParkedEntryRequest, SkipParkedEntryResponse,
    subscription_service_server::{SubscriptionService, SubscriptionServiceServer},
};
use redress_store::DbError;
use tonic::{Request, Response, Status};

use super::{journal::DOMAIN, meant};
use crate::{
    call::Call,
    follow::Progress,
    page,
    service::{App, Parts},
    telemetry::{self, Source},
};

/// Commands of operators are few.
const SETTINGS: shell::Settings = shell::Settings { lanes: 1, group: 8, queue: 64, retries: 3 };

/// One service's subscriptions.
pub(crate) struct Followed {
    pub(crate) service: &'static str,
    parts: Parts,
    shell: Shell<Operations>,
    /// Those that run in this process, by source.
    pub(crate) running: Vec<(&'static str, Arc<Progress>)>,
}

impl Followed {
    pub(crate) fn new(service: &'static str, parts: Parts) -> Self {
        let shell = Shell::start(&parts.shell(), SETTINGS);
        Self { service, parts, shell, running: Vec::new() }
    }

    pub(crate) const fn parts(&self) -> &Parts {
        &self.parts
    }

    pub(crate) fn figures(&self) -> Source {
        let Parts { database, clock, .. } = &self.parts;
        telemetry::subscription::source(self.service, database.clone(), self.running.clone(), clock.clone())
    }

    async fn submit<C>(&self, call: &Call, command: C) -> Result<(), Status>
    where
        C: Command<Operations, Answer = (), Refusal = Refused>,
    {
        self.shell.submit(call.command(command)).await.map_err(|failure| DOMAIN.failure(&failure))
    }
}

/// Answers for the subscriptions of a listener's services.
pub(crate) fn answer(app: App, followed: Arc<[Followed]>) -> App {
    app.answer(SubscriptionServiceServer::new(Subscriptions(followed)))
}

struct Subscriptions(Arc<[Followed]>);

impl Subscriptions {
    fn meant<T>(&self, request: &Request<T>) -> Result<&Followed, Status> {
        meant(DOMAIN, &self.0, |followed| followed.service, request)
    }
}

/// After which entry the next page begins.
#[derive(Clone, PartialEq, Eq, prost::Message)]
struct Cursor {
    #[prost(string, tag = "1")]
    source: String,
    #[prost(int64, tag = "2")]
    position: i64,
}

#[tonic::async_trait]
impl SubscriptionService for Subscriptions {
    async fn list_subscriptions(
        &self,
        request: Request<ListSubscriptionsRequest>,
    ) -> Result<Response<ListSubscriptionsResponse>, Status> {
        let followed = self.meant(&request)?;
        let now = followed.parts.clock.now();
        let mut tx = followed.parts.database.read().await.map_err(failed)?;
        let all = report::gauges(&mut tx).await.map_err(failed)?;
        let subscriptions = all
            .into_iter()
            .map(|gauges| {
                let running = followed.running.iter().find(|(source, _)| *source == gauges.source);
                render::subscription(gauges, running.map(|(_, progress)| progress.lag(now)))
            })
            .collect();
        Ok(Response::new(ListSubscriptionsResponse { subscriptions }))
    }

    async fn list_parked_entries(
        &self,
        request: Request<ListParkedEntriesRequest>,
    ) -> Result<Response<ListParkedEntriesResponse>, Status> {
        let (followed, call) = (self.meant(&request)?, Call::of(&request)?);
        let request = request.into_inner();
        let parts = &followed.parts;
        let (now, question) = (parts.clock.now(), [followed.service, &request.source].join(" "));
        let size = page::size(DOMAIN, request.page_size)?;
        let cursor = parts.pages.open(DOMAIN, &call, question.as_bytes(), &request.page_token, now)?;
        let after =
            cursor.map_or_else(Cursor::default, |bytes| Cursor::decode(bytes.as_slice()).unwrap_or_default());
        let mut tx = parts.database.read().await.map_err(failed)?;
        let after = (after.source.as_str(), after.position);
        let found = report::parked(&mut tx, &request.source, after, i64::from(size) + 1).await;
        let mut entries: Vec<ParkedEntry> = found.map_err(failed)?.into_iter().map(render::parked).collect();
        let more = entries.len() > size as usize;
        entries.truncate(size as usize);
        let next_page_token = match entries.last() {
            Some(last) if more => {
                let cursor = Cursor { source: last.source.clone(), position: last.position };
                parts.pages.seal(&call, question.as_bytes(), &cursor.encode_to_vec(), now)
            }
            Some(_) | None => String::new(),
        };
        Ok(Response::new(ListParkedEntriesResponse { entries, next_page_token }))
    }

    async fn retry_parked_entry(
        &self,
        request: Request<RetryParkedEntryRequest>,
    ) -> Result<Response<RetryParkedEntryResponse>, Status> {
        let (followed, call) = (self.meant(&request)?, Call::of(&request)?);
        let RetryParkedEntryRequest { source, position, .. } = request.into_inner();
        followed.submit(&call, Retry { source, position }).await?;
        Ok(Response::new(RetryParkedEntryResponse {}))
    }

    async fn skip_parked_entry(
        &self,
        request: Request<SkipParkedEntryRequest>,
    ) -> Result<Response<SkipParkedEntryResponse>, Status> {
        let (followed, call) = (self.meant(&request)?, Call::of(&request)?);
        let SkipParkedEntryRequest { source, position, .. } = request.into_inner();
        let record = followed.parts.ids.next();
        followed.submit(&call, Skip { source, position, record }).await?;
        Ok(Response::new(SkipParkedEntryResponse {}))
    }

    async fn readmit_source(
        &self,
        request: Request<ReadmitSourceRequest>,
    ) -> Result<Response<ReadmitSourceResponse>, Status> {
        let (followed, call) = (self.meant(&request)?, Call::of(&request)?);
        let ReadmitSourceRequest { source, resume_after_position, .. } = request.into_inner();
        let record = followed.parts.ids.next();
        followed.submit(&call, Readmit { source, resume_after: resume_after_position, record }).await?;
        Ok(Response::new(ReadmitSourceResponse {}))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "made to be handed to `map_err`")]
fn failed(error: DbError) -> Status {
    DOMAIN.database(&error)
}
