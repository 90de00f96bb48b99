//! What everyone must do by when, read from the row that decided. Dates come from the policy's one function (L11).

use jiff::civil::Date;
use redress_kernel::Citation;
use redress_policy::{
    Calendars, Computed, Division, Legislatures, Pack,
    route::{Holder, Row, RowDuty, Start},
};

use super::Route;
use crate::{
    Refusal,
    breach::count,
    member::{self, Writes},
};

/// What somebody must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Who.
    pub holder: Holder,
    /// What.
    pub text: String,
    /// By when, where the guidance sets a limit that runs already.
    pub deadline: Option<Computed>,
    /// What starts the limit, where it does not run yet.
    pub starts: Option<&'static str>,
    /// The rule behind it.
    pub citation: Citation,
}

/// The rules behind a route: those of its row, and the one that judged the title.
///
/// # Errors
/// Refuses where the days after an election lie outside the civil calendar.
pub fn citations(
    route: &Route,
    pack: &Pack,
    legislatures: &Legislatures,
    calendars: &Calendars,
) -> Result<Vec<Citation>, Refusal> {
    let mut citations: Vec<Citation> = row(route, pack)
        .into_iter()
        .flat_map(|row| &row.sources)
        .map(|source| {
            let about: Vec<&str> =
                route.question.about.iter().map(redress_policy::route::Matter::slug).collect();
            pack.cite(source).with("about", about.join(","))
        })
        .collect();
    if let (Some(_), Some(title)) = (route.standing, route.question.title.as_deref()) {
        let writes = Writes {
            title,
            letter_on: route.question.letter_on.unwrap_or(route.question.received_on),
            left_office: route.question.left_office,
            known_on: route.decided_on,
        };
        citations.push(member::standing(writes, pack, legislatures, calendars)?.1);
    }
    Ok(citations)
}

/// What everyone must do.
///
/// # Errors
/// Refuses where a needed day lies outside the calendars.
pub fn duties(
    route: &Route,
    pack: &Pack,
    division: Division,
    calendars: &Calendars,
) -> Result<Vec<Due>, Refusal> {
    let Some(row) = row(route, pack) else { return Ok(Vec::new()) };
    row.duties.iter().map(|duty| due(duty, route, pack, division, calendars)).collect()
}

fn due(
    duty: &RowDuty,
    route: &Route,
    pack: &Pack,
    division: Division,
    calendars: &Calendars,
) -> Result<Due, Refusal> {
    let start: Result<Date, &'static str> = match duty.from {
        Start::Receipt => Ok(route.question.received_on),
        Start::JobcentrePlus => {
            route.question.jobcentre_plus_received_on.ok_or("when it reaches Jobcentre Plus")
        }
        Start::Request => Err("when Jobcentre Plus asks"),
    };
    let (deadline, starts) = match (duty.clock, start) {
        (None, _) => (None, None),
        (Some(kind), Ok(start_on)) => {
            (count(pack, kind, start_on, division, calendars, route.decided_on)?, None)
        }
        (Some(_), Err(starts)) => (None, Some(starts)),
    };
    Ok(Due {
        holder: duty.holder,
        text: duty.text.clone(),
        deadline,
        starts,
        citation: pack.cite(&duty.source),
    })
}

fn row<'a>(route: &Route, pack: &'a Pack) -> Option<&'a Row> {
    pack.routes.rows.iter().find(|row| row.name == route.row)
}
