//! Erasure requests: what a person asked for, what was decided, and what that does to their records (RET-10 to RET-12).

#[cfg(test)]
mod asked;
mod hold;

use std::sync::Arc;

use jiff::Timestamp;
use records_retention_domain::{
    Actor, ErasureRequestId, HoldId, HoldReason, OrganisationId, ParticipantId, RecordClass, RecordId,
    Refusal,
    erasure::{Command, Context, Event, Receipt, Rules, State},
    record::{Command as OnRecord, Part, Register, State as RecordState},
};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Id, Ids, Moment};
use redress_policy::Rulebook;
use redress_proto::records_retention::v1 as proto;
use redress_store::sealed::Sealed;

pub(crate) use hold::hold_of_request;

use super::{person, record, tick::Done};
use crate::{
    publish, render,
    store::{
        erasure::ErasureRequest,
        record::{Record, Watched},
    },
    world::{Want, World},
};

/// Records that a person asked, with the holding reply.
pub(crate) struct Receive {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks for it to be recorded.
    pub(crate) actor: Actor,
    /// What was received.
    pub(crate) receipt: Receipt,
    /// The holding reply, as a part of the record of the correspondence.
    pub(crate) letter: Part,
    /// The holding reply and the address it went to, under seal.
    pub(crate) sealed: Vec<Sealed>,
    /// Draws ids for the holds.
    pub(crate) ids: Arc<dyn Ids>,
}

/// Any command of a caller on one that exists.
#[derive(Debug)]
pub(crate) struct Handle {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Which request.
    pub(crate) request: ErasureRequestId,
    /// Whose.
    pub(crate) participant: ParticipantId,
    /// The record of its correspondence.
    pub(crate) correspondence: RecordId,
    /// What is asked.
    pub(crate) command: Command,
    /// The answer, as a part of the record of the correspondence and under seal.
    pub(crate) letter: Option<(Part, Sealed)>,
}

/// Looks at one request.
#[derive(Debug)]
pub(crate) struct LookAt {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// At which request.
    pub(crate) request: ErasureRequestId,
    /// Whose.
    pub(crate) participant: ParticipantId,
}

impl shell::Command<World> for Receive {
    type Answer = proto::ErasureRequest;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend([Want::Person(self.receipt.participant), Want::Contract(self.receipt.contract)]);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::ErasureRequest, Refusal> {
        let moment = Moment::at(now);
        let receipt = &self.receipt;
        let person = world.persons.get(receipt.participant).cloned().filter(|person| {
            person.known
                && person.contract == receipt.contract
                && world.sees(receipt.organisation, person.contract, person.organisation)
        });
        let person = person.ok_or_else(|| Refusal::NotFound { name: receipt.participant.name() })?;
        if let Some(open) = world.erasure_of(receipt.participant) {
            return Err(Refusal::AlreadyThere { name: open.id.name() });
        }
        let row = ErasureRequest {
            id: receipt.id,
            contract: receipt.contract,
            organisation: receipt.organisation,
            participant: receipt.participant,
            look_on: None,
            state: State::Unrequested,
            version: 0,
            revision: 0,
            created_at: now,
        };
        let command = Command::Receive(Box::new(receipt.clone()));
        let facts = Facts { held: &[], gone: false };
        let decided = decide(&row, &command, &self.actor, &facts, world, &self.rulebook, moment)?;
        let held = self.holds(world, moment)?;
        self.file_correspondence(world, entries, moment, now)?;
        // Everything is decided; from here on it is written.
        let moved = write(&row, &decided, world, entries, moment);
        for (before, decided, after) in held {
            record::record(&before, after, &decided, world, entries);
        }
        // The row in which a record that is registered at the same time is met.
        world.persons.put(person.id, person);
        Ok(render::erasure::answer(&moved))
    }
}

