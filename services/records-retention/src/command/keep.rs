//! Any command of a caller on a record that exists.

use jiff::Timestamp;
use records_retention_domain::{Actor, OrganisationId, RecordId, Refusal, person, record::Command};
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_policy::Rulebook;
use redress_proto::records_retention::v1 as proto;

use super::{laid_by::LaidBy, record};
use crate::{
    render,
    store::{person::Person, record::Record},
    world::{Want, World},
};

/// A command of a caller, with what is to lie with the record.
#[derive(Debug)]
pub(crate) struct Keep {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Of which record.
    pub(crate) record: RecordId,
    /// The version the caller last read; none takes whatever version there is.
    pub(crate) expected: Option<i64>,
    /// What is asked.
    pub(crate) command: Command,
    /// What is to lie with it.
    pub(crate) content: Option<LaidBy>,
}

impl shell::Command<World> for Keep {
    type Answer = proto::Record;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Record(self.record));
        if let (Command::AddPart(part), Some(content)) = (&self.command, &self.content) {
            wants.extend(content.wants(part));
        }
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Record, Refusal> {
        let moment = Moment::at(now);
        let row = record::visible(world, self.caller, self.record)?.clone();
        if self.expected.is_some_and(|expected| expected != row.version) {
            return Err(Refusal::VersionMismatch { name: row.id.name() });
        }
        // The key of what is laid by from now on. What came at the same time under a key of its own is destroyed with that.
        let key = row.key.or(self.content.as_ref().map(LaidBy::key));
        let row = Record { key, ..row };
        let mut command = self.command.clone();
        if let (Command::AddPart(part), Some(content)) = (&self.command, &self.content) {
            command = Command::AddPart(content.admitted(part, world)?);
        }
        if let Some(person) = of_person(&row, &command, world) {
            return self.review_for_all(&row, &person, world, entries, moment);
        }
        let shared = (&self.rulebook, moment);
        let (moved, events) = record::apply(&row, &command, &self.actor, shared, world, entries)?;
        if let Some(content) = self.content.as_ref().filter(|_| !events.is_empty()) {
            content.keep(world);
        }
        render::record::answer(&moved, world, &self.rulebook, moment)
    }
}

impl Keep {
    /// Somebody looked at a hold that stands with the person: the new day counts for all that is held by it.
    fn review_for_all(
        &self,
        row: &Record,
        (held, review): &(Person, person::Command),
        world: &mut World,
        entries: &mut Entries<'_>,
        moment: Moment,
    ) -> Result<proto::Record, Refusal> {
        super::person::apply(held, review, moment, world, entries)?;
        render::record::answer(row, world, &self.rulebook, moment)
    }
}

/// The person of a kept record, and what is asked of their hold, where it is one of theirs.
fn of_person(row: &Record, command: &Command, world: &World) -> Option<(Person, person::Command)> {
    let Command::ReviewHold { hold, review_on } = command else { return None };
    row.state.file()?;
    let person = world.persons.get(row.participant?).filter(|person| person.held.has(*hold))?;
    Some((person.clone(), person::Command::Review { hold: *hold, review_on: *review_on }))
}
