//! Answers of holders, from the journal of each.

use records_retention_domain::{disposal::Receipt, id, record::Holder};
use redress_chassis::wire;
use redress_journal::{entry::Entry, subscription::HandleFault};
use redress_proto::records_retention::v1 as proto;
use redress_store::Tx;

use super::news::{is, name, read, unread};
use crate::{app::App, convert};

/// Takes in the answer in an entry of a holder's own journal; an entry that is none is passed over.
pub(super) async fn take(app: &App, tx: &mut Tx, entry: &Entry, source: Holder) -> Result<(), HandleFault> {
    let (disposal, receipt) = if is::<proto::DisposalCarriedOut>(entry) {
        let told: proto::DisposalCarriedOut = read(entry)?;
        let receipt = Receipt {
            record: name::<id::Record>(&told.record)?,
            holder: holder(told.holder, source)?,
            destroyed: true,
            parts: count(told.subjects.len()),
            keys: count(told.keys),
            sealed_texts: count(told.sealed_texts),
            objects: count(told.objects),
            on: told.carried_out_on.as_ref().and_then(wire::read_date).ok_or_else(|| unread(entry))?,
            beyond_use_until: told.beyond_use_until.as_ref().and_then(wire::read_date),
            entry: entry.id().map_err(|_| unread(entry))?,
            telling: 0,
            accepted: false,
        };
        (told.disposal, receipt)
    } else if is::<proto::DisposalRefused>(entry) {
        let told: proto::DisposalRefused = read(entry)?;
        let receipt = Receipt {
            record: name::<id::Record>(&told.record)?,
            holder: holder(told.holder, source)?,
            destroyed: false,
            parts: 0,
            keys: 0,
            sealed_texts: 0,
            objects: 0,
            on: told.refused_on.as_ref().and_then(wire::read_date).ok_or_else(|| unread(entry))?,
            beyond_use_until: None,
            entry: entry.id().map_err(|_| unread(entry))?,
            telling: count(told.telling),
            accepted: false,
        };
        (told.disposal, receipt)
    } else {
        return Ok(());
    };
    app.take_receipt(tx, entry, name::<id::Disposal>(&disposal)?, receipt).await
}

/// A holder answers for itself alone (reliability threat 7).
fn holder(named: i32, source: Holder) -> Result<Holder, HandleFault> {
    let named = convert::read_holder(named).filter(|named| *named == source);
    named.ok_or_else(|| HandleFault::Poison("the answer of another holder".to_owned()))
}

fn count<N: TryInto<u32>>(number: N) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
