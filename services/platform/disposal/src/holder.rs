//! Takes orders from the feed of the records-retention service, and carries them out.

mod carry_out;
mod replay;

use std::{sync::Arc, time::Duration};

use jiff::{Timestamp, civil::Date};
use prost::{Message as _, Name as _};
use redress_backup::restored;
use redress_chassis::{BuildFailure, Parts, wire};
use redress_journal::{
    append::{Entries, Origin},
    entry::Entry,
    publish::{About, entry},
    subscription::{HandleFault, Handler},
};
use redress_kernel::clock::london_date;
use redress_ledger::known;
use redress_proto::records_retention::v1 as proto;
use redress_store::Tx;
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use crate::{
    holdings::{Holdings, Remains, Standing},
    order::{self, Order, State},
    tombstone::{self, Tombstone},
};

/// How often to look for orders that were taken: the hint is a commit, and this makes up for a lost one.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// A service as a holder. Clones share everything.
pub struct Holder<H> {
    parts: Parts,
    holdings: Arc<H>,
}

impl<H> Clone for Holder<H> {
    fn clone(&self) -> Self {
        let holdings = Arc::clone(&self.holdings);
        Self { parts: self.parts.clone(), holdings }
    }
}

/// An order as it came.
struct Told {
    disposal: Uuid,
    record: Uuid,
    contract: Uuid,
    subjects: Vec<String>,
    stone: Tombstone,
    /// How often it was told before.
    telling: i32,
    /// The order as it came.
    bytes: Vec<u8>,
}

impl<H: Holdings> Holder<H> {
    /// What `holdings` holds, in the service of these parts.
    pub fn new(parts: Parts, holdings: H) -> Self {
        Self { parts, holdings: Arc::new(holdings) }
    }

    /// Carries out what was taken, until the process stops. What a crash left unfinished is finished first.
    pub async fn run(self) -> Result<(), BuildFailure> {
        let stopping = self.parts.tasks.stopping().clone();
        let mut ticks = interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stopping.cancelled() => return Ok(()),
                _ = ticks.tick() => {}
            }
            if let Err(fault) = self.carry_out().await {
                // The next round is the retry: every step may be repeated.
                tracing::warn!(%fault, "what was ordered destroyed could not be carried out");
            }
        }
    }

    async fn take(&self, tx: &mut Tx, told: &Told, at: Timestamp) -> Result<(), HandleFault> {
        if let Some(known) = order::find(tx, told.record).await? {
            return self.answer_again(tx, known, told.disposal).await;
        }
        // The feed tells again what it told before this database was put back. What was carried out then is known from the erasure ledger; what was
        // not may have been refused, and taken back by two people since.
        if let Some(subject) = told.subjects.first()
            && restored::newest(tx).await?.is_some_and(|restored| at < restored)
        {
            return self.refuse(tx, told, proto::HolderRefusal::Restored, subject).await;
        }
        let mut here = Vec::with_capacity(told.subjects.len());
        for subject in &told.subjects {
            let reason = match self.holdings.standing(tx, subject).await? {
                Standing::Closed => {
                    here.push(subject);
                    continue;
                }
                // An earlier order ended it, which whoever gives them lost in a restore: nothing is left to destroy, and that is said.
                Standing::NotHere if tombstone::is_there(tx, subject).await? => continue,
                Standing::Open => proto::HolderRefusal::StillOpen,
                Standing::NotHere => proto::HolderRefusal::NotHere,
            };
            return self.refuse(tx, told, reason, subject).await;
        }
        let mut remains = Remains::default();
        for subject in here {
            remains = remains.with(self.holdings.take_out(tx, subject).await?);
        }
        tombstone::put(tx, &remains.subjects, &remains.seen_by, &told.stone).await?;
        let state = State {
            disposal: told.disposal,
            contract: told.contract,
            subjects: told.subjects.clone(),
            remains,
            carried_out_on: None,
            beyond_use_until: None,
            order: told.bytes.clone(),
        };
        known::begin(tx, told.record).await?;
        order::save(tx, &Order { record: told.record, done: false, state, version: 0 }).await?;
        Ok(())
    }

    /// Told again: the receipt is given again once it is done, to whoever asks now. After the one who gives orders was restored
    /// that may be another disposal than the one that it was destroyed by.
    async fn answer_again(&self, tx: &mut Tx, known: Order, disposal: Uuid) -> Result<(), HandleFault> {
        let same = known.state.disposal == disposal;
        let known = Order { state: State { disposal, ..known.state }, ..known };
        if known.done {
            return self.give_receipt(tx, known).await;
        }
        if !same {
            order::save(tx, &Order { version: known.version + 1, ..known }).await?;
        }
        Ok(())
    }

    /// Says again, or for the first time, that an order is carried out, at the order's next version.
    async fn give_receipt(&self, tx: &mut Tx, order: Order) -> Result<(), HandleFault> {
        let order = Order { version: order.version + 1, ..order };
        let state = &order.state;
        let message = proto::DisposalCarriedOut {
            disposal: format!("disposals/{}", state.disposal),
            record: format!("records/{}", order.record),
            holder: H::HOLDER.into(),
            subjects: state.subjects.clone(),
            method: proto::DisposalMethod::KeysDestroyedAndContentDeleted.into(),
            keys: count(state.remains.keys.len()),
            sealed_texts: count(state.remains.sealed_texts),
            objects: count(state.remains.objects.len()),
            carried_out_on: state.carried_out_on.map(wire::date),
            beyond_use_until: state.beyond_use_until.map(wire::date),
        };
        self.record(tx, order.record, state.contract, order.version, |about, citations| {
            entry(about, &message, citations)
        })
        .await?;
        order::save(tx, &order).await?;
        Ok(())
    }

    async fn refuse(
        &self,
        tx: &mut Tx,
        told: &Told,
        reason: proto::HolderRefusal,
        subject: &str,
    ) -> Result<(), HandleFault> {
        let message = proto::DisposalRefused {
            disposal: format!("disposals/{}", told.disposal),
            record: format!("records/{}", told.record),
            holder: H::HOLDER.into(),
            reason: reason.into(),
            subject: subject.to_owned(),
            refused_on: Some(wire::date(self.parts.clock.today())),
            telling: told.telling,
        };
        // A refusal leaves no order behind; its entry stands in a stream of its own.
        self.record(tx, self.parts.ids.next(), told.contract, 1, |about, citations| {
            entry(About { kind: "disposalRefusals", ..about }, &message, citations)
        })
        .await
    }

    async fn record(
        &self,
        tx: &mut Tx,
        stream: Uuid,
        contract: Uuid,
        version: i64,
        draft: impl FnOnce(About, Vec<String>) -> redress_journal::Draft + Send,
    ) -> Result<(), HandleFault> {
        let about = About { kind: "disposalReceipts", id: stream, version, contract: Some(contract) };
        let now = self.parts.clock.now();
        let mut entries = Entries::new(self.parts.ids.as_ref(), now, Origin::of_suite());
        entries.append(draft(about, vec!["RET-14".to_owned(), "RET-15".to_owned()]));
        entries.flush(tx).await?;
        Ok(())
    }

    /// The last day on which copies may lie in backups: the last that was begun is the last in which there can be one. Where
    /// none was ever begun here, someone may take them otherwise, and one may have been taken just now.
    fn beyond_use_until(&self, last_backup: Option<Timestamp>) -> Option<Date> {
        let on = last_backup.map_or_else(|| self.parts.clock.today(), london_date);
        let days = i64::try_from(self.parts.backups_kept.as_secs().div_ceil(24 * 60 * 60)).ok()?;
        on.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
    }
}

