//! Events of complaints.

use complaints_domain::complaint::{
    ClockKey, Event, ExaminerContact, Flag, ProcedureSnapshot, Registered, StepRef, event::Issued,
    stage::ExaminerWay,
};
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::Id;
use redress_policy::PackRef;
use redress_proto::{complaints::v1 as proto, supply_chain::v1 as chain};

use crate::{convert, render::complaint::render_actor, store::complaint::Complaint};

/// An event of a complaint as an entry of its journal.
#[expect(clippy::too_many_lines, reason = "one arm for each event, and nothing else")]
pub(crate) fn complaint(row: &Complaint, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let about = About { kind: "complaints", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::ComplaintRegistered(it) => entry(about, &registered(it), citations),
        Event::ReceiptRecorded { receipt, received_on } => {
            let message = proto::ReceiptRecorded {
                organisation: receipt.organisation.name(),
                on: Some(wire::date(receipt.on)),
                channel: wire::channel(receipt.channel).into(),
                received_on: Some(wire::date(*received_on)),
            };
            entry(about, &message, citations)
        }
        Event::ComplaintRedirected { subject, told_on, channel } => {
            let message = proto::ComplaintRedirected {
                subject: convert::subject(*subject).into(),
                told_on: Some(wire::date(*told_on)),
                channel: wire::channel(*channel).into(),
            };
            entry(about, &message, citations)
        }
        Event::ComplaintAcknowledged { acknowledged_on, channel } => {
            let message = proto::ComplaintAcknowledged {
                acknowledged_on: Some(wire::date(*acknowledged_on)),
                channel: wire::channel(*channel).into(),
            };
            entry(about, &message, citations)
        }
        Event::HandlerAssigned { handler } => {
            entry(about, &proto::HandlerAssigned { handler: handler.clone() }, citations)
        }
        Event::StageEntered { stage_number } => {
            entry(about, &proto::StageEntered { stage_number: (*stage_number).into() }, citations)
        }
        Event::StepCompleted(done) => {
            let message = proto::StepCompleted {
                step: Some(step(&done.step)),
                run: done.run.into(),
                done_on: Some(wire::date(done.on)),
                done_by: Some(render_actor(&done.by)),
                evidence: done.evidence.iter().map(|document| document.name()).collect(),
            };
            entry(about, &message, citations)
        }
        Event::DraftSubmitted { draft, stage_number, supersedes } => {
            let message = proto::DraftSubmitted {
                letter: draft.letter.name(),
                kind: convert::letter_kind(draft.kind).into(),
                digest: draft.digest.as_str().to_owned(),
                outcome: convert::outcome(Some(draft.outcome)).into(),
                stage_number: (*stage_number).into(),
                supersedes: supersedes.map(Id::name).unwrap_or_default(),
            };
            entry(about, &message, citations)
        }
        Event::DraftApproved { letter, digest, by } => {
            let message = proto::DraftApproved {
                letter: letter.name(),
                digest: digest.as_str().to_owned(),
                approved_by: Some(render_actor(by)),
            };
            entry(about, &message, citations)
        }
        Event::DraftReturned { letter } => {
            entry(about, &proto::DraftReturned { letter: letter.name() }, citations)
        }
        Event::StageResponseIssued(issued) => entry(about, &stage_response(issued), citations),
        Event::ComplaintEscalated { to_stage, requested_on, recorded_on } => {
            let message = proto::ComplaintEscalated {
                to_stage: (*to_stage).into(),
                requested_on: Some(wire::date(*requested_on)),
                recorded_on: Some(wire::date(*recorded_on)),
            };
            entry(about, &message, citations)
        }
        Event::FinalResponseIssued(issued) => entry(about, &final_response(issued), citations),
        Event::CorrectionIssued(it) => {
            let message = proto::CorrectionIssued {
                letter: it.letter.name(),
                corrects: it.corrects.name(),
                stage_number: it.stage_number.into(),
                digest: it.digest.as_str().to_owned(),
                issued_on: Some(wire::date(it.issued_on)),
                recorded_on: Some(wire::date(it.recorded_on)),
                channel: wire::channel(it.channel).into(),
            };
            entry(about, &message, citations)
        }
        Event::ExaminerContactRecorded(contact) => entry(about, &examiner(contact), citations),
        Event::StepsReopened(reopening) => {
            let message = proto::StepsReopened {
                run: reopening.run.into(),
                steps: reopening.steps.iter().map(step).collect(),
                requested_on: Some(wire::date(reopening.requested_on)),
                recorded_on: Some(wire::date(reopening.recorded_on)),
                stated_due_on: reopening.stated_due_on.map(wire::date),
            };
            entry(about, &message, citations)
        }
        Event::ReturnedByExaminer { returned_on } => {
            let answered = row.state.case().and_then(|case| case.file.final_responses().last());
            let message = proto::ReturnedByExaminer {
                returned_on: Some(wire::date(*returned_on)),
                final_response_on: answered.map(|response| wire::date(response.issued_on)),
            };
            entry(about, &message, citations)
        }
        Event::ComplaintWithdrawn { by, withdrawn_on, channel, document } => {
            let message = proto::ComplaintWithdrawn {
                withdrawn_by: convert::withdrawn_by(*by).into(),
                withdrawn_on: Some(wire::date(*withdrawn_on)),
                channel: wire::channel(*channel).into(),
                document: document.map(Id::name).unwrap_or_default(),
            };
            entry(about, &message, citations)
        }
        Event::ComplaintClosed { reason, closed_on } => {
            let message = proto::ComplaintClosed {
                reason: convert::close_reason(*reason).into(),
                closed_on: Some(wire::date(*closed_on)),
            };
            entry(about, &message, citations)
        }
        Event::EarlyAccessOpened { opens_on } => {
            entry(about, &proto::EarlyAccessOpened { opens_on: Some(wire::date(*opens_on)) }, citations)
        }
        Event::ClockBreached { clock, due_on } => {
            let message =
                proto::ClockBreached { clock: Some(key(*clock)), due_on: Some(wire::date(*due_on)) };
            entry(about, &message, citations)
        }
        Event::ClocksRebased { known_on, calendar_version, moved } => {
            let moved = moved.iter().map(|moved| proto::MovedClock {
                clock: Some(key(moved.clock)),
                from: Some(wire::date(moved.from)),
                to: Some(wire::date(moved.to)),
            });
            let message = proto::ClocksRebased {
                known_on: Some(wire::date(*known_on)),
                calendar_version: calendar_version.clone(),
                moved: moved.collect(),
            };
            entry(about, &message, citations)
        }
        Event::PackRepinned { from, to } => {
            let message = proto::PackRepinned { from: Some(pack(from)), to: Some(pack(to)) };
            entry(about, &message, citations)
        }
    }
}

