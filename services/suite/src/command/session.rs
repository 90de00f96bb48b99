//! What every command works with: the connection, the clock, and where its answer goes.

use std::{
    io::{self, Write as _},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::civil::Date;
use prost::{Message, Name};
use redress_kernel::{Clock, Ids};
use redress_proto::r#type::v1::CivilDate;
use serde_json::Value;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::{
    client::{Failure, Link, Page, Stub, Target},
    present::{Screen, Tone, date, json},
};

use super::day::Day;

/// What a command works with.
pub struct Session {
    /// The connection to the suite.
    pub link: Link,
    /// How it was made.
    pub target: Target,
    /// What answers are rendered for.
    pub screen: Screen,
    /// Whether answers are for a program.
    pub json: bool,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    request_id: Mutex<Option<String>>,
}

impl Session {
    /// One for a process.
    pub fn new(
        target: Target,
        screen: Screen,
        json: bool,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Result<Self, Failure> {
        let link = Link::new(&target, Arc::clone(&ids))?;
        Ok(Self { link, target, screen, json, clock, ids, request_id: Mutex::new(None) })
    }

    /// The present civil date in London.
    pub fn today(&self) -> Date {
        self.clock.today()
    }

    /// `day`, for a message.
    pub fn day(&self, day: Day) -> CivilDate {
        date::wire(day.on(self.today()))
    }

    /// `day`, for a message, or nothing.
    pub fn optional_day(&self, day: Option<Day>) -> Option<CivilDate> {
        day.map(|day| self.day(day))
    }

    /// The id of the command: the one that was given, or a fresh one. It is remembered, because a person whose command
    /// ended in doubt needs it.
    pub fn request_id(&self, given: Option<Uuid>) -> String {
        let id = given.unwrap_or_else(|| self.ids.next()).to_string();
        *self.request_id.lock().unwrap_or_else(PoisonError::into_inner) = Some(id.clone());
        id
    }

    /// An id for one of many things that a command sends; the command itself is repeated by other means.
    pub fn fresh_id(&self) -> String {
        self.ids.next().to_string()
    }

    /// The id of the command that was last sent.
    pub fn last_request_id(&self) -> Option<String> {
        self.request_id.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks once and shows the answer, as [`Self::answer`] does.
    pub async fn ask<Q: Clone, A: Message + Name>(
        &self,
        question: Q,
        text: impl FnOnce(Screen, &A) -> String,
        send: impl AsyncFn(Stub, Request<Q>) -> Result<Response<A>, Status>,
    ) -> Result<(), Failure> {
        let answer = self.link.ask(question, send).await?;
        self.answer(&answer, text)
    }

    /// Shows an answer: to a person as `text` says, to a program as JSON.
    pub fn answer<M: Message + Name>(
        &self,
        message: &M,
        text: impl FnOnce(Screen, &M) -> String,
    ) -> Result<(), Failure> {
        if self.json {
            return say(&pretty(&json::of(message)?));
        }
        say(&text(self.screen, message))?;
        if let Some(id) = self.last_request_id() {
            self.aside(&format!("request id {id}"));
        }
        Ok(())
    }

    /// Shows an answer that is not one message.
    pub fn answer_value(&self, value: &Value, text: impl FnOnce(Screen) -> String) -> Result<(), Failure> {
        if self.json { say(&pretty(value)) } else { say(&text(self.screen)) }
    }

    /// Shows a list: to a program as the message that `whole` makes of it.
    pub fn answer_list<T, M: Message + Name>(
        &self,
        page: Page<T>,
        text: impl FnOnce(Screen, &[T]) -> String,
        whole: impl FnOnce(Vec<T>, String) -> M,
    ) -> Result<(), Failure> {
        if self.json {
            return say(&pretty(&json::of(&whole(page.items, page.next))?));
        }
        say(&text(self.screen, &page.items))?;
        if !page.next.is_empty() {
            self.aside(&format!("there are more: raise --limit, or go on with --page-token {}", page.next));
        }
        Ok(())
    }

    /// Says something to a person that is not part of the answer.
    pub fn aside(&self, text: &str) {
        if !self.json {
            // Nobody to read it is no reason to fail.
            let _ = writeln!(io::stderr(), "{}", self.screen.paint(Tone::Faint, text));
        }
    }
}

/// Writes `text` and a line end to standard output. A reader that has seen enough is no failure.
pub fn say(text: &str) -> Result<(), Failure> {
    match writeln!(io::stdout(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::file("write", "standard output")(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// JSON as people like to read it.
pub fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("link", &self.link).field("json", &self.json).finish_non_exhaustive()
    }
}
