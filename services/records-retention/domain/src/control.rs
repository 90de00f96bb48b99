//! The switch that stops all destruction for an organisation, and the most that may be destroyed in a day (reliability 5.7).

use jiff::civil::Date;
use redress_kernel::{Citation, Decider, Decision};
use serde::{Deserialize, Serialize};

use crate::{Actor, DisposalControlId, Refusal};

/// The rules of the switch.
#[derive(Debug)]
pub enum Rules {}

/// Whether anything is destroyed for an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Who stopped it, and when.
    pub stopped: Option<Stop>,
    /// How many records were ordered, on the last day on which any was.
    pub ordered: Option<(Date, u32)>,
}

/// Somebody stopped it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Who.
    pub by: Actor,
    /// Day on which they did.
    pub on: Date,
}

/// What may be asked of the switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Stops all destruction.
    Stop,
    /// Lets it go on.
    Release,
    /// Takes so many records from what may be ordered today.
    Take {
        /// How many.
        records: u32,
    },
}

/// What happened to the switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// All destruction was stopped.
    DisposalsStopped(Stop),
    /// It was let go on.
    StopReleased {
        /// Who did.
        by: Actor,
        /// Day on which they did.
        on: Date,
    },
    /// Records were ordered.
    Taken {
        /// Day.
        on: Date,
        /// How many.
        records: u32,
    },
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// Which switch.
    pub control: DisposalControlId,
    /// The most records that may be ordered in a day (Q45).
    pub most_a_day: u32,
}

impl State {
    /// How many records were ordered on `today`.
    pub fn ordered_on(&self, today: Date) -> u32 {
        self.ordered.filter(|(on, _)| *on == today).map_or(0, |(_, records)| records)
    }
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    fn initial() -> State {
        State::default()
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        let because = vec![Citation::own("RET-14")];
        match (&state.stopped, *command) {
            (None, Command::Stop) => {
                let stop = Stop { by: context.actor.clone(), on: context.today };
                Ok(Decision::one(Event::DisposalsStopped(stop), because))
            }
            // Stopped is stopped, and the first to stop it is on record; what goes on goes on.
            (Some(_), Command::Stop) | (None, Command::Release) => Ok(Decision::nothing()),
            // Stopping is never for two people; going on is.
            (Some(stop), Command::Release) if stop.by.subject == context.actor.subject => {
                Err(Refusal::StoppedByYou { control: context.control })
            }
            (Some(_), Command::Release) => {
                let event = Event::StopReleased { by: context.actor.clone(), on: context.today };
                Ok(Decision::one(event, because))
            }
            (Some(_), Command::Take { .. }) => Err(Refusal::DisposalsStopped { control: context.control }),
            (None, Command::Take { records }) => {
                let after = state.ordered_on(context.today).saturating_add(records);
                if after > context.most_a_day {
                    return Err(Refusal::EnoughForToday { most_a_day: context.most_a_day });
                }
                Ok(Decision::one(Event::Taken { on: context.today, records }, Vec::new()))
            }
        }
    }

    fn evolve(mut state: State, event: &Event) -> State {
        match event {
            Event::DisposalsStopped(stop) => state.stopped = Some(stop.clone()),
            Event::StopReleased { .. } => state.stopped = None,
            Event::Taken { on, records } => {
                let taken = state.ordered_on(*on).saturating_add(*records);
                state.ordered = Some((*on, taken));
            }
        }
        state
    }
}
