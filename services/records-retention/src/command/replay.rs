//! After a restore: a record that was destroyed since the copy was taken is gone again (L35).

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{
    Actor, DisposalId, RecordId, Refusal,
    anonymised::Method,
    record::{Command, Term, Tombstone, retention},
};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Citation, Moment};
use redress_policy::Rulebook;

use super::{
    record::{self, basis_of, context},
    tick::Done,
};
use crate::world::{Want, World};

/// The end of a record, as the erasure ledger has it.
#[derive(Clone, Debug)]
pub(crate) struct Ended {
    /// Which record.
    pub(crate) record: RecordId,
    /// The disposal.
    pub(crate) disposal: DisposalId,
    /// The last day of its term.
    pub(crate) due_on: Date,
    /// Day of the order.
    pub(crate) ordered_on: Date,
    /// Day on which it was written down that it is gone.
    pub(crate) destroyed_on: Date,
    /// What became of it.
    pub(crate) method: Method,
    /// Who proposed it, and who approved it.
    pub(crate) by: (String, String),
    /// The set into which it went, where it was anonymised.
    pub(crate) anonymised_in: Option<RecordId>,
}

/// Tells a record again that it is gone. One that came after the copy went with what followed it.
#[derive(Debug)]
pub(crate) struct Replay {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// What the ledger says.
    pub(crate) ended: Ended,
}

impl shell::Command<World> for Replay {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Record(self.ended.record));
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let moment = Moment::at(now);
        let Some(row) = world.records.get(self.ended.record).cloned() else { return Ok(Done::of(0)) };
        let (ended, suite) = (&self.ended, Actor::suite());
        let rule = match row.state.file() {
            Some(file) => {
                let basis = basis_of(&row, world, &self.rulebook)?;
                match retention(file, &context(&basis, &suite, &self.rulebook, moment))? {
                    Term::Ends { last, .. } => last.citation,
                    Term::None(_) => Citation::own("RET-14"),
                }
            }
            None => Citation::own("RET-14"),
        };
        let tombstone = Tombstone {
            record: ended.record,
            class: row.class,
            rule,
            due_on: ended.due_on,
            disposal: ended.disposal,
            ordered_on: ended.ordered_on,
            destroyed_on: Some(ended.destroyed_on),
            proposed_by: ended.by.0.clone(),
            approved_by: ended.by.1.clone(),
            method: ended.method,
            anonymised_in: ended.anonymised_in,
        };
        let command = Command::Replay(Box::new(tombstone));
        let shared = (&self.rulebook, moment);
        let (_, events) = record::apply(&row, &command, &suite, shared, world, entries)?;
        Ok(Done::of(events.len()))
    }
}
