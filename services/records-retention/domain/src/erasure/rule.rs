//! What becomes of each command in each stage.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};
use redress_policy::{Calendars, ClockKind, Pack, deadline, pack::ErasureLimit};

use super::{Answer, Command, Context, Event, Ground, Outcome, Progress, Receipt, Request, State};
use crate::{
    PartId, Refusal,
    refusal::{Conflict, conflict, field},
};

pub(super) fn decide(
    state: &State,
    command: &Command,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    match (state, command) {
        (State::Unrequested, Command::Receive(receipt)) => receive(receipt, context),
        (State::Unrequested, Command::RecordReference { .. } | Command::Decide { .. } | Command::Look) => {
            Err(Refusal::NotFound { name: "erasureRequests".to_owned() })
        }
        (
            State::Received(_)
            | State::Referred(_)
            | State::Refused { .. }
            | State::Granted { .. }
            | State::CarriedOut { .. },
            Command::Receive(_),
        ) => Err(Refusal::AlreadyThere { name: name(state) }),
        (State::Received(request) | State::Referred(request), Command::RecordReference { reference }) => {
            Ok(refer(request, reference))
        }
        // RET-10: the reference is quoted in the answer, so there is none without it.
        (State::Received(_), Command::Decide { .. }) => Err(refused(state, command, vec!["REFERRED"])),
        (State::Referred(request), Command::Decide { outcome, progress, letter }) => {
            answer(request, *outcome, *progress, *letter, context)
        }
        (
            State::Refused { .. } | State::Granted { .. } | State::CarriedOut { .. },
            Command::RecordReference { .. } | Command::Decide { .. },
        ) => Err(refused(state, command, vec!["RECEIVED", "REFERRED"])),
        (State::Received(request) | State::Referred(request), Command::Look) => Ok(look(request, context)),
        (State::Granted { .. }, Command::Look) if context.gone => {
            let event = Event::ErasureCarriedOut { on: context.today };
            Ok(Decision::one(event, vec![Citation::own("RET-11"), Citation::own("RET-14")]))
        }
        (State::Refused { .. } | State::Granted { .. } | State::CarriedOut { .. }, Command::Look) => {
            Ok(Decision::nothing())
        }
    }
}

pub(super) fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (State::Unrequested, Event::ErasureRequested(request)) => State::Received(request.clone()),
        (
            State::Received(mut request) | State::Referred(mut request),
            Event::ReferenceRecorded { reference },
        ) => {
            request.reference = Some(reference.clone());
            State::Referred(request)
        }
        (State::Referred(request), Event::ErasureDecided(answer)) => match answer.outcome {
            Outcome::Erase => State::Granted { request, answer: answer.clone() },
            Outcome::Keep(_) => State::Refused { request, answer: answer.clone() },
        },
        (State::Received(mut request), Event::ErasureAnswerDueSoon { .. }) => {
            request.reminded = true;
            State::Received(request)
        }
        (State::Referred(mut request), Event::ErasureAnswerDueSoon { .. }) => {
            request.reminded = true;
            State::Referred(request)
        }
        (State::Received(mut request), Event::ErasureAnswerLate { .. }) => {
            request.raised_late = true;
            State::Received(request)
        }
        (State::Referred(mut request), Event::ErasureAnswerLate { .. }) => {
            request.raised_late = true;
            State::Referred(request)
        }
        (State::Granted { request, answer }, Event::ErasureCarriedOut { on }) => {
            State::CarriedOut { request, answer, on: *on }
        }
        // What no rule would have produced changes nothing.
        (state, _) => state,
    }
}

/// The last day for the answer: a month, by the same-numbered day (RET-10, Q22).
///
/// # Errors
/// Refuses a day outside the civil calendar.
pub fn answer_by(
    pack: &Pack,
    calendars: &Calendars,
    received_on: Date,
) -> Result<deadline::Computed, Refusal> {
    let view = calendars.view(pack.basis(), received_on);
    Ok(deadline::compute(&pack.clock(ClockKind::ErasureAnswer)?, received_on, None, &view)?)
}

