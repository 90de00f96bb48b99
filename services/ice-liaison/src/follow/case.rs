//! Entries of the complaints service as what they teach of a complaint.

use ice_liaison_domain::{
    paper::{Paper, PaperRef, Standing},
    record::{FinalResponse, Learned, Registered, StepDone, StepRef},
};
use jiff::civil::Date;
use prost::Message;
use redress_chassis::wire;
use redress_journal::{entry::Entry, subscription::HandleFault};
use redress_kernel::{Channel, Digest, Id, id::Noun, london_date};
use redress_policy::{Division, PackRef};
use redress_proto::{complaints::v1 as proto, r#type::v1::CivilDate};

/// A complaint as it was registered, with the steps that it takes: those of the stages from the one at which it enters.
pub(super) fn registered(entry: &Entry) -> Result<Registered, HandleFault> {
    let it: proto::ComplaintRegistered = payload(entry)?;
    let procedure = it.procedure.ok_or_else(|| poison("no procedure"))?;
    let pack = it.pack.ok_or_else(|| poison("no pack"))?;
    let entry_stage = number(it.entry_stage)?;
    let stages = (1_u8..).zip(&procedure.stages).filter(|(stage_number, _)| *stage_number >= entry_stage);
    let steps = stages.flat_map(|(stage_number, stage)| {
        stage.steps.iter().map(move |step| StepRef { stage_number, id: step.id.clone() })
    });
    let division: Division = wire::read_division(it.division).ok_or_else(|| poison("no division"))?;
    Ok(Registered {
        complaint: name(&it.complaint)?,
        contract: name(&it.contract)?,
        programme: it.programme,
        organisation: name(&it.organisation)?,
        pack: PackRef { id: pack.id, version: pack.version },
        division,
        received_on: date(it.received_on.as_ref())?,
        registered_on: date(it.registered_on.as_ref())?,
        procedure: name(&procedure.procedure)?,
        steps: steps.collect(),
    })
}

/// What an entry of a complaint's stream teaches; none for what this service has no use for.
pub(super) fn learned(entry: &Entry) -> Result<Option<Learned>, HandleFault> {
    if entry.content.stream_kind != "complaints" {
        return Ok(None);
    }
    let Some(event) = entry.content.entry_type.strip_prefix("redress.complaints.v1.") else {
        return Ok(None);
    };
    Ok(Some(match event {
        "ReceiptRecorded" => {
            Learned::Received(date(payload::<proto::ReceiptRecorded>(entry)?.received_on.as_ref())?)
        }
        "StepCompleted" => {
            let it: proto::StepCompleted = payload(entry)?;
            let done = it.step.as_ref().ok_or_else(|| poison("no step"))?;
            Learned::Step(StepDone {
                step: step(done)?,
                on: date(it.done_on.as_ref())?,
                run: number(it.run)?,
            })
        }
        "StageResponseIssued" => {
            let it: proto::StageResponseIssued = payload(entry)?;
            Learned::Letter(name(&it.letter)?, digest(&it.digest)?, date(it.issued_on.as_ref())?)
        }
        "CorrectionIssued" => {
            let it: proto::CorrectionIssued = payload(entry)?;
            Learned::Letter(name(&it.letter)?, digest(&it.digest)?, date(it.issued_on.as_ref())?)
        }
        "FinalResponseIssued" => {
            let it: proto::FinalResponseIssued = payload(entry)?;
            Learned::FinalResponse(FinalResponse {
                letter: name(&it.letter)?,
                run: number(it.run)?,
                issued_on: date(it.issued_on.as_ref())?,
                recorded_on: date(it.recorded_on.as_ref())?,
                by_post: wire::read_channel(it.channel) == Some(Channel::Post),
                digest: digest(&it.digest)?,
            })
        }
        "ExaminerContactRecorded" => Learned::WithIce,
        "ReturnedByExaminer" => Learned::Returned,
        "StepsReopened" => {
            let it: proto::StepsReopened = payload(entry)?;
            let steps = it.steps.iter().map(step).collect::<Result<_, _>>()?;
            Learned::Reopened(number(it.run)?, steps)
        }
        "PackRepinned" => {
            let it: proto::PackRepinned = payload(entry)?;
            let to = it.to.ok_or_else(|| poison("no pack"))?;
            Learned::Repinned(PackRef { id: to.id, version: to.version })
        }
        "ComplaintRedirected" => {
            Learned::Ended(date(payload::<proto::ComplaintRedirected>(entry)?.told_on.as_ref())?)
        }
        "ComplaintWithdrawn" => {
            Learned::Ended(date(payload::<proto::ComplaintWithdrawn>(entry)?.withdrawn_on.as_ref())?)
        }
        "ComplaintClosed" => {
            Learned::Ended(date(payload::<proto::ComplaintClosed>(entry)?.closed_on.as_ref())?)
        }
        _ => return Ok(None),
    }))
}

/// What a document belongs to, and the paper it is.
pub(super) fn document(entry: &Entry) -> Result<(String, Paper), HandleFault> {
    let stored = entry.content.entry_type.ends_with(".DocumentStored");
    let (document, parent, sha256) = if stored {
        let it: proto::DocumentStored = payload(entry)?;
        (it.document, it.parent, it.sha256)
    } else {
        let it: proto::DocumentQuarantined = payload(entry)?;
        (it.document, it.parent, it.sha256)
    };
    let recorded = entry.content.record_time.and_then(|at| at.timestamp().ok());
    let on = recorded.map(london_date).ok_or_else(|| poison("no time"))?;
    let paper = Paper {
        paper: PaperRef::Document(name(&document)?),
        digest: digest(&sha256)?,
        on,
        standing: if stored { Standing::OnFile } else { Standing::Quarantined },
    };
    Ok((parent, paper))
}

pub(super) fn payload<M: Message + Default>(entry: &Entry) -> Result<M, HandleFault> {
    M::decode(entry.content.payload.as_slice()).map_err(|_| poison("the payload cannot be read"))
}

pub(super) fn poison(why: &str) -> HandleFault {
    HandleFault::Poison(why.to_owned())
}

fn step(step: &proto::PinnedStepReference) -> Result<StepRef, HandleFault> {
    Ok(StepRef { stage_number: number(step.stage_number)?, id: step.id.clone() })
}

fn name<K: Noun>(name: &str) -> Result<Id<K>, HandleFault> {
    Id::parse_name(name).map_err(|_| poison("a name is none"))
}

fn number(number: i32) -> Result<u8, HandleFault> {
    u8::try_from(number).map_err(|_| poison("a number is out of range"))
}

fn digest(text: &str) -> Result<Digest, HandleFault> {
    Digest::parse(text).map_err(|_| poison("a digest is none"))
}

fn date(date: Option<&CivilDate>) -> Result<Date, HandleFault> {
    date.and_then(wire::read_date).ok_or_else(|| poison("a date is none"))
}
