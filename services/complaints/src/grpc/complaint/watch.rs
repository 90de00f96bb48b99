//! Following complaints from a position of the journal on.

use std::{collections::HashMap, sync::Arc};

use complaints_domain::{ComplaintId, OrganisationId};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use redress_chassis::Call;
use redress_journal::{
    Entry, Filter,
    feed::{FeedFault, Page},
};
use redress_proto::complaints::v1 as proto;
use tonic::{Response, Status};

use super::{Streamed, list::render_row};
use crate::{
    app::{self, App, DOMAIN},
    store::complaint_list,
};

/// Most entries looked up at once.
const PAGE: usize = 100;

/// Follows the complaints that the caller may see.
pub(super) fn complaints(
    app: &App,
    call: &Call,
    after_position: i64,
) -> Response<Streamed<proto::WatchComplaintsResponse>> {
    let caller = App::organisation(call);
    // What the caller may see is asked for each page, so that a case it becomes party to is not missed.
    let filter = Filter {
        types: Vec::new(),
        stream_kind: Some("complaints".to_owned()),
        stream_id: None,
        visible: Arc::new(|_| true),
    };
    let app = app.clone();
    let stopping = app.desk.parts.tasks.stopping().clone();
    let pages = app.desk.parts.log.feed().follow(after_position, PAGE, filter);
    let responses = pages
        .map_err(feed_fault)
        .and_then(move |page| {
            let app = app.clone();
            async move { responses(&app, caller, page).await }
        })
        .map_ok(|responses| stream::iter(responses.into_iter().map(Ok)))
        .try_flatten()
        // A process that wants to end does not wait for those who listen; they come back to another.
        .take_until(stopping.cancelled_owned());
    Response::new(responses.boxed())
}

async fn responses(
    app: &App,
    caller: OrganisationId,
    page: Page,
) -> Result<Vec<proto::WatchComplaintsResponse>, Status> {
    let id = |entry: &Entry| entry.stream().ok().map(|stream| ComplaintId::new(stream.id));
    let ids: Vec<ComplaintId> = page.entries.iter().filter_map(id).collect();
    let mut tx = app.desk.read().await?;
    let rows = complaint_list::rows(&mut tx, caller, ids).await.map_err(app::database)?;
    drop(tx);
    let rows: HashMap<ComplaintId, proto::ComplaintRow> =
        rows.iter().map(|row| (row.id, render_row(row))).collect();
    let mut responses: Vec<_> = page
        .entries
        .iter()
        .filter_map(|entry| {
            Some(proto::WatchComplaintsResponse {
                position: entry.position,
                r#type: entry.content.entry_type.rsplit('.').next().unwrap_or_default().to_owned(),
                complaint: Some(rows.get(&id(entry)?)?.clone()),
            })
        })
        .collect();
    if responses.last().is_none_or(|last| last.position < page.scanned) {
        responses.push(proto::WatchComplaintsResponse { position: page.scanned, ..Default::default() });
    }
    Ok(responses)
}

fn feed_fault(fault: FeedFault) -> Status {
    match fault {
        FeedFault::BeyondHead { .. } => DOMAIN.invalid_field(
            "after_position",
            "BEYOND_HEAD",
            "must not lie beyond the end of the journal; read everything again if the service was restored",
        ),
        FeedFault::Database(error) => app::database(error),
    }
}
