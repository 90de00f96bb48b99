//! What the passing of time, and news of the contract, do to a record.

use jiff::Timestamp;
use records_retention_domain::{Actor, RecordId, Refusal, record::Command};
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_policy::Rulebook;

use super::record;
use crate::world::{Want, World};

/// Looks at one record, and counts its dates anew.
#[derive(Debug)]
pub(crate) struct Tick {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// At which record.
    pub(crate) record: RecordId,
}

/// How many things were done. It is told to nobody outside.
#[derive(Clone, Copy, PartialEq, Eq, prost::Message)]
pub(crate) struct Done {
    /// Events recorded.
    #[prost(uint32, tag = "1")]
    pub(crate) events: u32,
}

impl Done {
    /// So many.
    pub(crate) fn of(events: usize) -> Self {
        Self { events: u32::try_from(events).unwrap_or(u32::MAX) }
    }
}

impl shell::Command<World> for Tick {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Record(self.record));
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let row = world.records.get(self.record).cloned();
        let row = row.ok_or_else(|| Refusal::NotFound { name: self.record.name() })?;
        let shared = (&self.rulebook, Moment::at(now));
        let (_, events) = record::apply(&row, &Command::Look, &Actor::suite(), shared, world, entries)?;
        Ok(Done::of(events.len()))
    }
}
