//! Every date of an examination, computed from the file, the pack and the calendars and from nothing else (L11).

use jiff::civil::Date;
use redress_kernel::Citation;
use redress_policy::{
    Basis, Calendars, ClockKind, Computed, Division, Pack, Refusal as PolicyRefusal, Tri, deadline::compute,
};

use super::{EndingKind, File, IceLetter, Stage, StageName, State};
use crate::Refusal;

/// A standard that ICE set itself, and what became of it. It binds ICE and nobody else (ICE-31).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standard {
    /// Its date and derivation.
    pub deadline: Computed,
    /// Day on which ICE met it.
    pub met_on: Option<Date>,
    /// Whether it was, or by the day asked for would be, missed.
    pub missed: bool,
}

/// When a letter received on `received_on` must be answered: the earlier of the day that ICE stated and the guidance's own
/// term (ICE-05, J0 7.16, Q5). None where the guidance is silent, or not known, and ICE stated no day.
///
/// # Errors
/// Refuses a date outside the bank-holiday calendars.
pub fn letter(
    division: Division,
    (received_on, recorded_on, stated_on): (Date, Date, Option<Date>),
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Option<Computed>, Refusal> {
    let view = calendars.view(Basis::Division(division), recorded_on);
    match (pack.clock(ClockKind::IceCorrespondence), stated_on) {
        (Ok(clock), stated_on) => Ok(Some(compute(&clock, received_on, stated_on, &view)?)),
        (Err(PolicyRefusal::NoSuchClock { .. } | PolicyRefusal::ValueNotKnown { .. }), None) => Ok(None),
        // What ICE states holds whatever the guidance says about it.
        (Err(PolicyRefusal::NoSuchClock { .. } | PolicyRefusal::ValueNotKnown { .. }), Some(stated_on)) => {
            Ok(Some(stated_alone(received_on, stated_on, view.version())))
        }
        (Err(refusal), _) => Err(refusal.into()),
    }
}

/// The deadline of a letter on file.
///
/// # Errors
/// Refuses a date outside the bank-holiday calendars.
pub fn of_letter(
    file: &File,
    letter_on_file: &IceLetter,
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Option<Computed>, Refusal> {
    if !letter_on_file.wants_answer {
        return Ok(None);
    }
    let IceLetter { received_on, recorded_on, stated_on, .. } = *letter_on_file;
    letter(file.division, (received_on, recorded_on, stated_on), pack, calendars)
}

fn stated_alone(received_on: Date, stated_on: Date, calendar_version: String) -> Computed {
    Computed {
        kind: ClockKind::IceCorrespondence,
        start_on: received_on,
        ends_on: stated_on,
        due_on: stated_on,
        warn_on: received_on.max(stated_on.yesterday().unwrap_or(stated_on)).min(stated_on),
        calendar_version,
        steps: vec![redress_policy::deadline::Step {
            on: stated_on,
            note: redress_policy::deadline::Note::Said("stated date"),
        }],
        citation: Citation::own("ICE-05").with("stated_on", stated_on),
    }
}

/// The day on which ICE takes something as received: the next working day for what comes after 12 noon or on a day that is
/// not worked (ICE-23). It moves nothing on the provider's side.
///
/// # Errors
/// Refuses a date outside the bank-holiday calendars.
pub fn taken_by_ice(
    division: Division,
    on: Date,
    after_noon: bool,
    known_on: Date,
    calendars: &Calendars,
) -> Result<Date, Refusal> {
    let view = calendars.view(Basis::Division(division), known_on);
    let taken = if after_noon && view.is_working(on)? {
        view.working_after(on)?
    } else {
        view.working_on_or_after(on)?
    };
    Ok(taken)
}

/// ICE's own standards as far as the case has come (ICE-31): contact, resolution, settlement, report.
///
/// # Errors
/// Refuses a date outside the bank-holiday calendars.
pub fn standards(
    state: &State,
    pack: &Pack,
    calendars: &Calendars,
    today: Date,
) -> Result<Vec<Standard>, Refusal> {
    let Some(case) = state.case() else { return Ok(Vec::new()) };
    let file = &case.file;
    let ended = case.ending();
    let agreed = |kind: EndingKind| ended.filter(|ending| ending.outcome == kind).map(|ending| ending.on);
    let over = ended.map(|ending| ending.on);
    let mut standards = Vec::new();
    let mut add = |kind: ClockKind, start_on: Date, met_on: Option<Date>, left_on: Option<Date>| {
        let view = calendars.view(Basis::Division(file.division), file.recorded_on);
        let deadline = compute(&pack.clock(kind)?, start_on, None, &view)?;
        let until = met_on.or(left_on).or(over).unwrap_or(today);
        let missed = until > deadline.due_on;
        standards.push(Standard { deadline, met_on, missed });
        Ok::<(), Refusal>(())
    };
    add(ClockKind::IceContact, file.effective_on, Some(file.notified_on), None)?;
    if let Some(accepted_on) = file.accepted_on {
        // Wherever it went from there: ICE may leave out a stage.
        let later = [StageName::EvidenceRequested, StageName::Settlement, StageName::Investigation];
        let left = later.into_iter().filter_map(|stage| file.entered(stage)).min();
        add(ClockKind::IceResolution, accepted_on, agreed(EndingKind::Resolved), left)?;
    }
    if let Some(allocated_on) = allocated_on(state) {
        let left = file.entered(StageName::Investigation);
        add(ClockKind::IceSettlement, allocated_on, agreed(EndingKind::Settled), left)?;
        add(ClockKind::IceReport, allocated_on, file.report.as_ref().map(|report| report.decided_on), None)?;
    }
    Ok(standards)
}

/// Day on which an investigator got the case; none before.
pub fn allocated_on(state: &State) -> Option<Date> {
    let case = state.case()?;
    match &case.stage {
        Stage::Settlement { allocated_on } | Stage::Investigation { allocated_on, .. } => Some(*allocated_on),
        Stage::Referred
        | Stage::GatewayCheck { .. }
        | Stage::ProcessIncomplete { .. }
        | Stage::Accepted
        | Stage::Resolution { .. }
        | Stage::EvidenceRequested { .. }
        | Stage::AwaitingInvestigator { .. }
        | Stage::ReportIssued
        | Stage::RecommendationsOpen
        | Stage::Ended(_) => {
            let file = &case.file;
            file.entered(StageName::Settlement).or_else(|| file.entered(StageName::Investigation))
        }
    }
}

/// Whether the guidance has ICE broker without evidence first, so that papers asked for then are not needed yet (ICE-06).
pub fn resolution_needs_no_evidence(pack: &Pack) -> bool {
    use redress_policy::pack::IceStage;
    match &pack.rules.ice_stages {
        Tri::Value(stages) => stages.value.named.contains(&IceStage::Resolution),
        Tri::Silent { .. } | Tri::Unknown { .. } => false,
    }
}
