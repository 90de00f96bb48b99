//! As what somebody counts who writes under a title, on the date of the letter (RTE-10, RTE-15, Q15).

use jiff::civil::Date;
use redress_kernel::Citation;
use redress_policy::{
    Basis, Calendars, ClockKind, Legislatures, Pack,
    deadline::compute,
    legislature::{CountsAs, canonical},
    pack::Title,
};
use serde::{Deserialize, Serialize};

use crate::Refusal;

/// As what a writer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Standing {
    /// An elected member on the letter's date.
    Elected,
    /// An elected member who used a title that had another name by then (RTE-10).
    ElectedUnderNewTitle,
    /// One who left office, within four days of the election (RTE-15).
    ElectedUntilFourthDay,
    /// No member of a national or international body (RTE-11).
    Representative,
    /// A peer (RTE-16).
    Peer,
}

impl Standing {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Elected => "ELECTED",
            Self::ElectedUnderNewTitle => "ELECTED_UNDER_NEW_TITLE",
            Self::ElectedUntilFourthDay => "ELECTED_UNTIL_FOURTH_DAY",
            Self::Representative => "REPRESENTATIVE",
            Self::Peer => "PEER",
        }
    }

    /// Whether the writer acts with the authority of one who was elected (RTE-14).
    pub const fn is_elected(self) -> bool {
        matches!(self, Self::Elected | Self::ElectedUnderNewTitle | Self::ElectedUntilFourthDay)
    }
}

/// Who writes under which title, and when.
#[derive(Clone, Copy, Debug)]
pub struct Writes<'a> {
    /// The title as the letter has it.
    pub title: &'a str,
    /// Date of the letter.
    pub letter_on: Date,
    /// Whether the writer did not come back at the last election of the body.
    pub left_office: bool,
    /// Day on which this is judged: elections count from the day they were known.
    pub known_on: Date,
}

/// As what the writer counts, and the rule that says so.
///
/// # Errors
/// Refuses where the days after an election lie outside the civil calendar.
pub fn standing(
    writes: Writes<'_>,
    pack: &Pack,
    legislatures: &Legislatures,
    calendars: &Calendars,
) -> Result<(Standing, Citation), Refusal> {
    let because = |source: &redress_policy::Source| {
        pack.cite(source).with("title", canonical(writes.title)).with("letter_on", writes.letter_on)
    };
    if let Some(office) = legislatures.office(writes.title) {
        let standing = match office.counts_as {
            CountsAs::Representative => Standing::Representative,
            CountsAs::Peer => Standing::Peer,
        };
        return Ok((standing, because(&office.source())));
    }
    let titles = &pack.practice.elected_titles;
    let Some(title) = titles.value.iter().find(|title| is(title, writes.title)) else {
        return Ok((Standing::Representative, because(&titles.source)));
    };
    if writes.left_office {
        return former(title, writes, pack, legislatures, calendars);
    }
    let standing = if title.valid_on(writes.letter_on) {
        Standing::Elected
    } else if title.replaced_by.is_some() && title.valid_from.is_none_or(|from| from <= writes.letter_on) {
        // AM written after 5 May 2020 means MS; MEP after 31 January 2020 means nobody (Q15).
        Standing::ElectedUnderNewTitle
    } else {
        Standing::Representative
    };
    Ok((standing, because(&titles.source)))
}

/// RTE-15: one who did not come back counts until the end of the fourth day after the election.
fn former(
    title: &Title,
    writes: Writes<'_>,
    pack: &Pack,
    legislatures: &Legislatures,
    calendars: &Calendars,
) -> Result<(Standing, Citation), Refusal> {
    let clock = pack.clock(ClockKind::ElectedAfterDissolution)?;
    let last = legislatures.last_election(title.body, writes.letter_on, writes.known_on);
    let Some(election) = last.filter(|_| title.valid_on(writes.letter_on)) else {
        return Ok((Standing::Representative, clock.citation));
    };
    let view = calendars.view(Basis::Division(pack.applies.calendar), writes.known_on);
    let until = compute(&clock, election.polled_on, None, &view)?;
    let standing = if writes.letter_on <= until.due_on {
        Standing::ElectedUntilFourthDay
    } else {
        Standing::Representative
    };
    Ok((standing, until.citation.with("letter_on", writes.letter_on)))
}

fn is(title: &Title, written: &str) -> bool {
    let written = canonical(written);
    canonical(&title.letters) == written || canonical(&title.name) == written
}
