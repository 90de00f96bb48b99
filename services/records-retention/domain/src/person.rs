//! What holds everything that is kept about a person: the cases of theirs that are open (RET-07; domain 3.7, invariant 1). It is one hold for each
//! case, whatever the number of records; that it holds each of them is what [`crate::record::Context::open_holds`] says, wherever a record is
//! judged.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decider, Decision};
use serde::{Deserialize, Serialize};

use crate::{Hold, HoldId, HoldReason, Matter, Refusal, refusal::field};

/// The most holds that ended and are still shown. That the last of them ended lately keeps everything a while longer (Q43).
const ENDED: usize = 20;

/// The rules of a person's holds.
#[derive(Debug)]
pub enum Rules {}

/// What holds, or held until lately.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The holds, in the order in which they were placed.
    pub holds: Vec<Hold>,
}

/// What may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A case opened, or is open for longer.
    Place(Hold),
    /// Sets a new day on which to look at a hold.
    Review {
        /// Which hold.
        hold: HoldId,
        /// The day.
        review_on: Date,
    },
    /// Releases the holds of a case that ended.
    Release {
        /// The case.
        matter: Matter,
        /// Which of its holds.
        reason: HoldReason,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A hold was placed.
    Placed(Hold),
    /// A new day was set on which to look at it.
    Reviewed {
        /// Which hold.
        hold: HoldId,
        /// The day.
        review_on: Date,
    },
    /// It was released.
    Released {
        /// Which hold.
        hold: HoldId,
        /// Day on which it was.
        released_on: Date,
        /// Whether other holds of the person remain.
        still_held: bool,
    },
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The present civil date in London.
    pub today: Date,
}

impl State {
    /// The holds that stand on `today`.
    pub fn open(&self, today: Date) -> impl Iterator<Item = &Hold> {
        self.holds.iter().filter(move |hold| hold.is_open(today))
    }

    /// Whether it has this hold.
    pub fn has(&self, hold: HoldId) -> bool {
        self.holds.iter().any(|known| known.id == hold)
    }
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context;
    type Refusal = Refusal;

    fn initial() -> State {
        State::default()
    }

    fn decide(state: &State, command: &Command, context: &Context) -> Result<Decision<Event>, Refusal> {
        match command {
            Command::Place(hold) => Ok(place(state, hold, context.today)),
            Command::Review { hold, review_on } => review(state, *hold, *review_on, context.today),
            Command::Release { matter, reason } => Ok(release(state, *matter, *reason, context.today)),
        }
    }

    fn evolve(mut state: State, event: &Event) -> State {
        match event {
            Event::Placed(hold) => {
                forget(&mut state.holds, hold.placed_on);
                state.holds.push(hold.clone());
            }
            Event::Reviewed { hold, review_on } => {
                for known in state.holds.iter_mut().filter(|known| known.id == *hold) {
                    known.review_on = *review_on;
                }
            }
            Event::Released { hold, released_on, .. } => {
                for known in state.holds.iter_mut().filter(|known| known.id == *hold) {
                    known.released_on = Some(*released_on);
                }
            }
        }
        state
    }
}

/// A case holds once in one way: the same news again is no other hold.
fn place(state: &State, hold: &Hold, today: Date) -> Decision<Event> {
    if state.open(today).any(|known| known.covers(hold)) {
        return Decision::nothing();
    }
    Decision::one(Event::Placed(hold.clone()), vec![Citation::own("RET-07")])
}

/// Someone looked whether a case's hold is still needed, and sets the day of the next look (RET-08, Q44).
fn review(state: &State, hold: HoldId, review_on: Date, today: Date) -> Result<Decision<Event>, Refusal> {
    let known = state.holds.iter().find(|known| known.id == hold);
    let known = known.ok_or_else(|| Refusal::NotFound { name: hold.name() })?;
    let mut checks = Checks::default();
    checks.require(review_on > today, "review_on", field::TOO_EARLY, "must lie in the future");
    checks.done()?;
    if !known.is_open(today) {
        return Err(Refusal::HoldEnded { hold });
    }
    Ok(Decision::one(Event::Reviewed { hold, review_on }, vec![Citation::own("RET-08")]))
}

fn release(state: &State, matter: Matter, reason: HoldReason, today: Date) -> Decision<Event> {
    let of_matter = |hold: &&Hold| hold.matter == Some(matter) && hold.reason == reason;
    let released: Vec<HoldId> = state.open(today).filter(of_matter).map(|hold| hold.id).collect();
    let still_held = state.open(today).any(|hold| !released.contains(&hold.id));
    let released_on = today;
    let events: Vec<Event> =
        released.iter().map(|hold| Event::Released { hold: *hold, released_on, still_held }).collect();
    let because = if events.is_empty() { Vec::new() } else { vec![Citation::own("RET-07")] };
    Decision { events, because }
}

/// Forgets holds that ended, but for those that did last.
fn forget(holds: &mut Vec<Hold>, today: Date) {
    let mut ended: Vec<(Date, HoldId)> =
        holds.iter().filter_map(|hold| Some((hold.ended_on(today)?, hold.id))).collect();
    ended.sort_unstable();
    let forgotten = ended.len().saturating_sub(ENDED);
    holds.retain(|hold| ended.iter().take(forgotten).all(|(_, id)| *id != hold.id));
}
