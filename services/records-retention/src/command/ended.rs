//! News of a contract's last day (RET-01). A later one counts at once; an earlier one is remembered, said in the journal, and counts once two people have
//! agreed (reliability D4).

#[cfg(test)]
mod told;

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{ContractId, Refusal};
use redress_journal::{append::Entries, shell};

use super::tick::Done;
use crate::{
    publish,
    store::promise::Promised,
    world::{Want, World},
};

/// Takes in what the last day of a contract is, and was.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TakeEnd {
    /// Of which contract.
    pub(crate) contract: ContractId,
    /// The version of the contract that tells it.
    pub(crate) version: i64,
    /// The last day before that version, where there was one.
    pub(crate) previous: Option<Date>,
    /// The last day.
    pub(crate) end_on: Date,
}

impl shell::Command<World> for TakeEnd {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Promise(self.contract));
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, _: Timestamp) -> Result<Done, Refusal> {
        let row = world.promises.get(self.contract).cloned();
        let mut row = row.unwrap_or_else(|| Promised::new(self.contract));
        let before = row.state.clone();
        // What was promised before this service kept promises is told with what came in its place.
        if let Some(previous) = self.previous {
            row.state.learn(self.version - 1, previous);
        }
        row.state.learn(self.version, self.end_on);
        if row.state == before {
            return Ok(Done::of(0));
        }
        let withheld = row.state.withheld().filter(|withheld| before.withheld() != Some(*withheld));
        if let (Some((_, told)), Some(kept)) = (withheld, row.state.end_on()) {
            row.version += 1;
            entries.append(publish::change::withheld(self.contract, row.version, told, kept));
        }
        let events = usize::from(withheld.is_some());
        world.promises.put(self.contract, row);
        Ok(Done::of(events))
    }
}
