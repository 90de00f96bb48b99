//! What becomes of a change that was proposed: approved or stopped by a person, given up or applied by time.

use jiff::Timestamp;
use records_retention_domain::{
    Actor, OrganisationId, Refusal, ScheduleChangeId,
    change::{Command, State},
};
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_policy::Rulebook;
use redress_proto::records_retention::v1 as proto;

use super::{Asking, apply, controls, weigh};
use crate::{
    clock::Trust,
    command::tick::Done,
    render,
    store::change::Change,
    world::{Want, World},
};

/// A command of a caller on a change that exists.
#[derive(Debug)]
pub(crate) struct SettleChange {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Whether somebody asks in the actor's name.
    pub(crate) by_delegate: bool,
    /// Which change.
    pub(crate) change: ScheduleChangeId,
    /// What is asked.
    pub(crate) command: Command,
}

/// Moves a change on, whose day has come: given up, or applied after its cooling period.
#[derive(Debug)]
pub(crate) struct MoveChange {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Which change.
    pub(crate) change: ScheduleChangeId,
    /// How far the clock is believed.
    pub(crate) trust: Trust,
}

impl shell::Command<World> for SettleChange {
    type Answer = proto::ScheduleChange;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend([Want::Change(self.change), Want::Date]);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::ScheduleChange, Refusal> {
        let found = world.changes.get(self.change);
        let found = found.filter(|row| world.sees(self.caller, row.contract, row.organisation));
        let row = found.ok_or_else(|| Refusal::NotFound { name: self.change.name() })?.clone();
        let known = world.contracts.get(&row.contract);
        let controls = known.is_some_and(|known| controls(known, self.caller));
        // The cooling period is counted from this day; to stop a change, any day will do.
        if matches!(self.command, Command::Approve { .. }) && world.doubt.is_some() {
            return Err(Refusal::DateInDoubt);
        }
        let by = Asking { actor: &self.actor, by_delegate: self.by_delegate, controls };
        let moved = settled(&row, &self.command, by, (&self.rulebook, Moment::at(now)), world, entries)?;
        Ok(render::change::answer(&moved))
    }
}

impl shell::Command<World> for MoveChange {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend([Want::Change(self.change), Want::Date]);
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let row = world.changes.get(self.change).cloned();
        let row = row.ok_or_else(|| Refusal::NotFound { name: self.change.name() })?;
        let command = match &row.state {
            State::Proposed(_) => Command::Lapse,
            State::Unproposed | State::Approved { .. } | State::Applied { .. } | State::Void { .. } => {
                Command::Apply
            }
        };
        // Nothing ends sooner by a clock that jumped (reliability threat 31).
        if world.doubt.is_some() || self.trust.is_broken(world.seen, now) {
            return Err(Refusal::DateInDoubt);
        }
        let suite = Actor::suite();
        // Whoever agreed decided then; whether they still would is what the contract says now (reliability D41).
        let agreed = row.state.approval().and_then(|approval| approval.by.organisation);
        let known = world.contracts.get(&row.contract).zip(agreed);
        let controls = known.is_some_and(|(known, agreed)| controls(known, agreed));
        let by = Asking { actor: &suite, by_delegate: false, controls };
        // Nor by hours that nobody saw pass: the cooling period is over once somebody did.
        let witnessed = Moment::at(self.trust.witnessed(world.seen, now));
        let moved = settled(&row, &command, by, (&self.rulebook, witnessed), world, entries)?;
        Ok(Done::of(usize::from(moved.version > row.version)))
    }
}

fn settled(
    row: &Change,
    command: &Command,
    by: Asking<'_>,
    (rulebook, moment): (&Rulebook, Moment),
    world: &mut World,
    entries: &mut Entries<'_>,
) -> Result<Change, Refusal> {
    let proposal = row.state.proposal();
    let proposal = proposal.ok_or_else(|| Refusal::NotFound { name: row.id.name() })?;
    let weighed = weigh(row.contract, &proposal.amendment, world, rulebook)?;
    let (moved, _) = apply(row, command, by, &weighed, (rulebook, moment), world, entries)?;
    Ok(moved)
}
