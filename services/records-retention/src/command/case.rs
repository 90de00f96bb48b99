//! Cases of other services: from birth each has a record, and while it is open it holds everything that is kept about its
//! person (RET-07, L41; domain 3.7, invariant 1).

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{
    Actor, ComplaintId, ContractId, Hold, HoldId, HoldReason, OrganisationId, ParticipantId, RecordClass,
    RecordId, Refusal,
    record::{Command, Holder, Part, Register, State},
};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Id, Ids, Moment};
use redress_policy::{ClockKind, Pack, Rulebook, deadline};

use super::{record, tick::Done};
use crate::{
    store::{
        person::{Matter, Person},
        record::Record,
    },
    world::{Want, World},
};

/// What happened in the other service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// A person was recorded.
    PersonRecorded {
        /// Who.
        participant: ParticipantId,
        /// Under which contract.
        contract: ContractId,
        /// By whom.
        organisation: OrganisationId,
    },
    /// A complaint was registered.
    Opened {
        /// The complaint.
        complaint: ComplaintId,
        /// Whose.
        participant: ParticipantId,
        /// Under which contract.
        contract: ContractId,
        /// Who works it.
        organisation: OrganisationId,
    },
    /// It is open again.
    Reopened {
        /// The complaint.
        complaint: ComplaintId,
    },
    /// Its final response went out.
    Answered {
        /// The complaint.
        complaint: ComplaintId,
        /// When.
        issued_on: Date,
        /// Whether by post.
        by_post: bool,
    },
    /// It ended.
    Ended {
        /// The complaint.
        complaint: ComplaintId,
    },
}

/// Takes in what happened.
pub(crate) struct TakeIn {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// What happened.
    pub(crate) news: News,
    /// Draws ids.
    pub(crate) ids: Arc<dyn Ids>,
}

impl shell::Command<World> for TakeIn {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        match self.news {
            News::PersonRecorded { participant, contract, .. } => {
                wants.extend([Want::Person(participant), Want::Contract(contract)]);
            }
            News::Opened { complaint, participant, contract, .. } => {
                wants.extend([Want::Case(complaint), Want::Person(participant), Want::Contract(contract)]);
            }
            News::Reopened { complaint } | News::Answered { complaint, .. } | News::Ended { complaint } => {
                wants.push(Want::Case(complaint));
            }
        }
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let moment = Moment::at(now);
        let events = match self.news {
            News::PersonRecorded { participant, contract, organisation } => {
                person(world, participant, contract, organisation);
                let subject = participant.name();
                self.file(world, entries, (contract, organisation), Some(participant), None, subject, now)?
            }
            News::Opened { complaint, participant, contract, organisation } => {
                person(world, participant, contract, organisation);
                let subject = complaint.name();
                let place = (contract, organisation);
                self.file(world, entries, place, Some(participant), Some(complaint), subject, now)?
                    + self.open(world, entries, complaint, HoldReason::OpenComplaint, None, moment)?
            }
            News::Reopened { complaint } => {
                self.open(world, entries, complaint, HoldReason::OpenComplaint, None, moment)?
            }
            News::Answered { complaint, issued_on, by_post } => {
                match self.window(world, complaint, issued_on, by_post)? {
                    Some(until) => {
                        self.open(world, entries, complaint, HoldReason::OpenWindow, Some(until), moment)?
                    }
                    // The guidance gives no way to the examiner, or nobody knows it: the open complaint holds.
                    None => 0,
                }
            }
            News::Ended { complaint } => self.end(world, entries, complaint, moment)?,
        };
        Ok(Done::of(events))
    }
}

impl TakeIn {
    /// The record of a case or person, unless there is one.
    #[expect(clippy::too_many_arguments, reason = "everything that a file is made of, once")]
    fn file(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        (contract, organisation): (ContractId, OrganisationId),
        participant: Option<ParticipantId>,
        complaint: Option<ComplaintId>,
        subject: String,
        now: Timestamp,
    ) -> Result<usize, Refusal> {
        let moment = Moment::at(now);
        let known = world.contracts.get(&contract);
        let known = known.ok_or_else(|| Refusal::NotFound { name: contract.name() })?;
        let there = match complaint {
            Some(complaint) => world.of_complaint(complaint).is_some(),
            None => participant.is_some_and(|person| holds_person(world, person, &subject)),
        };
        if there {
            return Ok(0);
        }
        let basis = record::basis(known, &self.rulebook)?;
        let person = participant.and_then(|participant| world.persons.get(participant));
        let matters = person.map(|person| person.matters.as_slice()).unwrap_or_default();
        let open = matters.iter().filter(|matter| matter.until.is_none_or(|until| moment.today <= until));
        let holds = open
            .map(|matter| hold(self.fresh(), matter, basis.pack, &self.rulebook, moment))
            .collect::<Result<_, _>>()?;
        let id: RecordId = self.fresh();
        let part = Part { id: self.fresh(), holder: Holder::Complaints, subject, added_on: moment.today };
        let register = Register {
            id,
            contract,
            organisation,
            class: RecordClass::ComplaintFile,
            participant,
            complaint,
            completed_on: None,
            funded_start_on: None,
            pack: known.pack.clone(),
            parts: vec![part],
            holds,
        };
        let row = Record {
            id,
            contract,
            organisation,
            participant,
            complaint,
            class: RecordClass::ComplaintFile,
            reference: None,
            state: State::Unregistered,
            due_from: None,
            look_on: None,
            key: None,
            version: 0,
            revision: 0,
            created_at: now,
        };
        let command = Command::Register(Box::new(register));
        let shared = (&self.rulebook, moment);
        let (_, events) = record::apply(&row, &command, &Actor::suite(), shared, world, entries)?;
        Ok(events.len())
    }

