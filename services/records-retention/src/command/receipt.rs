//! What a holder said of a record: its receipt for the disposal, and the record's own end.

use jiff::Timestamp;
use records_retention_domain::{
    Actor, DisposalId, RecordId, Refusal,
    disposal::{Command, Context, Receipt},
    record,
};
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_policy::Rulebook;

use super::{record as records, settle, tick::Done};
use crate::world::{Want, World};

/// Takes in a holder's answer.
#[derive(Debug)]
pub(crate) struct TakeReceipt {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Of which disposal.
    pub(crate) disposal: DisposalId,
    /// What it said.
    pub(crate) receipt: Receipt,
}

impl TakeReceipt {
    const fn record(&self) -> RecordId {
        self.receipt.record
    }
}

impl shell::Command<World> for TakeReceipt {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend([Want::Disposal(self.disposal), Want::Record(self.record())]);
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let moment = Moment::at(now);
        let row = world.disposals.get(self.disposal).cloned();
        let row = row.ok_or_else(|| Refusal::NotFound { name: self.disposal.name() })?;
        let suite = Actor::suite();
        let basis = settle::basis(&row, world, &self.rulebook)?;
        let context = Context {
            today: moment.today,
            actor: &suite,
            pack: basis.pack,
            calendars: &self.rulebook.calendars,
            by_delegate: false,
            found: None,
        };
        if self.receipt.destroyed
            && let Some(record) = world.records.get(self.record()).cloned()
            && record.state.tombstone().is_some_and(|tombstone| tombstone.disposal == self.disposal)
        {
            let command =
                record::Command::RecordCarriedOut { holder: self.receipt.holder, on: self.receipt.on };
            let shared = (&self.rulebook, moment);
            records::apply(&record, &command, &suite, shared, world, entries)?;
        }
        let command = Command::RecordReceipt(self.receipt.clone());
        let (_, events) = settle::apply(&row, &command, &context, world, entries)?;
        Ok(Done::of(events.len()))
    }
}
