//! Whether the person had a right to go to ICE on a day. It is an answer with its rules, and never a verdict on what ICE
//! itself took up: ICE decides what it accepts (ICE-20), the provider records it.

use jiff::civil::Date;
use redress_kernel::Citation;
use redress_policy::{Basis, Calendars, ClockKind, Computed, Pack, Tri, deadline::compute};
use serde::{Deserialize, Serialize};

use crate::{CaseRecord, Refusal, record::FinalResponse};

/// What the guidance makes of a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Finding {
    /// Within the window of a final response (ICE-01, J0 7.15).
    InWindow,
    /// Without a final response, after eight weeks (CMP-08, ICE-02, J0 7.01).
    EarlyAccess,
    /// After a final response, where the guidance sets no window.
    NoWindow,
    /// After a final response, where the window is not known; nobody is shut out by that.
    WindowNotKnown,
    /// Without a final response, and without a right to come before it.
    Premature,
    /// After the window.
    OutOfTime,
}

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admissibility {
    /// The finding.
    pub finding: Finding,
    /// The day it was asked for.
    pub referred_on: Date,
    /// Day of the final response that counts.
    pub final_response_on: Option<Date>,
    /// The window that it opened.
    pub window: Option<Computed>,
    /// First day of the right to come without a final response; none where the guidance gives none.
    pub early_access_opens_on: Option<Date>,
    /// The day before which nothing may be closed (Q6): the window with the time that post takes.
    pub no_close_before: Option<Date>,
    /// The rules, with what went in.
    pub citations: Vec<Citation>,
}

impl Finding {
    /// Whether there was a right to come.
    pub const fn is_right(self) -> bool {
        match self {
            Self::InWindow | Self::EarlyAccess | Self::NoWindow | Self::WindowNotKnown => true,
            Self::Premature | Self::OutOfTime => false,
        }
    }

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InWindow => "IN_WINDOW",
            Self::EarlyAccess => "EARLY_ACCESS",
            Self::NoWindow => "NO_WINDOW",
            Self::WindowNotKnown => "WINDOW_NOT_KNOWN",
            Self::Premature => "PREMATURE",
            Self::OutOfTime => "OUT_OF_TIME",
        }
    }
}

/// What the guidance of `pack` makes of a referral on `referred_on`.
///
/// # Errors
/// Refuses a date outside the bank-holiday calendars.
pub fn admissibility(
    record: &CaseRecord,
    referred_on: Date,
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Admissibility, Refusal> {
    match record.final_response_by(referred_on) {
        Some(response) => after_response(record, response, referred_on, pack, calendars),
        None => without_response(record, referred_on, pack, calendars),
    }
}

fn after_response(
    record: &CaseRecord,
    response: &FinalResponse,
    referred_on: Date,
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Admissibility, Refusal> {
    let window = window(record, response, pack, calendars)?;
    let finding = match (&window, &pack.rules.ice_window) {
        (Some(window), _) if referred_on > window.due_on => Finding::OutOfTime,
        (Some(_), _) => Finding::InWindow,
        (None, Tri::Unknown { .. }) => Finding::WindowNotKnown,
        (None, Tri::Silent { .. } | Tri::Value(_)) => Finding::NoWindow,
    };
    let rule = match &window {
        Some(window) => window.citation.clone(),
        // Where the guidance gives no window, ICE's own test is all there is (ICE-20).
        None => Citation::own("ICE-20"),
    };
    let citation = rule
        .with("final_response_on", response.issued_on)
        .with("run", response.run)
        .with("referred_on", referred_on);
    Ok(Admissibility {
        finding,
        referred_on,
        final_response_on: Some(response.issued_on),
        no_close_before: window.as_ref().map(|window| window.due_on),
        window,
        early_access_opens_on: None,
        citations: vec![citation],
    })
}

fn without_response(
    record: &CaseRecord,
    referred_on: Date,
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Admissibility, Refusal> {
    let opens_on = early_access(record, pack, calendars)?;
    let open = opens_on.is_some_and(|opens_on| referred_on >= opens_on);
    let mut citation = pack
        .stated(&pack.rules.eight_week_right, "CMP-08")
        .with("received_on", record.received_on)
        .with("referred_on", referred_on);
    if let Some(opens_on) = opens_on {
        citation = citation.with("opens_on", opens_on);
    }
    Ok(Admissibility {
        finding: if open { Finding::EarlyAccess } else { Finding::Premature },
        referred_on,
        final_response_on: None,
        window: None,
        early_access_opens_on: opens_on,
        no_close_before: None,
        citations: vec![citation],
    })
}

/// The window that a final response opened; none where the guidance sets none or is not known here. By post it is longer
/// by the time that post takes (Q6), and it is never shut on a day that is not worked (Q18).
fn window(
    record: &CaseRecord,
    response: &FinalResponse,
    pack: &Pack,
    calendars: &Calendars,
) -> Result<Option<Computed>, Refusal> {
    if pack.rules.ice_window.value().is_none() {
        return Ok(None);
    }
    let kind = if response.by_post { ClockKind::IceWindowByPost } else { ClockKind::IceWindow };
    let view = calendars.view(Basis::Division(record.division), response.recorded_on);
    Ok(Some(compute(&pack.clock(kind)?, response.issued_on, None, &view)?))
}

/// First day of the right to go to ICE without an answer: day 57 (CMP-08). A final response within the eight weeks, or the
/// end of the case before, leaves none.
fn early_access(record: &CaseRecord, pack: &Pack, calendars: &Calendars) -> Result<Option<Date>, Refusal> {
    if pack.rules.eight_week_right.value().is_none() {
        return Ok(None);
    }
    let view = calendars.view(Basis::Division(record.division), record.registered_on);
    let computed = compute(&pack.clock(ClockKind::EightWeekRight)?, record.received_on, None, &view)?;
    let ended = record.ended_on.is_some_and(|ended| ended <= computed.due_on);
    let answered = record.final_responses.iter().any(|response| response.issued_on <= computed.due_on);
    if ended || answered { Ok(None) } else { Ok(Some(computed.opens_on()?)) }
}
