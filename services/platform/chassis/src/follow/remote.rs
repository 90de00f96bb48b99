//! A source in another process: its feed over the wire, one stream that stays open.

use std::{collections::VecDeque, time::Duration};

use futures::{FutureExt as _, StreamExt as _};
use redress_journal::{
    entry::Entry,
    feed::Page,
    subscription::{Source, SourceFault},
};
use redress_proto::journal::v1::{
    self as proto, StreamEntriesRequest, StreamEntriesResponse, journal_service_client::JournalServiceClient,
};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};
use tonic::{Code, Status, Streaming};
use tonic_types::StatusExt as _;
use uuid::Uuid;

use crate::{
    peers::{Peer, PeerChannel},
    stopwatch::instant,
};

/// How long the source may take to begin its answer.
const BEGIN: Duration = Duration::from_secs(10);
/// A stream that has been silent for so long is opened anew: whoever stands between may have forgotten it.
const SILENCE: Duration = Duration::from_secs(30);
/// A stream that lasted no longer was of no use.
const BRIEF: Duration = Duration::from_secs(1);
/// Bytes of one part of the stream: two hundred entries of 64 KiB, and what goes around them.
const LARGEST_PART: usize = 16 * 1024 * 1024;

/// Another service's feed over the wire.
pub(crate) struct RemoteSource {
    name: &'static str,
    peer: Peer,
    reading: Mutex<Option<Reading>>,
}

/// An open stream, and what of it was not taken yet.
struct Reading {
    parts: Streaming<StreamEntriesResponse>,
    ready: VecDeque<Page>,
    /// Everything up to here was received.
    received: i64,
    /// Everything up to here was taken.
    taken: i64,
    head: i64,
    epoch: Uuid,
    opened: Instant,
    heard: Instant,
    ended: bool,
}

impl RemoteSource {
    pub(crate) fn new(name: &'static str, peer: Peer) -> Self {
        Self { name, peer, reading: Mutex::new(None) }
    }

    fn client(&self) -> JournalServiceClient<PeerChannel> {
        JournalServiceClient::new(self.peer.channel()).max_decoding_message_size(LARGEST_PART)
    }

    /// Opens the stream after a position. Its first part comes at once, also when there is nothing new.
    async fn open(&self, after: i64) -> Result<Reading, SourceFault> {
        let request =
            StreamEntriesRequest { after_position: after, follow: true, ..StreamEntriesRequest::default() };
        let begun = async {
            let mut parts = self.client().stream_entries(self.peer.open_ended(request)).await?.into_inner();
            Ok(parts.message().await?.map(|first| (parts, first)))
        };
        let (parts, first) = match timeout(BEGIN, begun).await {
            Ok(Ok(Some(begun))) => begun,
            Ok(Ok(None)) => return Err(unavailable("the stream ended before it began")),
            Ok(Err(status)) => return Err(fault(&status)),
            Err(_) => return Err(unavailable("the stream did not begin in time")),
        };
        let mut reading = Reading {
            parts,
            ready: VecDeque::new(),
            received: after,
            taken: after,
            head: after,
            epoch: Uuid::nil(),
            opened: instant(),
            heard: instant(),
            ended: false,
        };
        reading.receive(first)?;
        Ok(reading)
    }
}

impl Source for RemoteSource {
    fn name(&self) -> &str {
        self.name
    }

    async fn read(&self, after: i64, limit: usize) -> Result<Page, SourceFault> {
        let mut held = self.reading.lock().await;
        // The stream is taken out and put back when all went well, so that no half of it is read on.
        if let Some(mut reading) = held.take().filter(|reading| reading.taken == after) {
            reading.gather()?;
            if !reading.over() {
                let page = reading.take(limit);
                *held = Some(reading);
                return Ok(page);
            }
        }
        let mut reading = self.open(after).await?;
        let page = reading.take(limit);
        *held = Some(reading);
        Ok(page)
    }