impl Receive {
    /// What is decided of each record of the person. One that is gone, or ordered, is beyond any request; what is brought back is held then.
    fn holds(&self, world: &World, moment: Moment) -> Result<Vec<record::Step>, Refusal> {
        let mut held = Vec::new();
        for row in world.of_person(self.receipt.participant) {
            let basis = record::basis_of(&row, world, &self.rulebook)?;
            let id = Id::fresh(self.ids.as_ref());
            let hold = hold::pending(id, self.receipt.id, &basis, &self.rulebook, moment)?;
            match record::weigh(row, &OnRecord::PlaceHold(hold), world, &self.rulebook, moment) {
                Ok(step) => held.push(step),
                Err(Refusal::Destroyed { .. }) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(held)
    }

    /// The correspondence is a record of its own: it is kept when the person is gone, and says why (RET-14).
    fn file_correspondence(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        moment: Moment,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let receipt = &self.receipt;
        let known = world.contracts.get(&receipt.contract);
        let pack = known.ok_or_else(|| Refusal::NotFound { name: receipt.contract.name() })?.pack.clone();
        let register = Register {
            id: receipt.correspondence,
            contract: receipt.contract,
            organisation: receipt.organisation,
            class: RecordClass::CorrespondenceFile,
            participant: None,
            complaint: None,
            completed_on: None,
            funded_start_on: None,
            pack,
            parts: vec![self.letter.clone()],
            holds: Vec::new(),
            anonymised: None,
        };
        let row = Record {
            id: receipt.correspondence,
            contract: receipt.contract,
            organisation: receipt.organisation,
            participant: None,
            complaint: None,
            class: RecordClass::CorrespondenceFile,
            reference: None,
            state: RecordState::Unregistered,
            due_from: None,
            look_on: None,
            watched: Watched::default(),
            key: self.sealed.first().map(|sealed| sealed.key),
            version: 0,
            revision: 0,
            created_at: now,
        };
        let command = OnRecord::Register(Box::new(register));
        record::apply(&row, &command, &self.actor, (&self.rulebook, moment), world, entries)?;
        for sealed in &self.sealed {
            world.add_sealed(sealed.clone());
        }
        Ok(())
    }
}

impl shell::Command<World> for Handle {
    type Answer = proto::ErasureRequest;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend([
            Want::Erasure(self.request),
            Want::Person(self.participant),
            Want::Record(self.correspondence),
        ]);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::ErasureRequest, Refusal> {
        let moment = Moment::at(now);
        let found = world.erasures.get(self.request);
        let found = found.filter(|row| world.sees(self.caller, row.contract, row.organisation));
        let row = found.ok_or_else(|| Refusal::NotFound { name: self.request.name() })?.clone();
        let held = held(world, row.participant, moment);
        let facts = Facts { held: &held, gone: false };
        let decided = decide(&row, &self.command, &self.actor, &facts, world, &self.rulebook, moment)?;
        if let Some((part, sealed)) = self.letter.as_ref().filter(|_| !decided.events.is_empty()) {
            let file = world.records.get(self.correspondence).cloned();
            let file = file.ok_or_else(|| Refusal::NotFound { name: self.correspondence.name() })?;
            let add = OnRecord::AddPart(part.clone());
            record::apply(&file, &add, &self.actor, (&self.rulebook, moment), world, entries)?;
            world.add_sealed(sealed.clone());
        }
        let answered = decided.events.iter().any(|event| matches!(event, Event::ErasureDecided(_)));
        let moved = write(&row, &decided, world, entries, moment);
        if answered {
            // What opens at the same time about the person has come before the decision, or finds it made.
            person::meet(world, row.participant, (row.contract, row.organisation));
            settle(&moved, world, entries, &self.rulebook, moment)?;
        }
        Ok(render::erasure::answer(&moved))
    }
}

impl shell::Command<World> for LookAt {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend([Want::Erasure(self.request), Want::Person(self.participant)]);
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let moment = Moment::at(now);
        let row = world.erasures.get(self.request).cloned();
        let row = row.ok_or_else(|| Refusal::NotFound { name: self.request.name() })?;
        let records = world.of_person(row.participant);
        let left = records.iter().any(|record| {
            record.class.is_about_a_person() && !matches!(record.state, RecordState::Destroyed(_))
        });
        let facts = Facts { held: &[], gone: !left };
        let decided = decide(&row, &Command::Look, &Actor::suite(), &facts, world, &self.rulebook, moment)?;
        let events = decided.events.len();
        write(&row, &decided, world, entries, moment);
        Ok(Done::of(events))
    }
}

/// What the rules are told besides the state.
struct Facts<'a> {
    held: &'a [(RecordId, HoldId, HoldReason)],
    gone: bool,
}

