//! What one caller sees of a journal: entries of its contracts, and of these those about things that are shown to it.

use std::{collections::HashSet, sync::Arc};

use redress_journal::{Entry, entry::Stream, feed::Page};
use tonic::Status;

use super::{DOMAIN, Journal, Seen, Visibility};
use crate::{call::Call, caller::Caller};

/// What a caller sees.
pub(super) struct Lens {
    caller: Arc<Caller>,
    visibility: Option<Arc<dyn Visibility>>,
    seen: Seen,
}

impl Lens {
    /// The caller's.
    pub(super) async fn of(journal: &Journal, call: &Call) -> Result<Self, Status> {
        let caller = Arc::clone(&call.caller);
        let visibility = journal.visibility.clone();
        let mut lens = Self { caller, visibility, seen: Seen::nothing() };
        lens.renew().await?;
        Ok(lens)
    }

    /// Looks again whose entries the caller sees; says whether that has changed.
    pub(super) async fn renew(&mut self) -> Result<bool, Status> {
        let seen = match &self.visibility {
            None => Seen::nothing(),
            Some(visibility) => visibility.of(&self.caller).await.map_err(|error| DOMAIN.database(&error))?,
        };
        let before = std::mem::replace(&mut self.seen, seen);
        Ok(before != self.seen)
    }

    /// The contracts whose entries it sees something of.
    pub(super) fn seen(&self) -> Seen {
        self.seen.clone()
    }

    /// A page that was read for these contracts, without what it is not shown of them.
    pub(super) async fn look(&self, mut page: Page) -> Result<Page, Status> {
        let shown = self.shown(&page.entries).await?;
        page.entries.retain(|entry| is_shown(entry, shown.as_ref()));
        Ok(page)
    }

    /// Whether it sees an entry.
    pub(super) async fn shows(&self, entry: &Entry) -> Result<bool, Status> {
        match entry.scope() {
            Ok(scope) if self.seen.covers(scope) => {
                let shown = self.shown(std::slice::from_ref(entry)).await?;
                Ok(is_shown(entry, shown.as_ref()))
            }
            Ok(_) | Err(_) => Ok(false),
        }
    }

    /// The things that are shown, of those that entries of contracts are about; nothing where every one is.
    async fn shown(&self, entries: &[Entry]) -> Result<Option<HashSet<Stream>>, Status> {
        let (Some(visibility), Seen::Contracts(_)) = (&self.visibility, &self.seen) else { return Ok(None) };
        let things = entries.iter().filter(|entry| !is_of_no_contract(entry));
        let things: HashSet<Stream> = things.filter_map(|entry| entry.stream().ok()).collect();
        if things.is_empty() {
            return Ok(None);
        }
        let shown = visibility.among(&self.caller, things).await;
        shown.map(Some).map_err(|error| DOMAIN.database(&error))
    }
}

fn is_shown(entry: &Entry, shown: Option<&HashSet<Stream>>) -> bool {
    let Some(shown) = shown else { return true };
    is_of_no_contract(entry) || entry.stream().is_ok_and(|thing| shown.contains(&thing))
}

fn is_of_no_contract(entry: &Entry) -> bool {
    entry.scope().is_ok_and(|scope| scope.is_none())
}
