//! What this service writes into its own erasure ledger, and reads from it after a restore.
//!
//! A holder's line says what *it* erased. Of a record whose parts lie with others, all of them or some, no line of a holder here says
//! that it is gone, and a database that was put back from a copy would count it as due again. So the end of such a record is
//! a line of its own, written down when it is known that its last holder is done, and told again before anything is served.

use prost::Message as _;
use records_retention_domain::id;
use redress_chassis::{BuildFailure, wire};
use redress_disposal::order;
use redress_journal::{append::Origin, entry::Entry, shell::inside::carry_out, subscription::HandleFault};
use redress_kernel::{
    Id,
    clock::{london_date, to_microseconds},
};
use redress_ledger::{Erasure, Head, known};
use redress_proto::records_retention::v1 as proto;
use redress_store::{DbError, Tx};

use crate::{
    app::App,
    command::replay::{Ended, Replay},
    convert,
    follow::news::{is, stream},
    publish, store,
};

/// Why an end could not be told again.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("the database failed")]
    Database(#[from] DbError),
    #[error("the end of a record that the erasure ledger has is refused: {0}")]
    Refused(String),
}

/// How far the ledger went when an end was written down, to be noted with the entry that tells of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written(Head);

/// Writes down that a record is gone, where an entry of this service's own journal says so. Nothing is written twice: where all of it
/// lay with the record itself, the line of its holder is its end.
pub(crate) async fn write_down(app: &App, entry: &Entry) -> Result<Option<Written>, HandleFault> {
    if !is::<proto::RecordDestroyed>(entry) {
        return Ok(None);
    }
    let record = stream::<id::Record>(entry)?;
    let parts = &app.desk.parts;
    let away = |_| HandleFault::Unavailable;
    let mut tx = parts.database.read().await.map_err(away)?;
    let row = store::record::find_many(&mut tx, vec![record]).await.map_err(away)?.pop();
    let taken = order::as_it_came(&mut tx, record.uuid()).await.map_err(away)?;
    drop(tx);
    if taken.is_some_and(|order| decoded(&order).is_some_and(|order| !lay_elsewhere(&order))) {
        return Ok(None);
    }
    let Some((row, tombstone)) = row.as_ref().and_then(|row| Some((row, row.state.tombstone()?))) else {
        return Ok(None);
    };
    let erasure = Erasure {
        record: record.uuid(),
        ends_record: true,
        disposal: tombstone.disposal.uuid(),
        subjects: Vec::new(),
        keys: Vec::new(),
        objects: Vec::new(),
        order: publish::record::order_of(row, tombstone),
        at: to_microseconds(parts.clock.now()),
    };
    // The record has ended in this database: said so first, a line that a crash keeps from being noted is no sign of a restore.
    let mut tx = parts.database.write().await.map_err(away)?;
    known::begin(&mut tx, record.uuid()).await.map_err(away)?;
    tx.commit().await.map_err(away)?;
    let head = parts.ledger.append(vec![erasure]).await.map_err(|fault| {
        tracing::warn!(%fault, "the end of a record could not be written into the erasure ledger");
        HandleFault::Unavailable
    })?;
    Ok(Some(Written(head)))
}

/// Notes a line that was written down, in the transaction that moves the cursor.
pub(crate) async fn note(tx: &mut Tx, written: Option<Written>) -> Result<(), DbError> {
    match written {
        Some(Written(head)) => known::note(tx, head).await,
        None => Ok(()),
    }
}

/// Tells every record again whose end the ledger has and this database does not know. That it knows now is said by the holder,
/// which takes every line up after this: cut short in between, all of it is done again.
pub(crate) async fn ended(app: &App, erased: &[Erasure]) -> Result<(), BuildFailure> {
    for erasure in erased {
        if let Some(ended) = read(erasure) {
            tell_again(app, ended).await?;
        }
    }
    Ok(())
}

async fn tell_again(app: &App, ended: Ended) -> Result<(), Fault> {
    let parts = &app.desk.parts;
    let command = Replay { rulebook: app.rulebook.clone(), ended };
    let mut tx = parts.database.write().await?;
    let done =
        carry_out(&mut tx, &command, Origin::of_suite(), parts.ids.as_ref(), parts.clock.now()).await?;
    done.map_err(|refusal| Fault::Refused(refusal.to_string()))?;
    tx.commit().await?;
    parts.hint.committed();
    Ok(())
}

/// The end of a record, where a line is of one: it says so, or all of the record lay here. Where others held parts besides, a holder's line
/// does not say what they have done: without a line of its end such a record is due again, and is ordered again of those who have not
/// destroyed it yet.
fn read(erasure: &Erasure) -> Option<Ended> {
    let order = decoded(&erasure.order)?;
    if !erasure.ends_record && lay_elsewhere(&order) {
        return None;
    }
    let day = |day: Option<&_>| day.and_then(wire::read_date);
    Some(Ended {
        record: Id::new(erasure.record),
        disposal: Id::new(erasure.disposal),
        due_on: day(order.due_on.as_ref())?,
        ordered_on: day(order.ordered_on.as_ref())?,
        destroyed_on: london_date(erasure.at),
        method: convert::read_method(order.method)?,
        by: (order.proposed_by, order.approved_by),
        anonymised_in: Id::parse_name(&order.anonymised_in).ok(),
    })
}

fn decoded(order: &[u8]) -> Option<proto::DisposalOrdered> {
    proto::DisposalOrdered::decode(order).ok()
}

/// Whether others than this service held something of it.
fn lay_elsewhere(order: &proto::DisposalOrdered) -> bool {
    let own = i32::from(proto::Holder::RecordsRetention);
    order.parts.iter().any(|part| part.holder != own)
}
