//! What is open about a complaint holds everything about its person, what came with the complaint, and what followed from it
//! (RET-07; domain 3.7, invariant 1). News of it comes from three services in any order and comes to the same.

use records_retention_domain::{
    Actor, ComplaintId, Matter as Open, ParticipantId, RecordId, Refusal, record::Command,
};
use redress_journal::append::Entries;

use super::{file::Filing, hold};
use crate::{
    command::{erasure, record},
    store::{case::Case, person::Matter, record::Record},
    world::World,
};

impl Filing<'_> {
    /// A matter opened, or is open for longer.
    pub(super) fn open(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        matter: &Matter,
    ) -> Result<usize, Refusal> {
        let case = case(world, matter.complaint);
        let mut events = 0;
        for row in held_by(world, &case) {
            events += self.place(world, entries, &row, matter)?;
        }
        remember(world, case, |matters| {
            matters.retain(|known| !known.is_of(matter));
            matters.push(matter.clone());
        });
        Ok(events)
    }

    /// A matter ended: it holds nothing any more.
    pub(super) fn end(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        matter: &Matter,
    ) -> Result<usize, Refusal> {
        let case = case(world, matter.complaint);
        let mut events = 0;
        for row in held_by(world, &case) {
            let command = Command::ReleaseMatter { matter: matter.case(), reason: matter.reason };
            events += self.apply(world, entries, &row, &command)?;
        }
        remember(world, case, |matters| matters.retain(|known| !known.is_of(matter)));
        Ok(events)
    }

    /// A record is held with the complaint from now on, by what is open about it already too.
    pub(in crate::command) fn join(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        complaint: ComplaintId,
        record: RecordId,
    ) -> Result<usize, Refusal> {
        let mut case = case(world, complaint);
        let mut events = 0;
        if let Some(row) = world.records.get(record).cloned() {
            for matter in case.state.matters.clone() {
                let row = world.records.get(record).cloned().unwrap_or_else(|| row.clone());
                events += self.place(world, entries, &row, &matter)?;
            }
        }
        if !case.state.records.contains(&record) {
            case.state.records.push(record);
        }
        let participant = case.state.participant;
        world.cases.put(complaint, case);
        if let Some(participant) = participant {
            events += self.attribute(world, entries, record, participant)?;
        }
        Ok(events)
    }

    /// Whose a complaint is, is known now: what was open about it before holds everything about the person.
    pub(super) fn belongs(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        complaint: ComplaintId,
        participant: ParticipantId,
    ) -> Result<usize, Refusal> {
        let mut case = case(world, complaint);
        case.state.participant = Some(participant);
        let (early, records) = (case.state.matters.clone(), case.state.records.clone());
        world.cases.put(complaint, case);
        let mut events = 0;
        for matter in &early {
            events += self.open(world, entries, matter)?;
        }
        for record in records {
            events += self.attribute(world, entries, record, participant)?;
        }
        Ok(events)
    }

    /// What came with a complaint or followed from it is about its person: whatever is open about them holds it, and their request to be
    /// erased reaches it (RET-07, RET-10).
    fn attribute(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        record: RecordId,
        participant: ParticipantId,
    ) -> Result<usize, Refusal> {
        let unattributed = |row: &&Record| row.participant.is_none();
        let Some(row) = world.records.get(record).filter(unattributed).cloned() else { return Ok(0) };
        let row = Record { participant: Some(participant), ..row };
        let mut events = self.apply(world, entries, &row, &Command::Attribute { participant })?;
        let Some(person) = world.persons.get(participant).cloned() else { return Ok(events) };
        for matter in person.matters.iter().filter(|matter| matter.is_open(self.moment().today)) {
            if let Some(row) = world.records.get(record).cloned() {
                events += self.place(world, entries, &row, matter)?;
            }
        }
        // The row in which a request that is received at the same time is met.
        world.persons.put(person.id, person);
        Ok(events + self.await_erasure(world, entries, record, participant)?)
    }

    /// A request of the person that waits for its answer holds the record, as it holds all that were there when it came.
    fn await_erasure(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        record: RecordId,
        participant: ParticipantId,
    ) -> Result<usize, Refusal> {
        let Some(row) = world.records.get(record).cloned() else { return Ok(0) };
        let basis = record::basis_of(&row, world, self.rulebook)?;
        let (id, moment) = (self.fresh(), self.moment());
        let hold = erasure::hold_from_birth(world, participant, id, &basis, self.rulebook, moment)?;
        match hold.map(|hold| self.apply(world, entries, &row, &Command::PlaceHold(hold))).transpose() {
            // What is gone, or ordered, is beyond any request.
            Err(Refusal::Destroyed { .. }) => Ok(0),
            done => Ok(done?.unwrap_or_default()),
        }
    }

    /// Places the hold of a matter on one record.
    fn place(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        row: &Record,
        matter: &Matter,
    ) -> Result<usize, Refusal> {
        self.place_hold(world, entries, row, (matter.case(), matter.reason, matter.until))
    }

    /// Places the hold of a case on one record.
    pub(in crate::command) fn place_hold(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        row: &Record,
        (case, reason, until): (Open, records_retention_domain::HoldReason, Option<jiff::civil::Date>),
    ) -> Result<usize, Refusal> {
        let basis = record::basis_of(row, world, self.rulebook)?;
        let by = (basis.pack, self.rulebook, self.moment());
        let hold = hold(self.fresh(), case, reason, until, by)?;
        match self.apply(world, entries, row, &Command::PlaceHold(hold)) {
            // What is gone, or ordered, cannot be held; it was due, and nothing held it then.
            Err(Refusal::Destroyed { .. }) => Ok(0),
            done => done,
        }
    }

    /// Does something to a record in the suite's own name.
    pub(in crate::command) fn apply(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        row: &Record,
        command: &Command,
    ) -> Result<usize, Refusal> {
        let shared = (self.rulebook, self.moment());
        let (_, events) = record::apply(row, command, &Actor::suite(), shared, world, entries)?;
        Ok(events.len())
    }
}

/// What is known of a complaint. Before there were such rows, its file alone said whose it is.
fn case(world: &World, complaint: ComplaintId) -> Case {
    let mut case = world.cases.get(complaint).cloned().unwrap_or_else(|| Case::new(complaint));
    let file = world.of_complaint(complaint);
    case.state.participant = case.state.participant.or_else(|| file.and_then(|row| row.participant));
    case
}

/// Every record that a complaint holds while something about it is open, each once.
fn held_by(world: &World, case: &Case) -> Vec<Record> {
    let mut rows = case.state.participant.map(|person| world.of_person(person)).unwrap_or_default();
    for record in &case.state.records {
        if let Some(row) =
            world.records.get(*record).filter(|row| rows.iter().all(|known| known.id != row.id))
        {
            rows.push(row.clone());
        }
    }
    rows
}

/// Keeps what is open, with the complaint and with its person. Both rows are written, so that news that comes at the same time
/// meets this.
fn remember(world: &mut World, mut case: Case, change: impl Fn(&mut Vec<Matter>)) {
    change(&mut case.state.matters);
    let person = case.state.participant.and_then(|person| world.persons.get(person)).cloned();
    world.cases.put(case.id, case);
    if let Some(mut person) = person {
        change(&mut person.matters);
        world.persons.put(person.id, person);
    }
}
