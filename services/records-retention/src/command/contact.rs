//! Contacts: each has a record from its birth, with its letter, its mixed complaint and its papers; while they are open it is held,
//! and what it opens at the provider holds it on. One that names its participant is about them, whether or not a complaint comes of it.

#[cfg(test)]
mod arrival;

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{
    ComplaintId, ContactId, ContractId, HoldReason, Matter, OrganisationId, ParticipantId, RecordClass,
    Refusal,
    record::{Command, Holder},
};
use redress_journal::{append::Entries, shell};
use redress_kernel::Ids;
use redress_policy::Rulebook;
use uuid::Uuid;

use super::{
    case::{Filing, Thing, contract},
    tick::Done,
};
use crate::world::{Want, World};

/// What happened in routing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// A contact was recorded.
    Routed {
        /// The contact.
        contact: ContactId,
        /// Under which contract.
        contract: ContractId,
        /// By whom.
        recorded_by: OrganisationId,
        /// Whom it names.
        participant: Option<ParticipantId>,
        /// Day of receipt.
        received_on: Date,
    },
    /// It opens a complaint.
    HandedOver {
        /// The contact.
        contact: ContactId,
        /// The complaint.
        complaint: ComplaintId,
    },
    /// Something about it is open.
    Begun {
        /// The contact.
        contact: ContactId,
        /// Bare id of what is open: the contact itself, its letter, its mixed complaint.
        subject: Uuid,
        /// The same by its name.
        matter: Matter,
        /// How it holds.
        reason: HoldReason,
    },
    /// It is open no longer.
    Over {
        /// Bare id of what was open.
        subject: Uuid,
        /// The same by its name.
        matter: Matter,
        /// How it held.
        reason: HoldReason,
    },
}

/// Takes in what happened.
pub(crate) struct TakeContact {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// What happened.
    pub(crate) news: News,
    /// Draws ids.
    pub(crate) ids: Arc<dyn Ids>,
}

impl shell::Command<World> for TakeContact {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        match self.news {
            News::Routed { contact, contract, participant, .. } => {
                wants.extend([Want::Subject(contact.uuid()), Want::Contract(contract)]);
                wants.extend(participant.map(Want::Held));
            }
            News::HandedOver { contact, complaint } => {
                wants.extend([Want::Subject(contact.uuid()), Want::Case(complaint)]);
            }
            News::Begun { contact, subject, .. } => {
                wants.extend([Want::Subject(contact.uuid()), Want::Subject(subject)]);
            }
            News::Over { subject, .. } => wants.push(Want::Subject(subject)),
        }
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let filing = Filing { rulebook: &self.rulebook, ids: self.ids.as_ref(), now };
        let events = match self.news {
            News::Routed { contact, contract, recorded_by, participant, received_on } => {
                let organisation = keeper(world, contract, recorded_by, received_on)?;
                let thing = Thing {
                    subject: contact.uuid(),
                    class: RecordClass::CorrespondenceFile,
                    contract,
                    organisation,
                    participant: None,
                    complaint: None,
                    held: vec![(Holder::Routing, contact.name())],
                };
                let filed = filing.file(world, entries, &thing)?;
                let named = participant.zip(world.of_subject(contact.uuid()));
                filed + named.map_or(Ok(0), |(named, record)| filing.name(world, entries, named, record))?
            }
            News::HandedOver { contact, complaint } => match world.of_subject(contact.uuid()) {
                Some(record) => filing.join(world, entries, complaint, record)?,
                None => 0,
            },
            News::Begun { contact, subject, matter, reason } => {
                let Some(record) = world.of_subject(contact.uuid()) else { return Ok(Done::of(0)) };
                world.add_subject(subject, record);
                match world.records.get(record).cloned() {
                    Some(row) => filing.place_hold(world, entries, &row, (matter, reason, None))?,
                    None => 0,
                }
            }
            News::Over { subject, matter, reason } => {
                let row = world.of_subject(subject).and_then(|record| world.records.get(record)).cloned();
                match row {
                    Some(row) => {
                        let release = Command::ReleaseMatter { matter, reason };
                        filing.apply(world, entries, &row, &release)?
                    }
                    None => 0,
                }
            }
        };
        Ok(Done::of(events))
    }
}

/// The provider keeps it: whoever recorded it, where that is in the supply chain, or else the contract holder.
fn keeper(
    world: &World,
    id: ContractId,
    recorded_by: OrganisationId,
    received_on: Date,
) -> Result<OrganisationId, Refusal> {
    let known = contract(world, id)?;
    let is_member = known.members_at(received_on).get(recorded_by).is_some();
    Ok(if is_member { recorded_by } else { known.holder })
}