    async fn wait(&self, _: i64) {
        let mut held = self.reading.lock().await;
        let Some(reading) = held.as_mut() else { return };
        if reading.ready.is_empty() && !reading.over() {
            // What has not arrived when this is dropped stays in the stream.
            let received = match reading.parts.next().await {
                Some(Ok(part)) => reading.receive(part).is_ok(),
                Some(Err(_)) | None => false,
            };
            // Every stream ends some day, and reading opens the next. One that ends as it begins is not asked for again
            // and again: the timer of the subscription comes first.
            reading.ended = !received;
            if reading.ended && reading.opened.elapsed() < BRIEF {
                std::future::pending::<()>().await;
            }
        }
    }
}

impl Reading {
    /// Whether nothing is left and nothing will come.
    fn over(&self) -> bool {
        self.ready.is_empty() && (self.ended || self.heard.elapsed() >= SILENCE)
    }

    /// Takes in what has arrived, without waiting.
    fn gather(&mut self) -> Result<(), SourceFault> {
        while self.ready.is_empty() && !self.ended {
            match self.parts.next().now_or_never() {
                None => return Ok(()),
                Some(Some(Ok(part))) => self.receive(part)?,
                Some(Some(Err(_)) | None) => self.ended = true,
            }
        }
        Ok(())
    }

    /// Takes in a part. A service sees every entry, so that a gap is a fault of the source or of the identity it was
    /// asked with; passing over what was not shown would lose it.
    fn receive(&mut self, part: StreamEntriesResponse) -> Result<(), SourceFault> {
        let epoch =
            Uuid::try_parse(&part.epoch).map_err(|_| unavailable("it does not say which life it is in"))?;
        let mut entries = Vec::with_capacity(part.entries.len());
        let mut before = self.received;
        for entry in part.entries {
            let entry = parsed(entry)?;
            if entry.position != before + 1 {
                return Err(unavailable("it does not show every entry; has the token the role service?"));
            }
            before = entry.position;
            entries.push(entry);
        }
        if part.scanned_position != before {
            return Err(unavailable("it does not show every entry; has the token the role service?"));
        }
        (self.received, self.head, self.epoch, self.heard) = (before, part.head_position, epoch, instant());
        if !entries.is_empty() {
            self.ready.push_back(Page { entries, scanned: before, head: part.head_position, epoch });
        }
        Ok(())
    }

    /// Hands out up to `limit` entries; none when nothing has come.
    fn take(&mut self, limit: usize) -> Page {
        let Some(mut page) = self.ready.pop_front() else {
            return Page {
                entries: Vec::new(),
                scanned: self.taken,
                head: self.head.max(self.taken),
                epoch: self.epoch,
            };
        };
        if page.entries.len() > limit {
            let entries = page.entries.split_off(limit);
            let Page { scanned, head, epoch, .. } = page;
            self.ready.push_front(Page { entries, scanned, head, epoch });
            page.scanned = page.entries.last().map_or(self.taken, |last| last.position);
        }
        self.taken = page.scanned;
        page
    }
}

fn parsed(entry: proto::Entry) -> Result<Entry, SourceFault> {
    Entry::parse(entry.position, entry.content.into(), entry.traceparent)
        .map_err(|_| unavailable("an entry cannot be read"))
}

fn unavailable(why: &str) -> SourceFault {
    SourceFault::Unavailable(why.to_owned())
}

fn fault(status: &Status) -> SourceFault {
    let info = status.get_details_error_info();
    let reason = info.as_ref().map_or("", |info| info.reason.as_str());
    if status.code() == Code::OutOfRange && reason == "BEYOND_HEAD" {
        let head = info.as_ref().and_then(|info| info.metadata.get("head_position")?.parse().ok());
        return SourceFault::BeyondHead { head: head.unwrap_or(0) };
    }
    SourceFault::Unavailable(format!("{:?} {reason}", status.code()))
}
