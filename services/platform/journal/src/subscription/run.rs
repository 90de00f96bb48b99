//! The life of a subscription, and what a person may do about it.

use prost::Message as _;
use redress_store::DbError;
use tokio_util::sync::CancellationToken;

use super::{Handler, Parked, Source, Standing, Subscription, backoff, cursor, held};
use crate::{
    append::{Entries, Origin},
    entry::{Actor, Draft},
};

/// `redress.journal.v1.EntrySkipped`.
#[derive(Clone, PartialEq, Eq, prost::Message)]
struct EntrySkipped {
    #[prost(string, tag = "1")]
    source: String,
    #[prost(int64, tag = "2")]
    position: i64,
    #[prost(string, tag = "3")]
    entry_id: String,
}

/// How a subscription is doing, for the metrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gauges {
    /// Position up to which the source was acted on.
    pub position: i64,
    /// Entries that wait for another attempt, or behind another entry.
    pub held: i64,
    /// Entries that wait for a person.
    pub parked: i64,
    /// Whether the source is trusted.
    pub standing: Standing,
}

impl<S: Source, H: Handler> Subscription<S, H> {
    /// Follows the source until `stop`.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut failures = 0;
        while !stop.is_cancelled() {
            let (position, pause) = match self.step().await {
                Ok(done) if done.handled + done.held > 0 => {
                    failures = 0;
                    continue;
                }
                Ok(done) => {
                    failures = 0;
                    (done.position, self.settings.timer)
                }
                Err(fault) => {
                    failures += 1;
                    tracing::warn!(error = %fault, source = self.source.name(), "a source was not followed");
                    let (first, longest) = (self.settings.first_pause, self.settings.longest_pause);
                    (i64::MAX, backoff::pause(failures, first, longest, (self.draw)()))
                }
            };
            tokio::select! {
                () = self.source.wait(position), if failures == 0 => {}
                () = rest(pause) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// How the subscription is doing.
    pub async fn gauges(&self) -> Result<Gauges, DbError> {
        let mut tx = self.db.read().await?;
        let found = cursor::find(&mut tx, self.source.name()).await?;
        let (held, parked) = held::count(&mut tx, self.source.name()).await?;
        let (position, standing) =
            found.map_or((0, Standing::Following), |cursor| (cursor.position, cursor.standing));
        Ok(Gauges { position, held: held - parked, parked, standing })
    }

    /// Everything that is parked in this database, whatever the source.
    pub async fn parked(&self) -> Result<Vec<Parked>, DbError> {
        held::parked(&mut self.db.read().await?).await
    }

    /// Lets a parked entry be tried again; `false` when there is none at this position.
    pub async fn redrive(&self, position: i64) -> Result<bool, DbError> {
        let mut tx = self.db.write().await?;
        let redriven = held::redrive(&mut tx, self.source.name(), position, self.now()).await?;
        tx.commit().await?;
        Ok(redriven)
    }

    /// Gives a parked entry up for good, by a person with authority; its stream goes on without it. The journal says who
    /// did so. `false` when there is none at this position.
    pub async fn skip(&self, position: i64, by: Actor) -> Result<bool, DbError> {
        let mut tx = self.db.write().await?;
        let Some(entry) = held::parked_at(&mut tx, self.source.name(), position).await? else {
            return Ok(false);
        };
        held::take(&mut tx, self.source.name(), position).await?;
        let skipped = EntrySkipped {
            source: self.source.name().to_owned(),
            position,
            entry_id: entry.content.entry_id.clone(),
        };
        let mut entries = Entries::new(
            self.ids.as_ref(),
            self.now(),
            Origin { actor: by, causation: entry.id().ok(), ..Origin::of_suite() },
        );
        entries.append(Draft {
            // Each skipping is a stream of its own: it happens once.
            stream_kind: "skipped-entries",
            stream_id: self.ids.next(),
            version: 1,
            entry_type: "redress.journal.v1.EntrySkipped",
            schema_version: 1,
            payload: skipped.encode_to_vec(),
            scope: None,
            citations: Vec::new(),
        });
        entries.flush(&mut tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Trusts a quarantined source again, after a person has made sure of it; `false` when it is not quarantined.
    pub async fn readmit(&mut self) -> Result<bool, DbError> {
        let mut tx = self.db.write().await?;
        let readmitted = cursor::readmit(&mut tx, self.source.name(), self.now()).await?;
        tx.commit().await?;
        Ok(readmitted)
    }
}

#[expect(clippy::disallowed_methods, reason = "the caller waits for news and for the stop beside it")]
async fn rest(time: std::time::Duration) {
    tokio::time::sleep(time).await;
}
