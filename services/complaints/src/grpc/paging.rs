//! Pages of the lists that are in the order of their ids, which is the order of their age.

use jiff::Timestamp;
use redress_chassis::{Call, page};
use redress_kernel::Id;
use tonic::Status;
use uuid::Uuid;

use crate::app::{App, DOMAIN};

/// A page that was asked for.
pub(super) struct Paging<'c> {
    app: &'c App,
    call: &'c Call,
    question: Vec<u8>,
    size: usize,
    last: Option<Uuid>,
    now: Timestamp,
}

impl<'c> Paging<'c> {
    /// Reads what was asked for. `question` is everything of the request that chooses or orders, to which the tokens are
    /// bound.
    pub(super) fn of(
        app: &'c App,
        call: &'c Call,
        question: Vec<u8>,
        page_size: i32,
        page_token: &str,
    ) -> Result<Self, Status> {
        let size = page::size(DOMAIN, page_size)? as usize;
        let now = app.parts.clock.now();
        let last = app.parts.pages.open(DOMAIN, call, &question, page_token, now)?;
        let last = last.and_then(|bytes| Uuid::from_slice(&bytes).ok());
        Ok(Self { app, call, question, size, last, now })
    }

    /// After which id the page begins, oldest first.
    pub(super) fn after<K>(&self) -> Id<K> {
        Id::new(self.last.unwrap_or(Uuid::nil()))
    }

    /// Before which id the page begins, newest first.
    pub(super) fn before<K>(&self) -> Id<K> {
        Id::new(self.last.unwrap_or(Uuid::max()))
    }

    /// How many rows to read: one more than the page holds tells whether there is another.
    pub(super) fn limit(&self) -> i64 {
        i64::try_from(self.size + 1).unwrap_or(i64::MAX)
    }

    /// Cuts the rows to the page, and makes the token of the next one; empty on the last.
    pub(super) fn cut<R>(&self, rows: &mut Vec<R>, id: impl Fn(&R) -> Uuid) -> String {
        if rows.len() <= self.size {
            return String::new();
        }
        rows.truncate(self.size);
        let last = rows.last().map(id).unwrap_or_default();
        self.app.parts.pages.seal(self.call, &self.question, last.as_bytes(), self.now)
    }
}