fn receive(receipt: &Receipt, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    checks.not_future("erasure_request.received_on", receipt.received_on, context.today);
    checks.done()?;
    let due = answer_by(context.pack, context.calendars, receipt.received_on)?;
    let request = Request {
        id: receipt.id,
        contract: receipt.contract,
        organisation: receipt.organisation,
        participant: receipt.participant,
        received_on: receipt.received_on,
        received_by: context.actor.clone(),
        answer_by: due.due_on,
        correspondence: receipt.correspondence,
        holding_reply: receipt.holding_reply,
        replied_on: context.today,
        reference: None,
        remind_on: Some(due.warn_on),
        reminded: false,
        raised_late: false,
    };
    Ok(Decision::one(Event::ErasureRequested(Box::new(request)), vec![due.citation, Citation::own("RET-10")]))
}

fn refer(request: &Request, reference: &str) -> Decision<Event> {
    if request.reference.as_deref() == Some(reference) {
        return Decision::nothing();
    }
    let event = Event::ReferenceRecorded { reference: reference.to_owned() };
    Decision::one(event, vec![Citation::own("RET-10")])
}

fn answer(
    request: &Request,
    outcome: Outcome,
    progress: Progress,
    letter: PartId,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let erasable = may_be_erased(progress, context.pack);
    let because = match outcome {
        Outcome::Erase => {
            if !erasable {
                return Err(Refusal::KeptForAudit { request: request.id });
            }
            // Q23: holds beat erasure.
            if let Some((record, ..)) = context.held.first() {
                let holds = context.held.iter().filter(|(of, ..)| of == record);
                let holds = holds.map(|(_, hold, reason)| (*hold, *reason)).collect();
                return Err(Refusal::OnHold { record: *record, holds });
            }
            vec![Citation::own("RET-11")]
        }
        Outcome::Keep(Ground::AuditAndPayment) => {
            let mut checks = Checks::default();
            checks.require(
                !erasable,
                "decision.ground",
                field::NOT_ALLOWED,
                "must be another: nothing of a person who never started is audited or paid for",
            );
            checks.done()?;
            vec![Citation::own("RET-11")]
        }
        Outcome::Keep(
            Ground::LegalObligation
            | Ground::PublicTask
            | Ground::LegalClaims
            | Ground::Archiving
            | Ground::Statistics,
        ) => vec![Citation::own("RET-12")],
    };
    let answer =
        Answer { outcome, progress, decided_by: context.actor.clone(), decided_on: context.today, letter };
    Ok(Decision::one(Event::ErasureDecided(answer), because))
}

/// RET-11: who never started may be erased. Who attended the assessment and went no further may be where the pack says so.
fn may_be_erased(progress: Progress, pack: &Pack) -> bool {
    match progress {
        Progress::NeverStarted => true,
        Progress::AttendedOnly => {
            pack.rules.erasure.value().is_some_and(|erasure| erasure.kept_from == ErasureLimit::Start)
        }
        Progress::Started => false,
    }
}

/// A week is left, or none: each is raised once (Q48).
fn look(request: &Request, context: &Context<'_>) -> Decision<Event> {
    let answer_by = request.answer_by;
    let event = if context.today > answer_by {
        (!request.raised_late).then_some(Event::ErasureAnswerLate { answer_by })
    } else {
        let is_time = request.remind_on.is_some_and(|on| context.today >= on);
        (is_time && !request.reminded).then_some(Event::ErasureAnswerDueSoon { answer_by })
    };
    let because = if event.is_some() { vec![Citation::own("RET-10")] } else { Vec::new() };
    Decision { events: event.into_iter().collect(), because }
}

fn refused(state: &State, command: &Command, allowed: Vec<&'static str>) -> Refusal {
    conflict(Conflict {
        subject: name(state),
        command: command.name(),
        current: state.stage_name().as_str(),
        allowed,
    })
}

fn name(state: &State) -> String {
    state.request().map(|request| request.id.name()).unwrap_or_default()
}