fn decide(
    row: &ErasureRequest,
    command: &Command,
    actor: &Actor,
    facts: &Facts<'_>,
    world: &World,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Decided<Rules>, Refusal> {
    let known = world.contracts.get(&row.contract);
    let known = known.ok_or_else(|| Refusal::NotFound { name: row.contract.name() })?;
    let basis = record::basis(known, world.promises.get(row.contract), rulebook)?;
    let context = Context {
        today: moment.today,
        actor,
        pack: basis.pack,
        calendars: &rulebook.calendars,
        held: facts.held,
        gone: facts.gone,
    };
    Decided::<Rules>::by(&row.state, command, &context)
}

/// Writes the moved row, and what happened. A look that found nothing only moves the day of the next.
fn write(
    row: &ErasureRequest,
    decided: &Decided<Rules>,
    world: &mut World,
    entries: &mut Entries<'_>,
    moment: Moment,
) -> ErasureRequest {
    let moved = ErasureRequest {
        look_on: decided.state.look_on(moment.today),
        version: decided.version_after(row.version),
        state: decided.state.clone(),
        ..row.clone()
    };
    for (version, event) in decided.numbered(row.version) {
        entries.append(publish::erasure::erasure(&moved, version, event, decided.citations.clone()));
    }
    if moved.version > row.version || moved.look_on != row.look_on {
        world.erasures.put(moved.id, moved.clone());
    }
    moved
}

/// The decision is made: nothing is held for it any more, and where it was granted the records' dates are counted anew.
fn settle(
    request: &ErasureRequest,
    world: &mut World,
    entries: &mut Entries<'_>,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<(), Refusal> {
    let suite = Actor::suite();
    for row in world.of_person(request.participant) {
        let Some(file) = row.state.file() else { continue };
        let ours: Vec<HoldId> = file
            .own_holds(moment.today)
            .filter(|hold| hold.reason == HoldReason::ErasurePending)
            .map(|hold| hold.id)
            .collect();
        for hold in ours {
            let Some(row) = world.records.get(row.id).cloned() else { continue };
            let release = OnRecord::ReleaseHold { hold };
            record::apply(&row, &release, &suite, (rulebook, moment), world, entries)?;
        }
        // Its dates hang on the decision now.
        if let Some(row) = world.records.get(row.id).cloned() {
            record::apply(&row, &OnRecord::Look, &suite, (rulebook, moment), world, entries)?;
        }
    }
    Ok(())
}

/// What holds the person's records besides the request itself.
fn held(world: &World, participant: ParticipantId, moment: Moment) -> Vec<(RecordId, HoldId, HoldReason)> {
    let mut held = Vec::new();
    // What holds everything about the person is told once, with the first of their records.
    let mut of_person = Some(world.held(Some(participant)));
    for row in world.of_person(participant) {
        let Some(file) = row.state.file().filter(|file| file.class.is_about_a_person()) else { continue };
        let others = file.own_holds(moment.today).filter(|hold| hold.reason != HoldReason::ErasurePending);
        held.extend(others.map(|hold| (row.id, hold.id, hold.reason)));
        if let Some(theirs) = of_person.take() {
            held.extend(theirs.open(moment.today).map(|hold| (row.id, hold.id, hold.reason)));
        }
    }
    held
}
