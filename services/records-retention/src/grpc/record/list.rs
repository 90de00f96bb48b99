//! Pages of records: the newest first, or those due longest first.

use jiff::civil::Date;
use records_retention_domain::{ContractId, RecordId, id};
use redress_chassis::{Call, Paging, Parse, page, wire::Telling};
use redress_kernel::Id;
use redress_proto::{Paged as _, records_retention::v1 as proto};
use tonic::{Response, Status};
use uuid::Uuid;

use super::{basis_of, moment};
use crate::{
    app::{self, App, DOMAIN},
    render,
    store::{self, record::Record},
};

/// The most holds that are shown with a record of a page. A person may have as many cases as they like.
const HOLDS: usize = 20;

/// A page of records.
pub(in super::super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListRecordsRequest,
) -> Result<Response<proto::ListRecordsResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    let due_until = parse.optional_date("due_until", request.due_until.as_ref());
    let (contract, due_until) = parse.finish(Some((contract, due_until))).map_err(app::invalid)?;
    let (rows, next_page_token) = match due_until {
        None => newest(app, call, request, contract).await?,
        Some(until) => due(app, call, request, contract, until).await?,
    };
    let mut records = Vec::with_capacity(rows.len());
    let mut tx = app.desk.read().await?;
    for row in &rows {
        let basis = basis_of(app, &mut tx, row).await?;
        let record = render::record::whole(row, &basis, &app.rulebook, moment(app), Telling::Dates);
        let mut record = record.map_err(app::refused)?;
        shorten(&mut record.holds);
        records.push(record);
    }
    drop(tx);
    Ok(Response::new(proto::ListRecordsResponse { records, next_page_token }))
}

async fn newest(
    app: &App,
    call: &Call,
    request: &proto::ListRecordsRequest,
    contract: Option<ContractId>,
) -> Result<(Vec<Record>, String), Status> {
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let caller = App::organisation(call);
    let mut tx = app.desk.read().await?;
    let rows = store::record::page(&mut tx, paging.before(), caller, contract, paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let token = paging.cut(&mut rows, |row| row.id.uuid());
    Ok((rows, token))
}

async fn due(
    app: &App,
    call: &Call,
    request: &proto::ListRecordsRequest,
    contract: Option<ContractId>,
    until: Date,
) -> Result<(Vec<Record>, String), Status> {
    let size = page::size(DOMAIN, request.page_size)? as usize;
    let now = app.desk.parts.clock.now();
    let pages = &app.desk.parts.pages;
    let question = request.question();
    let after = pages.open(DOMAIN, call, &question, &request.page_token, now)?;
    let after = after.and_then(|bytes| read_place(&bytes));
    let after = after.unwrap_or((Date::constant(1, 1, 1), Id::new(Uuid::nil())));
    let caller = App::organisation(call);
    let limit = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let mut tx = app.desk.read().await?;
    let rows = store::record::due_page(&mut tx, caller, after, until, contract, limit).await;
    let mut rows = rows.map_err(app::database)?;
    if rows.len() <= size {
        return Ok((rows, String::new()));
    }
    rows.truncate(size);
    let place = rows.last().map(place).unwrap_or_default();
    Ok((rows, pages.seal(call, &question, &place, now)))
}

/// Where a page of what is due ends: the record's id, and its day.
fn place(row: &Record) -> Vec<u8> {
    let day = row.due_from.map(|day| day.to_string()).unwrap_or_default();
    [row.id.uuid().as_bytes().as_slice(), day.as_bytes()].concat()
}

fn read_place(bytes: &[u8]) -> Option<(Date, RecordId)> {
    let (id, day) = bytes.split_at_checked(16)?;
    let day = std::str::from_utf8(day).ok()?.parse().ok()?;
    Some((day, Id::new(Uuid::from_slice(id).ok()?)))
}

/// Of many holds those that nobody released, and no more than fit a page.
fn shorten(holds: &mut Vec<proto::Hold>) {
    if holds.len() > HOLDS {
        holds.retain(|hold| hold.released_on.is_none());
        holds.truncate(HOLDS);
    }
}

#[cfg(test)]
mod tests {
    use redress_proto::r#type::v1::CivilDate;

    use super::{HOLDS, proto, shorten};

    #[test]
    fn a_page_has_the_holds_that_stand_and_not_thousands_of_them() {
        let holds = |released: usize, open: usize| -> Vec<proto::Hold> {
            let released_on = Some(CivilDate { year: 2028, month: 7, day: 3 });
            let ended = proto::Hold { released_on, ..proto::Hold::default() };
            [vec![ended; released], vec![proto::Hold::default(); open]].concat()
        };
        for (released, open, shown) in [(10, 10, 20), (20, 1, 1), (1_000, 15, 15), (0, 1_000, HOLDS)] {
            let mut kept = holds(released, open);
            shorten(&mut kept);
            assert_eq!(kept.len(), shown, "{released} released, {open} open");
        }
    }
}
