//! One group of commands in one transaction.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use jiff::Timestamp;
use redress_kernel::{Ids, clock};
use redress_store::{DbError, Tx};

use super::{
    Parts, World,
    job::{Job, Ran, Settlement},
    request::{self, Key, Use},
};
use crate::append::{Entries, Origin};

/// Why a group came to nothing; its jobs are handed back.
pub(super) enum Fault {
    /// The database's reason.
    Database(DbError),
    /// A command broke its promise or panicked. Alone, it hurts nobody but its own caller.
    Spoilt,
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}

/// Carries out a group, everything or nothing, and returns what each caller is to be told.
pub(super) async fn carry_out<W: World>(
    parts: &Parts,
    jobs: &mut [Box<dyn Job<W>>],
) -> Result<Vec<Settlement>, Fault> {
    let now = clock::to_microseconds(parts.clock.now());
    // One state throughout: a request that another process answers meanwhile is either seen with its effect, and its
    // answer repeated, or not seen at all, and met as a conflict.
    let mut tx = parts.db.write_in_snapshot().await?;
    match in_transaction(&mut tx, parts.ids.as_ref(), jobs, now).await {
        Ok(Outcome { settlements, changed: true }) => {
            tx.commit().await?;
            parts.hint.committed();
            Ok(settlements)
        }
        Ok(Outcome { settlements, changed: false }) => {
            // Nothing was decided, so there is nothing that a failure to undo could leave behind.
            drop(tx.rollback().await);
            Ok(settlements)
        }
        Err(fault) => {
            drop(tx.rollback().await);
            Err(fault)
        }
    }
}

struct Outcome {
    settlements: Vec<Settlement>,
    changed: bool,
}

async fn in_transaction<W: World>(
    tx: &mut Tx,
    ids: &dyn Ids,
    jobs: &mut [Box<dyn Job<W>>],
    now: Timestamp,
) -> Result<Outcome, Fault> {
    let origins: Vec<Origin> = jobs.iter().map(|job| job.origin()).collect();
    let keys: BTreeSet<Key> = origins.iter().filter_map(request::key).collect();
    let mut used = request::find(tx, keys.into_iter().collect()).await?;
    let before: BTreeSet<Key> = used.keys().copied().collect();

    let mut world = W::new();
    let mut wants = Vec::new();
    for job in jobs.iter() {
        job.wants(&mut wants);
    }
    world.load(tx, &wants).await?;

    let mut entries = Entries::new(ids, now, Origin::of_suite());
    let mut settlements = Vec::with_capacity(jobs.len());
    let mut changed = false;
    for (job, origin) in jobs.iter_mut().zip(origins) {
        let key = request::key(&origin);
        if let Some(settlement) = repeated(key.as_ref(), &used, job.as_ref()) {
            settlements.push(settlement);
            continue;
        }
        entries.turn_to(origin);
        match run(job.as_mut(), &mut world, &mut entries, now)? {
            Ran::Refused => {}
            Ran::Decided(answer) => {
                changed = true;
                if let (Some(key), Some(request)) = (key, job.request()) {
                    let (method, digests) = (request.method.to_owned(), request.digests.clone());
                    used.insert(key, Use { method, digests, answer });
                }
            }
        }
        settlements.push(Settlement::AsRun);
    }

    if changed {
        world.flush(tx).await?;
        entries.flush(tx).await?;
        request::keep(tx, used.into_iter().filter(|(key, _)| !before.contains(key)), now).await?;
    }
    Ok(Outcome { settlements, changed })
}

/// The answer to a request that has had one, in an earlier group or earlier in this one.
fn repeated<W: World>(key: Option<&Key>, used: &BTreeMap<Key, Use>, job: &dyn Job<W>) -> Option<Settlement> {
    let earlier = used.get(key?)?;
    Some(match earlier.repeated_by(job.request()?) {
        Ok(()) => Settlement::Kept(earlier.answer.clone()),
        Err(fields) => Settlement::Reused(fields),
    })
}

fn run<W: World>(
    job: &mut dyn Job<W>,
    world: &mut W,
    entries: &mut Entries<'_>,
    now: Timestamp,
) -> Result<Ran, Fault> {
    let (changes, recorded) = (world.changes(), entries.len());
    // The world is thrown away with the transaction after a panic, so nobody sees what it left half done.
    let ran = catch_unwind(AssertUnwindSafe(|| job.run(world, entries, now))).map_err(|_| Fault::Spoilt)?;
    match ran {
        Ran::Decided(_) => Ok(ran),
        Ran::Refused if world.changes() == changes && entries.len() == recorded => Ok(ran),
        Ran::Refused => {
            tracing::error!("a command changed the world and then refused");
            Err(Fault::Spoilt)
        }
    }
}