fn registered(it: &Registered) -> proto::ComplaintRegistered {
    let flag = |flag: &Flag| proto::RaisedFlag {
        code: flag.code.as_str().to_owned(),
        since: Some(wire::date(flag.since)),
    };
    proto::ComplaintRegistered {
        complaint: it.id.name(),
        participant: it.participant.name(),
        contract: it.contract.name(),
        contract_effective_on: Some(wire::date(it.contract_effective_on)),
        programme: it.programme.clone(),
        respondents: it.respondents.iter().map(|respondent| respondent.name()).collect(),
        organisation: it.organisation.name(),
        received_on: Some(wire::date(it.received_on)),
        registered_on: Some(wire::date(it.registered_on)),
        channel: wire::channel(it.channel).into(),
        subject: convert::subject(it.subject).into(),
        formal: it.formal,
        representative_kind: convert::representative(it.representative).into(),
        jobcentre_plus_on: it.jobcentre_plus_on.map(wire::date),
        pack: Some(pack(&it.pack)),
        division: wire::division(it.division).into(),
        procedure: Some(procedure(&it.procedure)),
        entry_stage: it.entry_stage.into(),
        flags: it.flags.iter().map(flag).collect(),
    }
}

/// A procedure as pinned.
pub(super) fn procedure(snapshot: &ProcedureSnapshot) -> proto::ProcedureSnapshot {
    let stages = snapshot.stages.iter().map(|stage| proto::StageSnapshot {
        steps: stage
            .steps
            .iter()
            .map(|step| proto::StepSnapshot {
                id: step.id.clone(),
                evidence_required: step.evidence_required,
            })
            .collect(),
        response_limit: stage.response_limit.map(convert::limit),
        escalation_limit: stage.escalation_limit.map(convert::limit),
        silence_closes: stage.silence_closes,
    });
    proto::ProcedureSnapshot {
        procedure: snapshot.id.name(),
        acknowledgement_limit: snapshot.acknowledgement_limit.map(convert::limit),
        stages: stages.collect(),
    }
}

fn stage_response(issued: &Issued) -> proto::StageResponseIssued {
    proto::StageResponseIssued {
        letter: issued.letter.name(),
        stage_number: issued.stage_number.into(),
        run: issued.run.into(),
        digest: issued.digest.as_str().to_owned(),
        outcome: convert::outcome(Some(issued.outcome)).into(),
        issued_on: Some(wire::date(issued.issued_on)),
        recorded_on: Some(wire::date(issued.recorded_on)),
        channel: wire::channel(issued.channel).into(),
    }
}

fn final_response(issued: &Issued) -> proto::FinalResponseIssued {
    proto::FinalResponseIssued {
        letter: issued.letter.name(),
        stage_number: issued.stage_number.into(),
        run: issued.run.into(),
        digest: issued.digest.as_str().to_owned(),
        outcome: convert::outcome(Some(issued.outcome)).into(),
        issued_on: Some(wire::date(issued.issued_on)),
        recorded_on: Some(wire::date(issued.recorded_on)),
        channel: wire::channel(issued.channel).into(),
        signposting_version: issued
            .signposting_version
            .and_then(|version| i32::try_from(version).ok())
            .unwrap_or_default(),
    }
}

fn examiner(contact: &ExaminerContact) -> proto::ExaminerContactRecorded {
    let way = match contact.way {
        ExaminerWay::Window => proto::ExaminerWay::Window,
        ExaminerWay::EarlyAccess => proto::ExaminerWay::EarlyAccess,
        ExaminerWay::Discretion => proto::ExaminerWay::Discretion,
    };
    proto::ExaminerContactRecorded {
        referred_on: Some(wire::date(contact.referred_on)),
        notified_on: Some(wire::date(contact.notified_on)),
        way: way.into(),
    }
}

fn step(step: &StepRef) -> proto::PinnedStepReference {
    proto::PinnedStepReference { stage_number: step.stage_number.into(), id: step.id.clone() }
}

fn key(clock: ClockKey) -> proto::ClockKey {
    proto::ClockKey { kind: clock.kind.name().to_owned(), number: clock.number.into() }
}

/// A pack by name and version.
pub(super) fn pack(pack: &PackRef) -> chain::PackReference {
    chain::PackReference { id: pack.id.clone(), version: pack.version.clone() }
}