    /// Holds everything about the person of the case.
    fn open(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        complaint: ComplaintId,
        reason: HoldReason,
        until: Option<Date>,
        moment: Moment,
    ) -> Result<usize, Refusal> {
        let Some(person) = person_of(world, complaint) else { return Ok(0) };
        let matter = Matter { complaint, reason, until };
        let mut events = 0;
        for row in world.of_person(person.id) {
            let basis = record::basis_of(&row, world, &self.rulebook)?;
            let hold = hold(self.fresh(), &matter, basis.pack, &self.rulebook, moment)?;
            let shared = (&self.rulebook, moment);
            let command = Command::PlaceHold(hold);
            match record::apply(&row, &command, &Actor::suite(), shared, world, entries) {
                Ok((_, placed)) => events += placed.len(),
                // What is gone, or ordered, cannot be held; it was due, and nothing held it then.
                Err(Refusal::Destroyed { .. }) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        let mut matters = person.matters.clone();
        matters.retain(|known| known.complaint != complaint || known.reason != reason);
        matters.push(matter);
        world.persons.put(person.id, Person { matters, ..person });
        Ok(events)
    }

    /// The case ended: it holds nothing any more. Its window, where it has one, goes on.
    fn end(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        complaint: ComplaintId,
        moment: Moment,
    ) -> Result<usize, Refusal> {
        let Some(person) = person_of(world, complaint) else { return Ok(0) };
        let reason = HoldReason::OpenComplaint;
        let mut events = 0;
        for row in world.of_person(person.id) {
            let command = Command::ReleaseMatter { matter: complaint, reason };
            let shared = (&self.rulebook, moment);
            let (_, released) = record::apply(&row, &command, &Actor::suite(), shared, world, entries)?;
            events += released.len();
        }
        let mut matters = person.matters.clone();
        matters.retain(|known| known.complaint != complaint || known.reason != reason);
        world.persons.put(person.id, Person { matters, ..person });
        Ok(events)
    }

    /// The last day on which the person may go to the examiner (CMP-09, ICE-01).
    fn window(
        &self,
        world: &World,
        complaint: ComplaintId,
        issued_on: Date,
        by_post: bool,
    ) -> Result<Option<Date>, Refusal> {
        let Some(row) = world.of_complaint(complaint) else { return Ok(None) };
        let pack = record::basis_of(row, world, &self.rulebook)?.pack;
        let kind = if by_post { ClockKind::IceWindowByPost } else { ClockKind::IceWindow };
        let Ok(clock) = pack.clock(kind) else { return Ok(None) };
        let view = self.rulebook.calendars.view(pack.basis(), issued_on);
        Ok(Some(deadline::compute(&clock, issued_on, None, &view)?.due_on))
    }

    fn fresh<K>(&self) -> Id<K> {
        Id::fresh(self.ids.as_ref())
    }
}

/// The hold by which an open case keeps a record. Someone looks at it again as the pack's practice says (Q44).
pub(crate) fn hold(
    id: HoldId,
    matter: &Matter,
    pack: &Pack,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Hold, Refusal> {
    let view = rulebook.calendars.view(pack.basis(), moment.today);
    let review = deadline::compute(&pack.clock(ClockKind::HoldReview)?, moment.today, None, &view)?;
    Ok(Hold {
        id,
        reason: matter.reason,
        placed_by: Actor::suite(),
        placed_on: moment.today,
        authority: None,
        review_on: review.due_on,
        holds_until: matter.until,
        matter: Some(matter.complaint),
        released_on: None,
    })
}

/// Makes a person known.
fn person(world: &mut World, id: ParticipantId, contract: ContractId, organisation: OrganisationId) {
    if world.persons.get(id).is_none() {
        world.persons.put(id, Person { id, contract, organisation, matters: Vec::new(), revision: 0 });
    }
}

fn person_of(world: &World, complaint: ComplaintId) -> Option<Person> {
    let participant = world.of_complaint(complaint)?.participant?;
    world.persons.get(participant).cloned()
}

/// Whether a record of the person itself is there.
fn holds_person(world: &World, person: ParticipantId, subject: &str) -> bool {
    world.of_person(person).iter().any(|row| {
        let parts = match &row.state {
            State::Kept(file) => file.parts.as_slice(),
            State::Ordered(ordered) => ordered.parts.as_slice(),
            // Nothing is left to say what it was; the person was never recorded twice.
            State::Unregistered | State::Destroyed(_) => &[],
        };
        parts.iter().any(|part| part.subject == subject)
    })
}
