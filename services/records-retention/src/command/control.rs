//! The switch: stop, go on, and confirm the date.

use jiff::Timestamp;
use records_retention_domain::{
    Actor, DisposalControlId, Refusal,
    control::{Command, Context, Rules},
};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Moment};
use redress_proto::records_retention::v1 as proto;

use crate::{
    publish, render,
    store::control::Control,
    world::{Want, World},
};

/// What a person does to the switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Stops all destruction.
    Stop,
    /// Lets it go on.
    Release,
    /// Confirms the date.
    ConfirmDate,
}

/// Turns the switch of an organisation.
#[derive(Debug)]
pub(crate) struct TurnSwitch {
    /// Who asks.
    pub(crate) actor: Actor,
    /// Whose.
    pub(crate) control: DisposalControlId,
    /// How.
    pub(crate) turn: Turn,
    /// The most records a day, for the answer.
    pub(crate) most_a_day: u32,
}

impl shell::Command<World> for TurnSwitch {
    type Answer = proto::DisposalControl;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend([Want::Control(self.control), Want::Date]);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::DisposalControl, Refusal> {
        let moment = Moment::at(now);
        let found = world.controls.get(self.control).cloned();
        let row = found.unwrap_or_else(|| Control::new(self.control));
        let context = Context {
            today: moment.today,
            actor: &self.actor,
            control: self.control,
            most_a_day: self.most_a_day,
        };
        let command = match self.turn {
            Turn::Stop => Command::Stop,
            Turn::Release => Command::Release,
            Turn::ConfirmDate => return Ok(self.confirm(row, world, entries, moment)),
        };
        let decided = Decided::<Rules>::by(&row.state, &command, &context)?;
        let moved = Control {
            version: decided.version_after(row.version),
            state: decided.state.clone(),
            ..row.clone()
        };
        for (version, event) in decided.numbered(row.version) {
            if let Some(draft) = publish::control::control(self.control, version, event, &decided.citations) {
                entries.append(draft);
            }
        }
        if moved.version > row.version {
            world.controls.put(moved.id, moved.clone());
        }
        Ok(render::control::control(&moved, world.doubt.is_some(), self.most_a_day, moment.today))
    }
}

impl TurnSwitch {
    fn confirm(
        &self,
        row: Control,
        world: &mut World,
        entries: &mut Entries<'_>,
        moment: Moment,
    ) -> proto::DisposalControl {
        if world.doubt.is_some() || !world.seen.unwitnessed.is_zero() {
            let moved = Control { version: row.version + 1, ..row };
            entries.append(publish::control::confirmed(moved.id, moved.version, &self.actor, moment.today));
            world.confirm_date();
            world.controls.put(moved.id, moved.clone());
            return render::control::control(&moved, false, self.most_a_day, moment.today);
        }
        render::control::control(&row, false, self.most_a_day, moment.today)
    }
}