impl<H: Holdings> Handler for Holder<H> {
    type Prepared = ();

    async fn prepare(&self, _: &Entry) -> Result<(), HandleFault> {
        Ok(())
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, (): ()) -> Result<(), HandleFault> {
        match told(entry, H::HOLDER)? {
            Some(told) => self.take(tx, &told, recorded(entry)?).await,
            None => Ok(()),
        }
    }
}

/// What an entry orders this holder to destroy; nothing where it orders nothing of it.
fn told(entry: &Entry, holder: proto::Holder) -> Result<Option<Told>, HandleFault> {
    if entry.content.entry_type != proto::DisposalOrdered::full_name() {
        return Ok(None);
    }
    ordered(&entry.content.payload, holder)
}

/// When an entry was recorded.
fn recorded(entry: &Entry) -> Result<Timestamp, HandleFault> {
    let at = entry.content.record_time.and_then(|at| at.timestamp().ok());
    at.ok_or_else(|| HandleFault::Poison("the order does not say when it was given".to_owned()))
}

/// What an order, as it stands in the journal of the one who gave it, has this holder destroy.
fn ordered(bytes: &[u8], holder: proto::Holder) -> Result<Option<Told>, HandleFault> {
    let unread = || HandleFault::Poison("the order cannot be read".to_owned());
    let order = proto::DisposalOrdered::decode(bytes).map_err(|_| unread())?;
    let mine = order.parts.iter().filter(|part| part.holder == i32::from(holder));
    let subjects: Vec<String> = mine.map(|part| part.subject.clone()).collect();
    if subjects.is_empty() {
        return Ok(None);
    }
    let id = |name: &str| name.split_once('/').and_then(|(_, id)| id.parse::<Uuid>().ok());
    let day = |day: Option<&redress_proto::r#type::v1::CivilDate>| day.and_then(wire::read_date);
    let (Some(disposal), Some(record), Some(contract), Some(due_on), Some(ordered_on)) = (
        id(&order.disposal),
        id(&order.record),
        id(&order.contract),
        day(order.due_on.as_ref()),
        day(order.ordered_on.as_ref()),
    ) else {
        return Err(unread());
    };
    let stone = Tombstone { record, disposal, rule: order.rule, due_on, ordered_on };
    let telling = order.telling;
    Ok(Some(Told { disposal, record, contract, subjects, stone, telling, bytes: bytes.to_vec() }))
}

fn count<N: TryInto<i32>>(number: N) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}
