//! A process that takes calls, and how it ends.

use std::{future::Future, net::SocketAddr, time::Duration};

use redress_store::Db;
use tokio::{task::JoinHandle, time::timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    health::Health,
    work::{Failures, Handles},
};
use crate::{config::Limits, tasks::Tasks, telemetry::Metrics};

/// How long peers may take to read their last answers and hang up.
const GOODBYE: Duration = Duration::from_secs(1);
/// How long tasks may take to end after the calls have.
const TASKS_END: Duration = Duration::from_secs(10);
/// How long the journal may take to give the last entries their position.
const JOURNAL_ENDS: Duration = Duration::from_secs(10);

/// A process that takes calls. Dropping it without [`Running::shutdown`] leaves its tasks to the runtime.
pub struct Running {
    pub(super) address: SocketAddr,
    pub(super) admin_address: SocketAddr,
    pub(super) metrics: Metrics,
    pub(super) tasks: Tasks,
    pub(super) failures: Failures,
    pub(super) health: Health,
    pub(super) limits: Limits,
    /// Ends the accepting of connections.
    pub(super) accepting: CancellationToken,
    /// Sends GOAWAY and ends streams.
    pub(super) draining: CancellationToken,
    /// The calls that run.
    pub(super) calls: TaskTracker,
    /// Ends what serves the rest: journal and operators.
    pub(super) ending: CancellationToken,
    pub(super) handles: Handles,
    pub(super) databases: Vec<(Db, Db)>,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Everything that had begun was finished.
    Whole,
    /// Something did not finish in its time.
    Cut,
}

impl Running {
    /// Where it takes calls.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it answers operators.
    pub const fn admin_address(&self) -> SocketAddr {
        self.admin_address
    }

    /// What it measures.
    pub const fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Runs `work` beside the process, for as long as it lives.
    pub(super) fn beside(&self, work: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
        let stopping = self.draining.clone();
        self.tasks.start(async move {
            tokio::select! {
                () = work => {}
                () = stopping.cancelled() => {}
            }
        })
    }

    /// Resolves when something the process cannot do without has failed, with what it was.
    pub async fn failed(&self) -> String {
        self.failures.first().await
    }

    /// Ends the process: health says so first, then no connection is taken, then what runs is finished, in the order in
    /// which one thing needs the other.
    pub async fn shutdown(mut self) -> Ended {
        self.health.end().await;
        if !self.limits.pre_drain.is_zero() {
            // Balancers look every now and then; until they have, calls still come and are answered.
            let _ = timeout(self.limits.pre_drain, std::future::pending::<()>()).await;
        }
        self.draining.cancel();
        self.accepting.cancel();
        // A peer that never hangs up must not hold the end: what counts is that every call has its answer.
        self.calls.close();
        let mut whole = timeout(self.limits.drain, self.calls.wait()).await.is_ok();
        let _ = timeout(GOODBYE, self.handles.server()).await;
        whole &= timeout(TASKS_END, self.tasks.drain()).await.is_ok();
        // The shells are done, so nothing comes that the journal would leave for the next start.
        self.ending.cancel();
        whole &= timeout(JOURNAL_ENDS, self.handles.rest()).await.is_ok();
        for (database, keys) in self.databases {
            database.close().await;
            // Last: what is being finished may still need a key.
            keys.close().await;
        }
        if whole { Ended::Whole } else { Ended::Cut }
    }
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").field("address", &self.address).finish_non_exhaustive()
    }
}
