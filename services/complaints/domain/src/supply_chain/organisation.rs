//! A body that takes part. Its name is kept elsewhere; here it is only what it is.

use redress_kernel::{Decider, Decision};
use serde::{Deserialize, Serialize};

use crate::{OrganisationId, Refusal};

/// The rules of an organisation.
#[derive(Debug)]
pub enum Rules {}

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrganisationKind {
    /// Delivers services, as a prime or under one.
    Provider,
    /// Jobcentre Plus.
    JobcentrePlus,
    /// The department.
    Department,
}

/// The state of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody recorded it.
    Unrecorded,
    /// It was recorded.
    Recorded {
        /// The organisation.
        id: OrganisationId,
        /// What it is.
        kind: OrganisationKind,
    },
}

/// What may be asked of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Records it.
    Record {
        /// Id for it.
        id: OrganisationId,
        /// What it is.
        kind: OrganisationKind,
    },
}

/// What happened to an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was recorded.
    OrganisationRecorded {
        /// The organisation.
        id: OrganisationId,
        /// What it is.
        kind: OrganisationKind,
    },
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// Whether the caller sets up for the department.
    pub commissioner: bool,
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::OrganisationRecorded { .. } => "OrganisationRecorded",
        }
    }
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context;
    type Refusal = Refusal;

    fn initial() -> State {
        State::Unrecorded
    }

    fn decide(state: &State, command: &Command, context: &Context) -> Result<Decision<Event>, Refusal> {
        let Command::Record { id, kind } = *command;
        match (state, kind) {
            (State::Recorded { id, .. }, _) => Err(Refusal::AlreadyThere { name: id.name() }),
            // A provider records the providers it takes into its chain; who the department is, the department says.
            (State::Unrecorded, OrganisationKind::JobcentrePlus | OrganisationKind::Department)
                if !context.commissioner =>
            {
                Err(Refusal::OrganisationKindNotAllowed)
            }
            (
                State::Unrecorded,
                OrganisationKind::Provider | OrganisationKind::JobcentrePlus | OrganisationKind::Department,
            ) => Ok(Decision::one(Event::OrganisationRecorded { id, kind }, Vec::new())),
        }
    }

    fn evolve(_: State, event: &Event) -> State {
        let Event::OrganisationRecorded { id, kind } = *event;
        State::Recorded { id, kind }
    }
}
