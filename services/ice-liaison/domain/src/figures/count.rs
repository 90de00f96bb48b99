//! What each event counts for. An examination's events are counted beside the state they met, so that nothing is looked up
//! afterwards.

use jiff::civil::Date;
use redress_policy::{Basis, Calendars, ClockKind, Pack, deadline::compute};

use super::{Fact, Measure, epoch_day};
use crate::{
    Refusal, charge,
    examination::{
        Case, EndingKind, Event, Outcome, RecommendationKind, Stage, StageName, State, clock::allocated_on,
    },
    ledger::Posting,
};

/// A complaint that a provider received.
pub const fn complaint(received_on: Date) -> Fact {
    one(Measure::Complaints, received_on)
}

/// What an event of an examination counts for, where it met the state `before`.
///
/// # Errors
/// Refuses a date outside the bank-holiday calendars.
pub fn of_examination(
    before: &State,
    event: &Event,
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Vec<Fact>, Refusal> {
    let facts = match event {
        Event::ExaminationOpened(opened) => {
            let view = calendars.view(Basis::Division(opened.division), opened.recorded_on);
            let standard = compute(&pack.clock(ClockKind::IceContact)?, opened.effective_on, None, &view)?;
            // ICE may tell the provider before the day from which it counts itself (ICE-23): that took no days.
            let from = opened.effective_on.min(opened.notified_on);
            let contact = timed(Measure::ContactTime, from, opened.notified_on, Some(standard.due_on));
            vec![one(Measure::Received, opened.effective_on), contact]
        }
        Event::ExaminationAccepted { accepted_on, .. } => {
            vec![one(Measure::Accepted, *accepted_on), begins(Measure::Live, *accepted_on)]
        }
        Event::StepsToRevisit { requested_on, .. } => vec![one(Measure::SentBack, *requested_on)],
        Event::EvidenceDelivered(evidence) => vec![begins(Measure::AwaitingInvestigator, evidence.sent_on)],
        Event::ExaminationAdvanced { stage, on, .. } => {
            before.case().map(|case| advanced(case, *stage, *on)).unwrap_or_default()
        }
        Event::ReportIssued(report) => {
            let Some(case) = before.case() else { return Ok(Vec::new()) };
            let mut facts = vec![one(Measure::Investigated, report.decided_on), {
                let measure = match report.outcome {
                    Outcome::Upheld => Measure::FullyUpheld,
                    Outcome::PartiallyUpheld => Measure::PartiallyUpheld,
                    Outcome::NotUpheld => Measure::NotUpheld,
                };
                one(measure, report.decided_on)
            }];
            let span = (allocated_on(before), report.decided_on);
            facts.extend(against(case, Measure::ReportTime, ClockKind::IceReport, span, pack, calendars)?);
            facts.extend(cleared(case, report.decided_on));
            facts
        }
        Event::RecommendationMade(recommendation) => {
            let measure = match recommendation.kind {
                RecommendationKind::Case => Measure::RecommendationsCase,
                RecommendationKind::Systemic => Measure::RecommendationsSystemic,
            };
            reported_on(before).map(|on| one(measure, on)).into_iter().collect()
        }
        Event::RecommendationCompleted { completed_on, late, .. } => {
            let fact = reported_on(before).map(|from| Fact {
                in_standard: i64::from(!late),
                ..timed(Measure::RecommendationsDone, from, *completed_on, None)
            });
            fact.into_iter().collect()
        }
        Event::IceLetterAnswered { letter, answered_on, late, .. } => {
            let letters = before.case().map(|case| case.file.letters.as_slice()).unwrap_or_default();
            let fact = letters.iter().find(|known| known.id == *letter).map(|known| Fact {
                in_standard: i64::from(!late),
                ..timed(Measure::LettersAnswered, known.received_on, *answered_on, None)
            });
            fact.into_iter().collect()
        }
        Event::ExaminationClosed(closed) => {
            let Some(case) = before.case() else { return Ok(Vec::new()) };
            ended(before, case, closed.ending.outcome, closed.ending.on, pack, calendars)?
        }
        Event::GatewayCheckBegun { .. }
        | Event::IceLetterReceived(_)
        | Event::IceLetterOverdue { .. }
        | Event::ProcessConfirmed(_)
        | Event::ProcessCompleted { .. }
        | Event::AccountSubmitted(_)
        | Event::RecommendationAssigned { .. } => Vec::new(),
    };
    Ok(facts)
}

/// What an event of a charge counts for.
pub fn of_charge(event: &charge::Event) -> Vec<Fact> {
    let posted = |measure, posting: &Posting| Fact {
        pence: i64::try_from(posting.pence).unwrap_or(i64::MAX),
        ..one(measure, posting.posted_on)
    };
    match event {
        charge::Event::ChargeRaised(raised) => raised
            .postings
            .first()
            .map(|posting| posted(Measure::ChargesRaised, posting))
            .into_iter()
            .collect(),
        charge::Event::ChargeExcused(excused) => vec![Fact {
            pence: i64::try_from(excused.pence).unwrap_or(i64::MAX),
            ..one(Measure::ChargesExcused, excused.decided_on)
        }],
        charge::Event::PaymentRecorded(posting) => vec![posted(Measure::Payments, posting)],
        charge::Event::ChargeReversed { posting, .. } => vec![posted(Measure::ChargesReversed, posting)],
    }
}

fn advanced(case: &Case, stage: StageName, on: Date) -> Vec<Fact> {
    let waited = match case.stage {
        Stage::AwaitingInvestigator { since } => Some(ends(Measure::AwaitingInvestigator, since, on)),
        Stage::Referred
        | Stage::GatewayCheck { .. }
        | Stage::ProcessIncomplete { .. }
        | Stage::Accepted
        | Stage::Resolution { .. }
        | Stage::EvidenceRequested { .. }
        | Stage::Settlement { .. }
        | Stage::Investigation { .. }
        | Stage::ReportIssued
        | Stage::RecommendationsOpen
        | Stage::Ended(_) => None,
    };
    let allocated = matches!(stage, StageName::Settlement | StageName::Investigation)
        && !matches!(case.stage, Stage::Settlement { .. });
    let wait = case.file.accepted_on.filter(|_| allocated);
    waited.into_iter().chain(wait.map(|from| timed(Measure::WaitTime, from, on, None))).collect()
}

fn ended(
    before: &State,
    case: &Case,
    outcome: EndingKind,
    on: Date,
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Vec<Fact>, Refusal> {
    let accepted_on = case.file.accepted_on;
    let mut facts = Vec::new();
    match outcome {
        EndingKind::Premature => facts.push(one(Measure::Premature, on)),
        EndingKind::UnableToAccept => facts.push(one(Measure::UnableToAccept, on)),
        EndingKind::Resolved => {
            facts.push(one(Measure::Resolved, on));
            let span = (accepted_on, on);
            facts.extend(against(
                case,
                Measure::ResolutionTime,
                ClockKind::IceResolution,
                span,
                pack,
                calendars,
            )?);
        }
        EndingKind::Settled => {
            facts.push(one(Measure::Settled, on));
            let span = (allocated_on(before), on);
            facts.extend(against(
                case,
                Measure::SettlementTime,
                ClockKind::IceSettlement,
                span,
                pack,
                calendars,
            )?);
        }
        EndingKind::Withdrawn => facts.extend(accepted_on.map(|_| one(Measure::Withdrawn, on))),
        // Counted, and no longer live, from the day of the report.
        EndingKind::Investigated => return Ok(facts),
    }
    if let Stage::AwaitingInvestigator { since } = case.stage {
        facts.push(ends(Measure::AwaitingInvestigator, since, on));
    }
    facts.extend(cleared(case, on));
    Ok(facts)
}

fn against(
    case: &Case,
    measure: Measure,
    kind: ClockKind,
    (from, on): (Option<Date>, Date),
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Option<Fact>, Refusal> {
    let Some(from) = from else { return Ok(None) };
    let view = calendars.view(Basis::Division(case.file.division), case.file.recorded_on);
    let standard = compute(&pack.clock(kind)?, from, None, &view)?;
    Ok(Some(timed(measure, from, on, Some(standard.due_on))))
}

/// What was accepted is no longer live, and took so long from end to end.
fn cleared(case: &Case, on: Date) -> Vec<Fact> {
    let of = |accepted_on| {
        [ends(Measure::Live, accepted_on, on), timed(Measure::EndToEndTime, accepted_on, on, None)]
    };
    case.file.accepted_on.map(of).into_iter().flatten().collect()
}

fn reported_on(state: &State) -> Option<Date> {
    state.case()?.file.report.as_ref().map(|report| report.decided_on)
}

const fn one(measure: Measure, on: Date) -> Fact {
    Fact { measure, on, count: 1, days: 0, in_standard: 0, pence: 0 }
}

fn timed(measure: Measure, from: Date, on: Date, standard: Option<Date>) -> Fact {
    let days = epoch_day(on) - epoch_day(from);
    let in_standard = i64::from(standard.is_some_and(|standard| on <= standard));
    Fact { days, in_standard, ..one(measure, on) }
}

fn begins(measure: Measure, on: Date) -> Fact {
    Fact { days: epoch_day(on), ..one(measure, on) }
}

fn ends(measure: Measure, since: Date, on: Date) -> Fact {
    Fact { count: -1, days: -epoch_day(since), ..one(measure, on) }
}
