//! Pages of the lists that are in the order of the days things are due.

use jiff::civil::Date;
use redress_chassis::{Call, page};
use redress_proto::Paged;
use tonic::Status;
use uuid::Uuid;

use crate::{
    app::{App, DOMAIN},
    store::index::{Asked, FIRST, Listed},
};

/// A page that was asked for.
pub(super) struct Page<'c> {
    app: &'c App,
    call: &'c Call,
    question: Vec<u8>,
    size: usize,
    after: (Date, Uuid),
}

impl<'c> Page<'c> {
    /// Reads what was asked for.
    pub(super) fn of(app: &'c App, call: &'c Call, request: &impl Paged) -> Result<Self, Status> {
        let question = request.question();
        let size = page::size(DOMAIN, request.page_size())? as usize;
        let parts = &app.desk.parts;
        let last = parts.pages.open(DOMAIN, call, &question, request.page_token(), parts.clock.now())?;
        let after = last.as_deref().and_then(read).unwrap_or(FIRST);
        Ok(Self { app, call, question, size, after })
    }

    /// What to ask the store for.
    pub(super) fn asked(&self, open_only: bool, due_by: Date) -> Asked {
        let limit = i64::try_from(self.size + 1).unwrap_or(i64::MAX);
        Asked { caller: App::organisation(self.call), after: self.after, open_only, due_by, limit }
    }

    /// Cuts the rows to the page, and makes the token of the next one; empty on the last.
    pub(super) fn cut(&self, rows: &mut Vec<Listed>) -> String {
        if rows.len() <= self.size {
            return String::new();
        }
        rows.truncate(self.size);
        let last = rows.last().map(|row| write(row.due_on, row.thing)).unwrap_or_default();
        let parts = &self.app.desk.parts;
        parts.pages.seal(self.call, &self.question, &last, parts.clock.now())
    }
}

fn write(due_on: Date, thing: Uuid) -> Vec<u8> {
    format!("{due_on} {thing}").into_bytes()
}

fn read(bytes: &[u8]) -> Option<(Date, Uuid)> {
    let (due_on, thing) = std::str::from_utf8(bytes).ok()?.split_once(' ')?;
    Some((due_on.parse().ok()?, thing.parse().ok()?))
}
