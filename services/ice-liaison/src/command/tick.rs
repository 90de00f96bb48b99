//! What the passing of time demands of an examination: a letter was not answered in time (ICE-05).

use ice_liaison_domain::{ExaminationId, Refusal, examination::due};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_policy::Rulebook;

use super::case::decide;
use crate::world::{Want, World};

/// Looks at one examination and does what is due.
#[derive(Debug)]
pub(crate) struct Tick {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// At which examination.
    pub(crate) examination: ExaminationId,
}

/// How many things were done. It is told to nobody outside.
#[derive(Clone, Copy, PartialEq, Eq, prost::Message)]
pub(crate) struct Done {
    /// Events recorded.
    #[prost(uint32, tag = "1")]
    pub(crate) events: u32,
}

impl shell::Command<World> for Tick {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Examination(self.examination));
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let moment = Moment::at(now);
        let not_found = || Refusal::NotFound { name: self.examination.name() };
        let mut row = world.examinations.get(self.examination).ok_or_else(not_found)?.clone();
        let mut decided = Vec::new();
        for command in due::due(&row.state, moment.today) {
            let moved = decide(&row, &command, world, &self.rulebook, moment)?;
            row = moved.row.clone();
            decided.push(moved);
        }
        let events = decided.iter().map(super::case::Moved::events).sum();
        for moved in decided {
            moved.record(world, entries);
        }
        Ok(Done { events })
    }
}
