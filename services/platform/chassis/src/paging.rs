//! Pages of the lists that are in the order of their ids, which is the order of their age.

use jiff::Timestamp;
use redress_kernel::Id;
use redress_proto::Paged;
use tonic::Status;
use uuid::Uuid;

use crate::{call::Call, page, service::Parts, status::Domain};

/// A page that was asked for.
pub struct Paging<'c> {
    parts: &'c Parts,
    call: &'c Call,
    question: Vec<u8>,
    size: usize,
    last: Option<Uuid>,
    now: Timestamp,
}

impl<'c> Paging<'c> {
    /// Reads what was asked for.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` for a size that is none, and for a token that belongs to another question or caller.
    pub fn of(
        domain: Domain,
        parts: &'c Parts,
        call: &'c Call,
        request: &impl Paged,
    ) -> Result<Self, Status> {
        let question = request.question();
        let size = page::size(domain, request.page_size())? as usize;
        let now = parts.clock.now();
        let last = parts.pages.open(domain, call, &question, request.page_token(), now)?;
        let last = last.and_then(|bytes| Uuid::from_slice(&bytes).ok());
        Ok(Self { parts, call, question, size, last, now })
    }

    /// After which id the page begins, oldest first.
    pub fn after<K>(&self) -> Id<K> {
        Id::new(self.last.unwrap_or(Uuid::nil()))
    }

    /// Before which id the page begins, newest first.
    pub fn before<K>(&self) -> Id<K> {
        Id::new(self.last.unwrap_or(Uuid::max()))
    }

    /// How many rows to read: one more than the page holds tells whether there is another.
    pub fn limit(&self) -> i64 {
        i64::try_from(self.size + 1).unwrap_or(i64::MAX)
    }

    /// Cuts the rows to the page, and makes the token of the next one; empty on the last.
    pub fn cut<R>(&self, rows: &mut Vec<R>, id: impl Fn(&R) -> Uuid) -> String {
        if rows.len() <= self.size {
            return String::new();
        }
        rows.truncate(self.size);
        let last = rows.last().map(id).unwrap_or_default();
        self.parts.pages.seal(self.call, &self.question, last.as_bytes(), self.now)
    }
}
