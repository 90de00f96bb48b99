//! What if: asked page by page and added up here, so that no answer grows with what is kept.

use std::collections::BTreeMap;

use clap::Args;
use redress_proto::{
    records_retention::v1::{
        MonthlyDue, SimulateScheduleRequest, SimulateScheduleResponse,
        record_service_client::RecordServiceClient,
    },
    supply_chain::v1::PackReference,
};

use crate::{
    client::{Failure, Link, resolve},
    command::{Session, day::Day},
    present::simulation,
};

/// Most examples that are shown.
const EXAMPLES: usize = 10;

/// Say what a change would do.
#[derive(Args, Debug)]
pub struct Simulate {
    /// The contract: reference or name
    #[arg(value_name = "CONTRACT")]
    pub contract: String,
    /// Under this pack, such as jets-scotland@2022-02-25
    #[arg(long, value_name = "PACK")]
    pub pack: Option<String>,
    /// If the contract ended on this day
    #[arg(long, value_name = "DAY")]
    pub end_on: Option<Day>,
    /// If so many months after the end of the contract were agreed
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(i32).range(1..=1200))]
    pub months: Option<i32>,
    /// Count what would be due by this day
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub due_by: Day,
}

impl Simulate {
    /// Says it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let pack = self.pack.as_deref().map(pack).transpose()?;
        let question = SimulateScheduleRequest {
            contract: resolve::contract(link, &self.contract).await?,
            pack,
            end_on: session.optional_day(self.end_on),
            agreed_months: self.months.unwrap_or_default(),
            due_by: Some(session.day(self.due_by)),
            page_size: 200,
            page_token: String::new(),
        };
        session.answer(&summed(link, question).await?, simulation::show)
    }
}

/// Asks page by page, and adds up.
pub async fn summed(
    link: &Link,
    mut question: SimulateScheduleRequest,
) -> Result<SimulateScheduleResponse, Failure> {
    let mut sum = SimulateScheduleResponse::default();
    let mut months = BTreeMap::new();
    loop {
        let page = link
            .ask(question.clone(), async |stub, request| {
                RecordServiceClient::new(stub).simulate_schedule(request).await
            })
            .await?;
        question.page_token.clone_from(&page.next_page_token);
        add(&mut sum, &mut months, page);
        if question.page_token.is_empty() {
            break;
        }
    }
    sum.months = months
        .into_iter()
        .map(|((year, month), (now, then))| MonthlyDue { year, month, now, then })
        .collect();
    Ok(sum)
}

fn add(
    sum: &mut SimulateScheduleResponse,
    months: &mut BTreeMap<(i32, i32), (i32, i32)>,
    page: SimulateScheduleResponse,
) {
    sum.records = sum.records.saturating_add(page.records);
    sum.sooner = sum.sooner.saturating_add(page.sooner);
    sum.later = sum.later.saturating_add(page.later);
    sum.due_now = sum.due_now.saturating_add(page.due_now);
    sum.due_then = sum.due_then.saturating_add(page.due_then);
    sum.held_then = sum.held_then.saturating_add(page.held_then);
    for month in page.months {
        let known = months.entry((month.year, month.month)).or_default();
        known.0 = known.0.saturating_add(month.now);
        known.1 = known.1.saturating_add(month.then);
    }
    let room = EXAMPLES.saturating_sub(sum.examples.len());
    sum.examples.extend(page.examples.into_iter().take(room));
}

fn pack(text: &str) -> Result<PackReference, Failure> {
    let wrong = || Failure::Invalid(format!("{text} is no pack such as jets-scotland@2022-02-25"));
    let (id, version) = text.split_once('@').ok_or_else(wrong)?;
    Ok(PackReference { id: id.to_owned(), version: version.to_owned() })
}
