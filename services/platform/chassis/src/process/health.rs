//! What the process says of itself: whether it takes calls, to balancers by `grpc.health.v1` and to operators by readiness.

use std::{sync::Arc, time::Duration};

use redress_store::Db;
use tokio::{sync::Mutex, time::timeout};
use tokio_util::sync::CancellationToken;
use tonic_health::{ServingStatus, server::HealthReporter};

use super::Readiness;
use crate::{gate::Gate, tasks::Tasks};

/// How often a database without room is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// Tells both the same.
#[derive(Clone)]
pub(super) struct Health {
    readiness: Readiness,
    reporter: HealthReporter,
    names: Arc<[&'static str]>,
    /// Who tells looks and tells in one go, so that the last word is the newest.
    turn: Arc<Mutex<()>>,
}

impl Health {
    /// The health of services by these names, which do not serve yet.
    pub(super) fn new(readiness: Readiness, reporter: HealthReporter, names: &[&'static str]) -> Self {
        // The empty name stands for the process.
        let names = names.iter().copied().chain([""]).collect();
        Self { readiness, reporter, names, turn: Arc::default() }
    }

    /// Says that the process takes calls.
    pub(super) async fn begin(&self) {
        self.readiness.begin();
        self.tell().await;
    }

    /// Says so once every service may be called, which may be never.
    pub(super) async fn begin_once_open(self, gates: Vec<(&'static str, Gate)>, stopping: CancellationToken) {
        for (_, gate) in gates {
            tokio::select! {
                () = gate.opened() => {}
                () = stopping.cancelled() => return,
            }
        }
        self.begin().await;
    }

    /// Says that the process takes no more calls; it never does again.
    pub(super) async fn end(&self) {
        self.readiness.end();
        self.tell().await;
    }

    /// Says that the process takes no calls for as long as `database` has no room (reliability T10): what it could not keep is
    /// better asked of another replica, or later.
    pub(super) fn watch_room(&self, tasks: &Tasks, service: &'static str, database: Db) {
        let (health, stopping) = (self.clone(), tasks.stopping().clone());
        tasks.start(async move {
            loop {
                tokio::select! {
                    () = stopping.cancelled() => return,
                    () = database.full() => {}
                }
                tracing::error!(service, "a database has no room left: no calls are taken until it has");
                health.readiness.full(true);
                health.tell().await;
                while !tried(&database).await {
                    if timeout(TRY_AGAIN, stopping.cancelled()).await.is_ok() {
                        return;
                    }
                }
                tracing::info!(service, "the database has room again");
                health.readiness.full(false);
                health.tell().await;
            }
        });
    }

    /// Says how it is.
    pub(super) async fn tell(&self) {
        let _turn = self.turn.lock().await;
        let ready = self.readiness.is_ready();
        let status = if ready { ServingStatus::Serving } else { ServingStatus::NotServing };
        for name in self.names.iter() {
            self.reporter.set_service_status(*name, status).await;
        }
    }
}

async fn tried(database: &Db) -> bool {
    match database.has_room().await {
        Ok(room) => room,
        Err(error) => {
            tracing::warn!(%error, "it could not be tried whether the database has room");
            false
        }
    }
}
