//! Lists of complaints and timelines, page by page.

use complaints_domain::{ComplaintId, OrganisationId, id};
use jiff::civil::Date;
use prost::Message as _;
use redress_chassis::{Call, Parse, page, parse::reference, wire};
use redress_kernel::Id;
use redress_proto::{Paged as _, complaints::v1 as proto};
use redress_store::{DbError, Tx, sealed};
use tonic::{Response, Status};
use uuid::Uuid;

use super::read::visible;
use crate::{
    app::{self, App, DOMAIN},
    convert, render,
    seal::{Part, open},
    store::complaint_list::{self, Filter, ListRow},
};

/// Where the next page of a list begins.
#[derive(Clone, PartialEq, Eq, prost::Message)]
struct Cursor {
    /// Due date of the last row, as its text; empty in a list without one.
    #[prost(string, tag = "1")]
    due_on: String,
    /// Id of the last row.
    #[prost(bytes = "vec", tag = "2")]
    id: Vec<u8>,
}

/// A page of complaints.
pub(super) async fn complaints(
    app: &App,
    call: &Call,
    request: &proto::ListComplaintsRequest,
) -> Result<Response<proto::ListComplaintsResponse>, Status> {
    let size = page::size(DOMAIN, request.page_size)?;
    let mut parse = Parse::new();
    let due_before = parse.optional_date("due_before", request.due_before.as_ref());
    let worked_by = parse.optional_name::<id::Organisation>("organisation", &request.organisation);
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    let filter = Filter { stage: convert::read_stage(request.stage), due_before, worked_by, contract };
    let filter = parse.finish(Some(filter)).map_err(app::invalid)?;
    let question = request.question();
    let now = app.desk.parts.clock.now();
    let after = app.desk.parts.pages.open(DOMAIN, call, &question, &request.page_token, now)?;
    let after = after.and_then(|bytes| Cursor::decode(bytes.as_slice()).ok());

    let caller = App::organisation(call);
    let mut tx = app.desk.read().await?;
    let rows = match reference(&request.reference) {
        Some(reference) => complaint_list::by_reference(&mut tx, caller, reference).await,
        // One more than the page holds tells whether there is another.
        None => rows(&mut tx, caller, request.order(), &filter, after, i64::from(size) + 1).await,
    };
    let mut rows = rows.map_err(app::database)?;
    drop(tx);
    let more = rows.len() > size as usize && request.reference.is_empty();
    if request.reference.is_empty() {
        rows.truncate(size as usize);
    }
    let next = rows.last().filter(|_| more).map(|last| {
        let due_on = last.next_due_on.map(|on| on.to_string()).unwrap_or_default();
        let cursor = Cursor { due_on, id: last.id.uuid().as_bytes().to_vec() };
        app.desk.parts.pages.seal(call, &question, &cursor.encode_to_vec(), now)
    });
    Ok(Response::new(proto::ListComplaintsResponse {
        complaints: rows.iter().map(render_row).collect(),
        next_page_token: next.unwrap_or_default(),
    }))
}

async fn rows(
    tx: &mut Tx,
    caller: OrganisationId,
    order: proto::ListOrder,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<ListRow>, DbError> {
    let id = after.as_ref().and_then(|cursor| Uuid::from_slice(&cursor.id).ok());
    match order {
        proto::ListOrder::Unspecified | proto::ListOrder::Due => {
            let due_on =
                after.and_then(|cursor| cursor.due_on.parse().ok()).unwrap_or(Date::constant(1, 1, 1));
            let start: ComplaintId = Id::new(id.unwrap_or_default());
            complaint_list::due(tx, caller, filter, (due_on, start), limit).await
        }
        proto::ListOrder::Newest => {
            complaint_list::newest(tx, caller, filter, id.unwrap_or(Uuid::max()), limit).await
        }
    }
}

/// A row of a list.
pub(super) fn render_row(row: &ListRow) -> proto::ComplaintRow {
    proto::ComplaintRow {
        name: row.id.name(),
        case_reference: row.case_reference.clone(),
        reference: row.reference.clone().unwrap_or_default(),
        contract: row.contract.name(),
        organisation: row.organisation.name(),
        stage: convert::stage(row.stage).into(),
        stage_number: i32::try_from(row.stage_number).unwrap_or_default(),
        received_on: Some(wire::date(row.received_on)),
        next_due_kind: row.next_due_kind.clone().unwrap_or_default(),
        next_due_on: row.next_due_on.map(wire::date),
        handler: row.handler.clone().unwrap_or_default(),
    }
}

/// A page of a timeline, from the journal.
pub(super) async fn timeline(
    app: &App,
    call: &Call,
    request: &proto::ListTimelineRequest,
) -> Result<Response<proto::ListTimelineResponse>, Status> {
    let size = page::size(DOMAIN, request.page_size)?;
    let mut parse = Parse::new();
    let id = parse.name::<id::Complaint>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let now = app.desk.parts.clock.now();
    let after = app.desk.parts.pages.open(DOMAIN, call, request.name.as_bytes(), &request.page_token, now)?;
    let after = after.and_then(|bytes| bytes.try_into().ok()).map_or(0, i64::from_be_bytes);

    let mut tx = app.desk.read().await?;
    let row = visible(&mut tx, call, id).await?;
    let limit = i64::from(size) + 1;
    let stream = redress_journal::stream::history(&mut tx, "complaints", id.uuid(), after, limit).await;
    let mut contents = stream.map_err(app::database)?;
    let more = contents.len() > size as usize;
    contents.truncate(size as usize);
    let notes = match request.view() {
        proto::ComplaintView::Full => {
            let parts = contents.iter().map(|content| Part::Note.at(content.version)).collect();
            sealed::find_many(&mut tx, id.uuid(), parts).await.map_err(app::database)?
        }
        proto::ComplaintView::Unspecified | proto::ComplaintView::Basic | proto::ComplaintView::Derived => {
            Vec::new()
        }
    };
    drop(tx);

    let key = if notes.is_empty() { None } else { Some(app.desk.open_key(row.key).await?) };
    let mut entries = Vec::with_capacity(contents.len());
    for content in &contents {
        let mut entry = render::timeline::entry(content, &row);
        let part = Part::Note.at(content.version);
        if let (Some(key), Some(note)) = (&key, notes.iter().find(|note| note.part == part)) {
            let text = open(key, Part::Note, note).map_err(app::database)?;
            entry.note = String::from_utf8_lossy(&text).into_owned();
        }
        entries.push(entry);
    }
    let next = contents.last().filter(|_| more).map(|last| {
        app.desk.parts.pages.seal(call, request.name.as_bytes(), &last.version.to_be_bytes(), now)
    });
    Ok(Response::new(proto::ListTimelineResponse { entries, next_page_token: next.unwrap_or_default() }))
}
