//! Looking: one case, what happened to it, and what is due.

use clap::Args;
use redress_proto::complaints::v1::{
    ComplaintView, GetComplaintRequest, ListComplaintsRequest, ListComplaintsResponse, ListOrder,
    ListTimelineRequest, ListTimelineResponse, TimelineEntry,
    complaint_service_client::ComplaintServiceClient,
};
use serde_json::json;

use crate::{
    client::{Failure, Link, Names, gather, resolve},
    present::{complaint, json, list, timeline},
};

use super::{Session, choice, day::Day, input::Paging};

/// Show a case with its clocks, steps, letters and timeline.
#[derive(Args, Debug)]
pub struct Show {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// With what the person says and what was noted; the read is recorded
    #[arg(long)]
    pub full: bool,
    /// Derive every running date, day by day
    #[arg(long)]
    pub derive: bool,
    /// Leave the timeline out
    #[arg(long)]
    pub no_timeline: bool,
}

impl Show {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let view = view(self.full);
        let of_case = if self.derive && !self.full { ComplaintView::Derived.into() } else { view };
        let name = resolve::complaint(link, &self.case).await?;
        let question = GetComplaintRequest { name: name.clone(), view: of_case };
        let found = link
            .ask(question, async |stub, request| {
                ComplaintServiceClient::new(stub).get_complaint(request).await
            })
            .await?;
        let entries = if self.no_timeline { Vec::new() } else { entries(link, &name, view).await? };
        let timeline = ListTimelineResponse { entries, next_page_token: String::new() };
        let value = json!({ "complaint": json::of(&found)?, "timeline": json::of(&timeline)?["entries"] });
        let names = if session.json { Names::default() } else { Names::gather(link, &found).await };
        session.answer_value(&value, |screen| {
            let mut parts = vec![complaint::show(screen, &found, &names)];
            if self.derive {
                parts.extend(complaint::derivations(screen, &found));
            }
            if !timeline.entries.is_empty() {
                let body = timeline::show(screen, &timeline.entries, timeline::Depth::Told);
                parts.push(complaint::section(screen, "Timeline", &body));
            }
            parts.join("\n\n")
        })
    }
}

/// Show what happened to a case.
#[derive(Args, Debug)]
pub struct Timeline {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// With what was noted; the read is recorded
    #[arg(long)]
    pub full: bool,
    /// With everything that was recorded of each thing that happened
    #[arg(long)]
    pub details: bool,
}

impl Timeline {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::complaint(&session.link, &self.case).await?;
        let entries = entries(&session.link, &name, view(self.full)).await?;
        let answer = ListTimelineResponse { entries, next_page_token: String::new() };
        let depth = if self.details { timeline::Depth::Whole } else { timeline::Depth::Told };
        session.answer(&answer, |screen, answer| timeline::show(screen, &answer.entries, depth))
    }
}

/// List cases, what is due first.
#[derive(Args, Debug)]
pub struct List {
    /// Only those in this stage
    #[arg(long, value_parser = choice::of("redress.complaints.v1.Stage"))]
    pub stage: Option<i32>,
    /// Only open ones whose next clock falls due before this day
    #[arg(long, value_name = "DAY")]
    pub due_before: Option<Day>,
    /// Only those worked by this organisation
    #[arg(long, value_name = "ORGANISATION")]
    pub organisation: Option<String>,
    /// Only those under this contract
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<String>,
    /// Only those with this reference, yours or the suite's
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REFERENCE")]
    pub reference: String,
    /// All of them, closed ones too, the newest first
    #[arg(long)]
    pub newest: bool,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

impl List {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let order = if self.newest { ListOrder::Newest } else { ListOrder::Due };
        let organisation = match &self.organisation {
            Some(text) => resolve::organisation(link, text).await?,
            None => String::new(),
        };
        let contract = match &self.contract {
            Some(text) => resolve::contract(link, text).await?,
            None => String::new(),
        };
        let question = ListComplaintsRequest {
            stage: self.stage.unwrap_or_default(),
            due_before: session.optional_day(self.due_before),
            organisation,
            contract,
            reference: self.reference,
            order: order.into(),
            ..ListComplaintsRequest::default()
        };
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question = ListComplaintsRequest { page_size, page_token, ..question.clone() };
            let answer = link
                .ask(question, async |stub, request| {
                    ComplaintServiceClient::new(stub).list_complaints(request).await
                })
                .await?;
            Ok((answer.complaints, answer.next_page_token))
        })
        .await?;
        session.answer_list(page, list::show, |complaints, next_page_token| ListComplaintsResponse {
            complaints,
            next_page_token,
        })
    }
}

fn view(full: bool) -> i32 {
    if full { ComplaintView::Full.into() } else { ComplaintView::Basic.into() }
}

/// The whole timeline of a complaint.
pub async fn entries(link: &Link, name: &str, view: i32) -> Result<Vec<TimelineEntry>, Failure> {
    let page = gather(usize::MAX, String::new(), async |page_size, page_token| {
        let question = ListTimelineRequest { name: name.to_owned(), view, page_size, page_token };
        let answer = link
            .ask(question, async |stub, request| {
                ComplaintServiceClient::new(stub).list_timeline(request).await
            })
            .await?;
        Ok((answer.entries, answer.next_page_token))
    })
    .await?;
    Ok(page.items)
}
