//! A queue of commands and the task that empties it, group by group.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use redress_store::DbError;
use tokio::{sync::mpsc, time::Instant};

use super::{
    Parts, Settings, World,
    group::{self, Fault},
    job::{Job, Settlement},
};

/// What a shell has done so far.
#[derive(Debug, Default)]
pub struct Tally {
    groups: AtomicU64,
    commands: AtomicU64,
    alone: AtomicU64,
    turned_away: AtomicU64,
}

impl Tally {
    /// Groups carried out.
    pub fn groups(&self) -> u64 {
        self.groups.load(Ordering::Relaxed)
    }

    /// Commands in them; by the number of groups, that is how large groups are.
    pub fn commands(&self) -> u64 {
        self.commands.load(Ordering::Relaxed)
    }

    /// Commands that were tried again alone, after their group lost a race.
    pub fn alone(&self) -> u64 {
        self.alone.load(Ordering::Relaxed)
    }

    /// Commands turned away because too many were waiting.
    pub fn overloaded(&self) -> u64 {
        self.turned_away.load(Ordering::Relaxed)
    }

    pub(super) fn turned_away(&self) {
        self.turned_away.fetch_add(1, Ordering::Relaxed);
    }
}

/// One queue and what works it off.
pub(super) struct Lane<W: World> {
    parts: Parts,
    settings: Settings,
    queue: mpsc::Receiver<Box<dyn Job<W>>>,
    tally: Arc<Tally>,
}

impl<W: World> Lane<W> {
    pub(super) fn new(
        parts: Parts,
        settings: Settings,
        queue: mpsc::Receiver<Box<dyn Job<W>>>,
        tally: Arc<Tally>,
    ) -> Self {
        Self { parts, settings, queue, tally }
    }

    /// Works until the process stops and the queue is empty, or until every handle of the shell is gone.
    pub(super) async fn run(mut self) {
        let stop = self.parts.stop.clone();
        let mut waiting = Vec::with_capacity(self.settings.group);
        loop {
            let taken = tokio::select! {
                // What waits is taken even after the stop.
                biased;
                taken = self.queue.recv_many(&mut waiting, self.settings.group.max(1)) => taken,
                () = stop.cancelled(), if !self.queue.is_closed() => {
                    self.queue.close();
                    continue;
                }
            };
            if taken == 0 {
                return;
            }
            let jobs = in_time(std::mem::take(&mut waiting));
            if !jobs.is_empty() {
                self.together(jobs).await;
            }
        }
    }

    async fn together(&self, mut jobs: Vec<Box<dyn Job<W>>>) {
        self.tally.groups.fetch_add(1, Ordering::Relaxed);
        self.tally.commands.fetch_add(jobs.len() as u64, Ordering::Relaxed);
        match group::carry_out(&self.parts, &mut jobs).await {
            Ok(settlements) => settle(jobs, settlements),
            Err(Fault::Spoilt | Fault::Database(DbError::Conflict(_))) => {
                for job in jobs {
                    self.alone(job).await;
                }
            }
            // One bad value must not fail the others: who is at fault shows when each is alone.
            Err(Fault::Database(DbError::Refused(_) | DbError::Inconsistent { .. })) if jobs.len() > 1 => {
                for job in jobs {
                    self.alone(job).await;
                }
            }
            Err(Fault::Database(error)) => {
                for job in jobs {
                    job.settle(Settlement::Failed(error.clone()));
                }
            }
        }
    }

    /// Tries a command by itself, again and again while others are first.
    async fn alone(&self, job: Box<dyn Job<W>>) {
        let mut jobs = vec![job];
        let mut tries = 0;
        loop {
            tries += 1;
            self.tally.alone.fetch_add(1, Ordering::Relaxed);
            let settlement = match group::carry_out(&self.parts, &mut jobs).await {
                Ok(settlements) => return settle(jobs, settlements),
                Err(Fault::Database(DbError::Conflict(_))) if tries < self.settings.retries => continue,
                Err(Fault::Database(error)) => Settlement::Failed(error),
                Err(Fault::Spoilt) => Settlement::Panicked,
            };
            return settle(jobs, vec![settlement]);
        }
    }
}

/// Turns away those whose callers no longer wait.
fn in_time<W: World>(waiting: Vec<Box<dyn Job<W>>>) -> Vec<Box<dyn Job<W>>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a deadline is a point on this clock, whatever the date is"
    )]
    let now = Instant::now();
    let (late, jobs): (Vec<_>, Vec<_>) =
        waiting.into_iter().partition(|job| job.deadline().is_some_and(|deadline| deadline <= now));
    for job in late {
        job.settle(Settlement::TooLate);
    }
    jobs
}

fn settle<W: World>(jobs: Vec<Box<dyn Job<W>>>, settlements: Vec<Settlement>) {
    for (job, settlement) in jobs.into_iter().zip(settlements) {
        job.settle(settlement);
    }
}
