//! The command shell: takes commands from many callers, and carries them out in groups, one transaction each.
//!
//! A group is whatever waits when the last one is done; nobody waits for a group to fill. What the group needs is
//! loaded at once, each command decides in memory, what changed is written at once together with its journal entries
//! and the answers under their request ids, and only when the commit is durable does anyone get an answer.
//!
//! The work is done in the shell's own tasks, so that a caller who goes away cuts nothing short (reliability 0.2).

mod group;
mod job;
mod lane;
pub(crate) mod request;
mod shelf;

pub mod call;
pub mod command;
pub mod failure;
pub mod forget;
pub mod inside;
pub mod lapse;

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

use redress_kernel::{Clock, Ids};
use redress_store::{Db, db::Engine};
use tokio::sync::{mpsc, oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use call::{Call, Request};
pub use command::{Command, Keep, World};
pub use failure::Failure;
pub use lane::Tally;
pub use shelf::Shelf;

use self::{
    job::{Job, Typed},
    lane::Lane,
};
use crate::hint::Hint;

/// How a shell works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Groups at work at once on PostgreSQL; SQLite has one writer and so one lane.
    pub lanes: usize,
    /// Most commands in a group.
    pub group: usize,
    /// Most commands waiting in a lane; more are turned away at once.
    pub queue: usize,
    /// How often a command that lost a race is tried again, alone.
    pub retries: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { lanes: 2, group: 128, queue: 1024, retries: 3 }
    }
}

/// What a shell works with.
#[derive(Clone)]
pub struct Parts {
    /// The service's database.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids for the entries.
    pub ids: Arc<dyn Ids>,
    /// Told of each commit, so that the sequencer need not wait for its timer.
    pub hint: Hint,
    /// Where the shell's tasks are counted; the process waits for them before it ends.
    pub tasks: TaskTracker,
    /// Cancelled when the process stops: what waits is still carried out, nothing new is taken.
    pub stop: CancellationToken,
}

/// Carries out the commands on one world. Clones share its lanes.
pub struct Shell<W: World> {
    lanes: Arc<[mpsc::Sender<Box<dyn Job<W>>>]>,
    tally: Arc<Tally>,
}

impl<W: World> Clone for Shell<W> {
    fn clone(&self) -> Self {
        Self { lanes: Arc::clone(&self.lanes), tally: Arc::clone(&self.tally) }
    }
}

impl<W: World> Shell<W> {
    /// Starts the lanes.
    pub fn start(parts: &Parts, settings: Settings) -> Self {
        let count = match parts.db.engine() {
            Engine::Sqlite => 1,
            Engine::Postgres => settings.lanes.max(1),
        };
        let tally = Arc::new(Tally::default());
        let lanes = (0..count)
            .map(|_| {
                let (sender, receiver) = mpsc::channel(settings.queue.max(1));
                let lane = Lane::new(parts.clone(), settings, receiver, Arc::clone(&tally));
                parts.tasks.spawn(lane.run());
                sender
            })
            .collect();
        Self { lanes, tally }
    }

    /// Has a command carried out, and returns its answer once it is durable.
    ///
    /// Dropping the future changes nothing about the command.
    pub async fn submit<C: Command<W>>(&self, call: Call<C>) -> Result<C::Answer, Failure<C::Refusal>> {
        let lane = self.lane(&call);
        let (reply, answer) = oneshot::channel();
        match self.lanes[lane].try_send(Box::new(Typed::new(call, reply))) {
            Ok(()) => {}
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.tally.turned_away();
                return Err(Failure::Overloaded);
            }
            Err(mpsc::error::TrySendError::Closed(_)) => return Err(Failure::Unavailable),
        }
        // A lane answers every call it took; only one that was torn down with its runtime does not.
        answer.await.unwrap_or(Err(Failure::OutcomeUnknown))
    }

    /// How many commands wait, for the metrics.
    pub fn waiting(&self) -> usize {
        self.lanes.iter().map(|lane| lane.max_capacity() - lane.capacity()).sum()
    }

    /// What the lanes have done since they were started, for the metrics.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Commands on one thing meet in one lane, where they cannot get in each other's way; repetitions of one request do
    /// so too when it has no thing yet.
    fn lane<C>(&self, call: &Call<C>) -> usize {
        let mut hasher = DefaultHasher::new();
        match (call.partition, &call.request) {
            (Some(thing), _) => thing.hash(&mut hasher),
            (None, Some(request)) => request.id.hash(&mut hasher),
            (None, None) => {}
        }
        let lanes = self.lanes.len() as u64;
        usize::try_from(hasher.finish() % lanes).unwrap_or_default()
    }
}
