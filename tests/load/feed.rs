//! How long an entry takes from its record to a follower over the wire, while the server is under load.

use std::time::Duration;

use anyhow::Context as _;
use prost::Message as _;
use redress_proto::{
    journal::v1::{
        EntryContent, ListEntriesRequest, StreamEntriesRequest, journal_service_client::JournalServiceClient,
    },
    options::v1::Role,
};
use redress_tests::chain::{Member, bearing};
use tokio::{sync::oneshot, task::JoinSet};

use crate::{
    measured::Measured,
    subject::Subject,
    watch::{Watch, wall},
};

/// A follower that takes what comes and measures how old it is.
pub(crate) struct Follower {
    stop: oneshot::Sender<()>,
    work: JoinSet<anyhow::Result<Measured>>,
}

impl Follower {
    /// Follows from the present end of the journal, as a service does.
    pub(crate) async fn begin(subject: &Subject) -> anyhow::Result<Self> {
        let token = subject.chain.people.token(Member::Prime, Role::Service)?;
        let mut journal = JournalServiceClient::new(subject.channel(0));
        let page = journal.list_entries(bearing(&token, ListEntriesRequest::default())?).await?.into_inner();
        let question = StreamEntriesRequest {
            after_position: page.head_position,
            follow: true,
            ..StreamEntriesRequest::default()
        };
        let mut parts = journal.stream_entries(bearing(&token, question)?).await?.into_inner();
        let (stop, mut stopped) = oneshot::channel();
        let mut work = JoinSet::new();
        work.spawn(async move {
            let (watch, mut measured) = (Watch::start(), Measured::new()?);
            loop {
                let part = tokio::select! {
                    part = parts.message() => part?.context("the feed ended")?,
                    _ = &mut stopped => break,
                };
                let now = wall();
                for entry in part.entries {
                    measured.record(now.saturating_sub(recorded(entry.content.as_ref())?));
                }
            }
            measured.lasted(watch.elapsed());
            Ok(measured)
        });
        Ok(Self { stop, work })
    }

    /// Stops, and says how old entries were when they came.
    pub(crate) async fn end(mut self) -> anyhow::Result<Measured> {
        // It has ended by itself when nobody listens; then its outcome says why.
        let _ = self.stop.send(());
        self.work.join_next().await.context("no follower")??
    }
}

/// When an entry was recorded, since 1970.
fn recorded(content: &[u8]) -> anyhow::Result<Duration> {
    let time = EntryContent::decode(content)?.record_time.context("a record time")?;
    Ok(Duration::new(time.seconds.try_into()?, time.nanos.try_into()?))
}
