//! The ice-liaison service's feed: what the examiner does to a complaint, as the rules of this service take it (CMP-14,
//! ICE-01, ICE-27).

use std::sync::Arc;

use complaints_domain::{
    ComplaintId, Refusal,
    complaint::{CloseReason, Command, StepRef},
};
use jiff::civil::Date;
use prost::Message;
use redress_chassis::{follow::origin, wire};
use redress_journal::{
    entry::Entry,
    shell::inside::carry_out,
    subscription::{HandleFault, Handler},
};
use redress_kernel::{Clock, Id, Ids, Kind, Refusal as _};
use redress_policy::Rulebook;
use redress_proto::{ice_liaison::v1 as proto, r#type::v1::CivilDate};
use redress_store::Tx;

use crate::{command::attend::Attend, world::World};

/// Follows the ice-liaison service.
pub(crate) struct Examiner {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// The time.
    pub(crate) clock: Arc<dyn Clock>,
    /// Ids for entries.
    pub(crate) ids: Arc<dyn Ids>,
}

impl Handler for Examiner {
    type Prepared = ();

    async fn prepare(&self, _: &Entry) -> Result<(), HandleFault> {
        Ok(())
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, (): ()) -> Result<(), HandleFault> {
        let Some((complaint, command)) = asked(entry)? else { return Ok(()) };
        let attend = Attend { rulebook: self.rulebook.clone(), complaint, command };
        let now = self.clock.now();
        match carry_out::<World, _>(tx, &attend, origin(entry), self.ids.as_ref(), now).await? {
            Ok(_) => Ok(()),
            Err(refusal) => settle(&refusal, complaint),
        }
    }
}

/// A state that does not take it is an answer: the examiner's own record stands in its journal, and nothing here changes. A
/// complaint that is not known, or a request that makes no sense, is for a person to look at.
fn settle(refusal: &Refusal, complaint: ComplaintId) -> Result<(), HandleFault> {
    if refusal.explain().kind == Kind::Precondition {
        tracing::info!(complaint.id = %complaint, reason = refusal.reason(), "what the examiner did changes nothing here");
        return Ok(());
    }
    Err(HandleFault::Poison(refusal.reason().to_owned()))
}

/// What an entry asks of a complaint; none for what is no affair of this service.
fn asked(entry: &Entry) -> Result<Option<(ComplaintId, Command)>, HandleFault> {
    let Some(event) = entry.content.entry_type.strip_prefix("redress.ice_liaison.v1.") else {
        return Ok(None);
    };
    Ok(match event {
        "ExaminationOpened" => {
            let it: proto::ExaminationOpened = payload(entry)?;
            Some((name(&it.complaint)?, contact(it.referred_on, it.notified_on, it.discretion)?))
        }
        // What was taken within a right is with the examiner already; at its discretion it comes there now (ICE-20).
        "ExaminationAccepted" => {
            let it: proto::ExaminationAccepted = payload(entry)?;
            let command = contact(it.referred_on, it.notified_on, true)?;
            it.discretion.then_some((name(&it.complaint)?, command))
        }
        // A revisit ended in a new final response, and ICE has the case again (Q7).
        "ProcessCompleted" => {
            let it: proto::ProcessCompleted = payload(entry)?;
            // Written before the entry told which complaint it is of.
            if it.complaint.is_empty() {
                return Ok(None);
            }
            Some((name(&it.complaint)?, contact(it.referred_on, it.final_response_on, false)?))
        }
        "StepsToRevisit" => {
            let it: proto::StepsToRevisit = payload(entry)?;
            let steps = it.steps.iter().map(step).collect::<Result<_, _>>()?;
            let due_on = it.due_on.as_ref().map(|due_on| date(Some(due_on))).transpose()?;
            let requested_on = date(it.requested_on.as_ref())?;
            Some((name(&it.complaint)?, Command::ReopenSteps { steps, requested_on, due_on }))
        }
        "ExaminationClosed" => {
            let it: proto::ExaminationClosed = payload(entry)?;
            let command = match it.outcome() {
                // What ICE did not take is the provider's to finish: it goes on where it was (ICE-24).
                proto::ExaminationOutcome::Premature | proto::ExaminationOutcome::UnableToAccept => {
                    Command::ReturnFromExaminer { returned_on: date(it.closed_on.as_ref())? }
                }
                proto::ExaminationOutcome::Unspecified
                | proto::ExaminationOutcome::Resolved
                | proto::ExaminationOutcome::Settled
                | proto::ExaminationOutcome::Withdrawn
                | proto::ExaminationOutcome::Investigated => {
                    Command::Close { reason: CloseReason::ExaminerClosed, explained: false }
                }
            };
            Some((name(&it.complaint)?, command))
        }
        _ => None,
    })
}

fn contact(
    referred_on: Option<CivilDate>,
    notified_on: Option<CivilDate>,
    discretion: bool,
) -> Result<Command, HandleFault> {
    let (referred_on, notified_on) = (date(referred_on.as_ref())?, date(notified_on.as_ref())?);
    Ok(Command::RecordExaminerContact { referred_on, notified_on, discretion })
}

fn step(step: &proto::NamedStep) -> Result<StepRef, HandleFault> {
    let stage_number = u8::try_from(step.stage_number).map_err(|_| poison("a number is out of range"))?;
    Ok(StepRef { stage_number, id: step.step.clone() })
}

fn payload<M: Message + Default>(entry: &Entry) -> Result<M, HandleFault> {
    M::decode(entry.content.payload.as_slice()).map_err(|_| poison("the payload cannot be read"))
}

fn name(name: &str) -> Result<ComplaintId, HandleFault> {
    Id::parse_name(name).map_err(|_| poison("a name is none"))
}

fn date(date: Option<&CivilDate>) -> Result<Date, HandleFault> {
    date.and_then(wire::read_date).ok_or_else(|| poison("a date is none"))
}

fn poison(why: &str) -> HandleFault {
    HandleFault::Poison(why.to_owned())
}
