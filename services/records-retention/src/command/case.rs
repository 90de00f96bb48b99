//! Complaints and examinations: from birth each has a record, and while it is open it holds everything that is kept about its
//! person (RET-07, L41; domain 3.7, invariant 1).

#[cfg(test)]
mod arrival;
mod file;
#[cfg(test)]
mod growth;
#[cfg(test)]
mod inherited;
mod matter;
mod person;

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{
    Actor, ComplaintId, ContractId, ExaminationId, Hold, HoldId, HoldReason, Matter as Open, OrganisationId,
    ParticipantId, RecordClass, Refusal, record::Holder,
};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Ids, Moment};
use redress_policy::{ClockKind, Pack, Rulebook, deadline};

use super::{record, tick::Done};
use crate::{
    store::person::Matter,
    world::{Want, World},
};

pub(in crate::command) use file::{Filing, Thing, contract};

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
    /// The examiner has it.
    ExaminationOpened {
        /// The examination.
        examination: ExaminationId,
        /// Of which complaint.
        complaint: ComplaintId,
        /// Under which contract.
        contract: ContractId,
        /// Who works the complaint.
        organisation: OrganisationId,
    },
    /// The examiner is done with it.
    ExaminationEnded {
        /// The examination.
        examination: ExaminationId,
        /// Of which complaint.
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
            News::PersonRecorded { participant, contract, .. } => wants.extend([
                Want::Held(participant),
                Want::Contract(contract),
                Want::Subject(participant.uuid()),
            ]),
            News::Opened { complaint, participant, contract, .. } => wants.extend([
                Want::Case(complaint),
                Want::Held(participant),
                Want::Contract(contract),
                Want::Subject(complaint.uuid()),
            ]),
            News::ExaminationOpened { examination, complaint, contract, .. } => wants.extend([
                Want::Case(complaint),
                Want::Contract(contract),
                Want::Subject(examination.uuid()),
            ]),
            News::Reopened { complaint }
            | News::Answered { complaint, .. }
            | News::Ended { complaint }
            | News::ExaminationEnded { complaint, .. } => wants.push(Want::Case(complaint)),
        }
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let filing = Filing { rulebook: &self.rulebook, ids: self.ids.as_ref(), now };
        let events = match self.news {
            News::PersonRecorded { participant, contract, organisation } => {
                let told = filing.person(world, entries, participant, (contract, organisation))?;
                told + filing.file(world, entries, &person_file(participant, contract, organisation))?
            }
            News::Opened { complaint, participant, contract, organisation } => {
                let told = filing.person(world, entries, participant, (contract, organisation))?;
                let thing = complaint_file(complaint, participant, contract, organisation);
                told + filing.file(world, entries, &thing)?
                    + filing.belongs(world, entries, complaint, participant)?
                    + filing.open(world, entries, &open_complaint(complaint))?
            }
            News::Reopened { complaint } => filing.open(world, entries, &open_complaint(complaint))?,
            News::Answered { complaint, issued_on, by_post } => {
                match self.window(world, complaint, issued_on, by_post)? {
                    Some(until) => {
                        let reason = HoldReason::OpenWindow;
                        let matter = Matter { reason, until: Some(until), ..open_complaint(complaint) };
                        filing.open(world, entries, &matter)?
                    }
                    // The guidance gives no way to the examiner, or nobody knows it: the open complaint holds.
                    None => 0,
                }
            }
            // Its window, where it has one, goes on.
            News::Ended { complaint } => filing.end(world, entries, &open_complaint(complaint))?,
            News::ExaminationOpened { examination, complaint, contract, organisation } => {
                let thing = examination_file(examination, contract, organisation);
                let filed = filing.file(world, entries, &thing)?;
                let joined = match world.of_subject(examination.uuid()) {
                    Some(record) => filing.join(world, entries, complaint, record)?,
                    None => 0,
                };
                filed + joined + filing.open(world, entries, &open_examination(examination, complaint))?
            }
            News::ExaminationEnded { examination, complaint } => {
                filing.end(world, entries, &open_examination(examination, complaint))?
            }
        };
        Ok(Done::of(events))
    }
}

impl TakeIn {
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
}

/// The hold by which an open case keeps a record. Someone looks at it again as the pack's practice says (Q44).
pub(crate) fn hold(
    id: HoldId,
    matter: Open,
    reason: HoldReason,
    until: Option<Date>,
    (pack, rulebook, moment): (&Pack, &Rulebook, Moment),
) -> Result<Hold, Refusal> {
    let view = rulebook.calendars.view(pack.basis(), moment.today);
    let review = deadline::compute(&pack.clock(ClockKind::HoldReview)?, moment.today, None, &view)?;
    Ok(Hold {
        id,
        reason,
        placed_by: Actor::suite(),
        placed_on: moment.today,
        authority: None,
        review_on: review.due_on,
        holds_until: until,
        matter: Some(matter),
        released_on: None,
    })
}

fn open_complaint(complaint: ComplaintId) -> Matter {
    Matter { complaint, examination: None, reason: HoldReason::OpenComplaint, until: None }
}

fn open_examination(examination: ExaminationId, complaint: ComplaintId) -> Matter {
    let reason = HoldReason::OpenExamination;
    Matter { complaint, examination: Some(examination), reason, until: None }
}

fn person_file(participant: ParticipantId, contract: ContractId, organisation: OrganisationId) -> Thing {
    Thing {
        subject: participant.uuid(),
        class: RecordClass::ComplaintFile,
        contract,
        organisation,
        participant: Some(participant),
        complaint: None,
        held: vec![(Holder::Complaints, participant.name())],
    }
}

/// The ice-liaison service keeps what it learned of every complaint, and destroys it with the file.
fn complaint_file(
    complaint: ComplaintId,
    participant: ParticipantId,
    contract: ContractId,
    organisation: OrganisationId,
) -> Thing {
    Thing {
        subject: complaint.uuid(),
        class: RecordClass::ComplaintFile,
        contract,
        organisation,
        participant: Some(participant),
        complaint: Some(complaint),
        held: vec![(Holder::Complaints, complaint.name()), (Holder::IceLiaison, complaint.name())],
    }
}

fn examination_file(examination: ExaminationId, contract: ContractId, organisation: OrganisationId) -> Thing {
    Thing {
        subject: examination.uuid(),
        class: RecordClass::ExaminationFile,
        contract,
        organisation,
        participant: None,
        complaint: None,
        held: vec![(Holder::IceLiaison, examination.name())],
    }
}
