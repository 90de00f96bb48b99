//! A call whose types the lanes need not know.

use jiff::Timestamp;
use redress_store::{Cause, DbError};
use tokio::{sync::oneshot, time::Instant};

use super::{Call, Command, Failure, Keep as _, Request, World};
use crate::append::{Entries, Origin};

/// One command in a lane.
pub(super) trait Job<W: World>: Send {
    /// The request id and its use.
    fn request(&self) -> Option<&Request>;
    /// What the entries of the call have in common.
    fn origin(&self) -> Origin;
    /// When the caller stops waiting.
    fn deadline(&self) -> Option<Instant>;
    /// What must be loaded.
    fn wants(&self, wants: &mut Vec<W::Want>);
    /// Runs the command and remembers its answer or refusal until it is settled.
    fn run(&mut self, world: &mut W, entries: &mut Entries<'_>, now: Timestamp) -> Ran;
    /// Tells the caller.
    fn settle(self: Box<Self>, settlement: Settlement);
}

/// What became of a run.
pub(super) enum Ran {
    /// Decided; the answer, as it is kept.
    Decided(Vec<u8>),
    /// Refused.
    Refused,
}

/// What the caller is to be told.
pub(super) enum Settlement {
    /// What the run said.
    AsRun,
    /// The answer that was kept under the request id.
    Kept(Vec<u8>),
    /// The request id was used for something else.
    Reused(Vec<String>),
    /// The deadline passed while it waited.
    TooLate,
    /// The transaction came to nothing, or nobody knows.
    Failed(DbError),
    /// The command panicked.
    Panicked,
}

/// A call with its types.
pub(super) struct Typed<W: World, C: Command<W>> {
    call: Call<C>,
    outcome: Option<Result<C::Answer, C::Refusal>>,
    reply: oneshot::Sender<Result<C::Answer, Failure<C::Refusal>>>,
}

impl<W: World, C: Command<W>> Typed<W, C> {
    pub(super) fn new(call: Call<C>, reply: oneshot::Sender<Result<C::Answer, Failure<C::Refusal>>>) -> Self {
        Self { call, outcome: None, reply }
    }
}

impl<W: World, C: Command<W>> Job<W> for Typed<W, C> {
    fn request(&self) -> Option<&Request> {
        self.call.request.as_ref()
    }

    fn origin(&self) -> Origin {
        self.call.origin()
    }

    fn deadline(&self) -> Option<Instant> {
        self.call.deadline
    }

    fn wants(&self, wants: &mut Vec<W::Want>) {
        self.call.command.wants(wants);
    }

    fn run(&mut self, world: &mut W, entries: &mut Entries<'_>, now: Timestamp) -> Ran {
        let outcome = self.call.command.run(world, entries, now);
        let ran = match &outcome {
            Ok(answer) => Ran::Decided(answer.keep()),
            Err(_) => Ran::Refused,
        };
        self.outcome = Some(outcome);
        ran
    }

    fn settle(self: Box<Self>, settlement: Settlement) {
        let internal = |about| Err(Failure::Internal(Cause::new("shell", about)));
        let told = match settlement {
            Settlement::AsRun => match self.outcome {
                Some(outcome) => outcome.map_err(Failure::Refused),
                None => internal("a command was settled before it was run"),
            },
            Settlement::Kept(bytes) => match C::Answer::recall(&bytes) {
                Some(answer) => Ok(answer),
                None => internal("the answer kept under a request id cannot be read"),
            },
            Settlement::Reused(fields) => Err(Failure::RequestReused { fields }),
            Settlement::TooLate => Err(Failure::DeadlinePassed),
            Settlement::Failed(error) => Err(Failure::of(error)),
            Settlement::Panicked => internal("the command panicked"),
        };
        // A caller who has gone does not hear it, and will when asking again.
        drop(self.reply.send(told));
    }
}
