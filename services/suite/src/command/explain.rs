//! Policy: why a date is that date, and what the packs hold.

use clap::Args;
use redress_proto::{
    complaints::v1::{GetComplaintRequest, complaint_service_client::ComplaintServiceClient},
    policy::v1::{
        ExplainDeadlineRequest, GetPackRequest, ListPacksRequest, PackReference, Term, TermUnit,
        policy_service_client::PolicyServiceClient,
    },
};

use crate::{
    client::{Failure, Link, resolve},
    present::policy,
};

use super::{Session, choice, day::Day};

/// Derive a date from its rule, day by day.
#[derive(Args, Debug)]
pub struct Explain {
    /// What must have happened by then
    #[arg(value_name = "CLOCK", value_parser = choice::of("redress.policy.v1.ClockKind"))]
    pub clock: i32,
    /// Day from which is counted; not counted itself
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub from: Day,
    /// Policy pack and its version, such as jets-scotland@2022-02-25; `redress packs` lists them
    #[arg(long, value_parser = pack, value_name = "PACK@VERSION", required_unless_present = "case")]
    pub pack: Option<PackReference>,
    /// The pack that is pinned on this case
    #[arg(long, value_name = "CASE", conflicts_with = "pack")]
    pub case: Option<String>,
    /// Whose bank holidays count [default: the pack's own]
    #[arg(long, value_parser = choice::of("redress.type.v1.Division"))]
    pub division: Option<i32>,
    /// Bank holidays of any part of the United Kingdom count
    #[arg(long, conflicts_with = "division")]
    pub any_part_of_uk: bool,
    /// Bank holidays as they were known on this day
    #[arg(long, value_name = "DAY")]
    pub known_on: Option<Day>,
    /// A date that the other side stated
    #[arg(long, value_name = "DAY")]
    pub stated_on: Option<Day>,
    /// Length of a limit that your own procedure sets, such as 10-working-days
    #[arg(long, value_parser = term, value_name = "LENGTH")]
    pub term: Option<Term>,
}

impl Explain {
    /// Derives it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let pack = match &self.case {
            Some(case) => Some(pinned(&session.link, case).await?),
            None => self.pack,
        };
        let question = ExplainDeadlineRequest {
            pack,
            clock: self.clock,
            start_on: Some(session.day(self.from)),
            division: self.division.unwrap_or_default(),
            any_part_of_uk: self.any_part_of_uk,
            known_on: session.optional_day(self.known_on),
            stated_on: session.optional_day(self.stated_on),
            own_term: self.term,
        };
        session
            .ask(question, policy::explained, async |stub, request| {
                PolicyServiceClient::new(stub).explain_deadline(request).await
            })
            .await
    }
}

/// Show policy packs.
#[derive(Args, Debug)]
pub struct Packs {
    /// One pack with everything it holds, such as jets-scotland@2022-02-25
    #[arg(value_parser = pack, value_name = "PACK@VERSION")]
    pub pack: Option<PackReference>,
    /// Only packs of this programme
    #[arg(
        long,
        default_value = "",
        hide_default_value = true,
        conflicts_with = "pack",
        value_name = "PROGRAMME"
    )]
    pub programme: String,
}

impl Packs {
    /// Shows them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        if self.pack.is_some() {
            let found = link
                .ask(GetPackRequest { pack: self.pack }, async |stub, request| {
                    PolicyServiceClient::new(stub).get_pack(request).await
                })
                .await?;
            return session.answer(&found, |screen, found| {
                found.pack.as_ref().map(|pack| policy::pack(screen, pack)).unwrap_or_default()
            });
        }
        let found = link
            .ask(ListPacksRequest { programme: self.programme }, async |stub, request| {
                PolicyServiceClient::new(stub).list_packs(request).await
            })
            .await?;
        session.answer(&found, |screen, found| policy::packs(screen, &found.packs))
    }
}

/// The pack pinned on a case.
async fn pinned(link: &Link, case: &str) -> Result<PackReference, Failure> {
    let name = resolve::complaint(link, case).await?;
    let complaint = link
        .ask(GetComplaintRequest { name, view: 0 }, async |stub, request| {
            ComplaintServiceClient::new(stub).get_complaint(request).await
        })
        .await?;
    let pack = complaint
        .pack
        .ok_or_else(|| Failure::NotFound("no policy pack is pinned on this case".to_owned()))?;
    Ok(PackReference { id: pack.id, version: pack.version })
}

fn pack(text: &str) -> Result<PackReference, &'static str> {
    match text.split_once('@') {
        Some((id, version)) if !id.is_empty() && !version.is_empty() => {
            Ok(PackReference { id: id.to_owned(), version: version.to_owned() })
        }
        Some(_) | None => Err("a pack is its name and version, such as jets-scotland@2022-02-25"),
    }
}

fn term(text: &str) -> Result<Term, &'static str> {
    let wrong = "a length is a number and a unit, such as 10-working-days, 8-weeks or 6-months";
    let (amount, unit) = text.split_once('-').ok_or(wrong)?;
    let unit = match unit.trim_end_matches('s') {
        "working-day" => TermUnit::WorkingDays,
        "day" | "calendar-day" => TermUnit::CalendarDays,
        "week" => TermUnit::Weeks,
        "month" => TermUnit::Months,
        "year" => TermUnit::Years,
        _ => return Err(wrong),
    };
    Ok(Term { amount: amount.parse().map_err(|_| wrong)?, unit: unit.into() })
}
