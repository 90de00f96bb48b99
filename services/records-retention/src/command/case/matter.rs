//! What is open about a complaint holds everything about its person, by one hold on the person, and what came with the complaint and followed from it
//! (RET-07; domain 3.7, invariant 1). News of it comes from three services in any order and comes to the same.

use records_retention_domain::{
    Actor, ComplaintId, Matter as Open, ParticipantId, RecordId, Refusal, record::Command,
};
use redress_journal::append::Entries;

use super::{file::Filing, hold};
use crate::{
    command::{erasure, person, record},
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
        let mut case = case(world, matter.complaint);
        let mut events = 0;
        for row in beside(world, &case) {
            events += self.place(world, entries, &row, matter)?;
        }
        let person = case.state.participant;
        case.state.matters.retain(|known| !known.is_of(matter));
        case.state.matters.push(matter.clone());
        world.cases.put(case.id, case);
        if let Some(person) = person {
            events += self.hold_person(world, entries, person, matter)?;
        }
        Ok(events)
    }

    /// A matter ended: it holds nothing any more.
    pub(super) fn end(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        matter: &Matter,
    ) -> Result<usize, Refusal> {
        let mut case = case(world, matter.complaint);
        let mut events = 0;
        for row in held_for_itself(world, &case, matter) {
            let command = Command::ReleaseMatter { matter: matter.case(), reason: matter.reason };
            events += self.apply(world, entries, &row, &command)?;
        }
        let person = case.state.participant;
        case.state.matters.retain(|known| !known.is_of(matter));
        world.cases.put(case.id, case);
        if let Some(person) = person {
            events += self.release_person(world, entries, person, matter)?;
        }
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
        if !case.state.records.contains(&record) {
            case.state.records.push(record);
        }
        world.cases.put(complaint, case.clone());
        let mut events = 0;
        if let Some(participant) = case.state.participant {
            events += self.attribute(world, entries, record, participant)?;
        }
        for matter in &case.state.matters {
            let row = world.records.get(record).filter(|row| is_beside(row, &case)).cloned();
            if let Some(row) = row {
                events += self.place(world, entries, &row, matter)?;
            }
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
    pub(super) fn attribute(
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
        // The row in which a request that is received at the same time is met.
        person::meet(world, participant, (row.contract, row.organisation));
        events += self.adopt(world, entries, participant)?;
        events += self.hand_over(world, entries, record, participant)?;
        Ok(events + self.await_erasure(world, entries, record, participant)?)
    }

    /// What holds the person holds it from now on: what the same cases held it by for itself is let go of, so that news in any order comes to the
    /// same.
    fn hand_over(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        record: RecordId,
        participant: ParticipantId,
    ) -> Result<usize, Refusal> {
        let (held, today) = (world.held(Some(participant)), self.moment().today);
        let file = world.records.get(record).and_then(|row| row.state.file());
        let own = file.into_iter().flat_map(|file| file.own_holds(today));
        let covered = own.filter(|own| held.open(today).any(|theirs| theirs.covers(own)));
        let covered: Vec<_> = covered.filter_map(|own| Some((own.matter?, own.reason))).collect();
        let mut events = 0;
        for (matter, reason) in covered {
            if let Some(row) = world.records.get(record).cloned() {
                events += self.apply(world, entries, &row, &Command::ReleaseMatter { matter, reason })?;
            }
        }
        Ok(events)
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
        let hold = erasure::hold_of_request(world, participant, id, &basis, self.rulebook, moment)?;
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

/// The records that a complaint holds beside those of its person: of the contact it came with and of its examinations, while nobody knows whose it is
/// or where they are somebody else's.
fn beside(world: &World, case: &Case) -> Vec<Record> {
    let records = case.state.records.iter().filter_map(|record| world.records.get(*record));
    records.filter(|row| is_beside(row, case)).cloned().collect()
}

fn is_beside(row: &Record, case: &Case) -> bool {
    row.participant.is_none() || row.participant != case.state.participant
}

/// The records that a matter holds each for itself: those, and whatever was held before a person was held as one.
fn held_for_itself(world: &World, case: &Case, matter: &Matter) -> Vec<Record> {
    let by_it = |row: &&Record| {
        let file = row.state.file().or_else(|| row.state.ordered());
        file.is_some_and(|file| file.holds.iter().any(|hold| hold.matter == Some(matter.case())))
    };
    let theirs = |row: &&Record| {
        case.state.records.contains(&row.id)
            || (row.participant.is_some() && row.participant == case.state.participant)
    };
    let mut rows: Vec<Record> =
        world.records.iter().map(|(_, row)| row).filter(theirs).filter(by_it).cloned().collect();
    rows.sort_by_key(|row| row.id);
    rows
}
