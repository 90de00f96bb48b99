//! The tasks a process is made of, and what becomes of it when one of them fails.

use std::{future::Future, io, panic::AssertUnwindSafe};

use futures::FutureExt as _;
use redress_journal::Sequencer;
use redress_store::Db;
use tokio::{sync::watch, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{service::Background, tasks::Tasks};

/// The listener's tasks, and those that outlive the calls.
pub(super) struct Handles {
    server: JoinSet<()>,
    rest: JoinSet<()>,
}

impl Handles {
    /// Starts them. None of them ends before it is told to; one that does is a failure.
    pub(super) fn spawn(
        failures: &Failures,
        server: impl Future<Output = Result<(), tonic::transport::Error>> + Send + 'static,
        gate: impl Future<Output = ()> + Send + 'static,
        operators: impl Future<Output = io::Result<()>> + Send + 'static,
        sequencers: Vec<Sequencer>,
        (draining, ending): (&CancellationToken, &CancellationToken),
    ) -> Self {
        let (mut serving, mut rest) = (JoinSet::new(), JoinSet::new());
        let server = async move { server.await.map_err(|error| error.to_string()) };
        serving.spawn(failures.watched("the listener", draining, server));
        rest.spawn(failures.watched("the door", draining, async {
            gate.await;
            Ok(())
        }));
        let operators = async move { operators.await.map_err(|error| error.to_string()) };
        rest.spawn(failures.watched("the operators' listener", ending, operators));
        for sequencer in sequencers {
            let run = sequencer.run(ending.clone());
            rest.spawn(failures.watched("a sequencer", ending, async {
                run.await;
                Ok(())
            }));
        }
        Self { server: serving, rest }
    }

    /// Waits until every connection has been hung up.
    pub(super) async fn server(&mut self) {
        while self.server.join_next().await.is_some() {}
    }

    /// Waits for the rest.
    pub(super) async fn rest(&mut self) {
        while self.rest.join_next().await.is_some() {}
    }
}

/// What the process cannot do without.
#[derive(Clone, Default)]
pub(super) struct Failures(watch::Sender<Option<String>>);

impl Failures {
    /// Runs the services' background work, and watches the databases.
    pub(super) fn watch(
        &self,
        tasks: &Tasks,
        works: Vec<(&'static str, Background)>,
        databases: &[(Db, Db)],
    ) {
        for (name, work) in works {
            let work = async move { work.await.map_err(|error| error.to_string()) };
            tasks.start(self.watched(name, tasks.stopping(), work));
        }
        for (database, keys) in databases {
            self.watch_database(tasks, database.clone());
            self.watch_database(tasks, keys.clone());
        }
    }

    /// Runs what a restore left to do. It ends when it is done; an error is a failure of the process.
    pub(super) fn replay(&self, tasks: &Tasks, replays: Vec<Background>) {
        for replay in replays {
            let failures = self.clone();
            tasks.start(async move {
                if let Err(error) = replay.await {
                    tracing::error!(error = %error, "what was erased could not be erased again");
                    failures.tell("erasing again after a restore failed".to_owned());
                }
            });
        }
    }

    /// A database whose storage failed must not be used any more (reliability 5.1).
    fn watch_database(&self, tasks: &Tasks, database: Db) {
        let (failures, stopping) = (self.clone(), tasks.stopping().clone());
        tasks.start(async move {
            tokio::select! {
                () = stopping.cancelled() => {}
                cause = database.broken() => failures.tell(format!("the storage of a database failed ({cause})")),
            }
        });
    }

    /// `work`, whose end before `stop`, by itself, by an error or by a panic, is a failure of the process.
    fn watched<W>(
        &self,
        name: &'static str,
        stop: &CancellationToken,
        work: W,
    ) -> impl Future<Output = ()> + Send + use<W>
    where
        W: Future<Output = Result<(), String>> + Send,
    {
        let (failures, stop) = (self.clone(), stop.clone());
        async move {
            let ended = AssertUnwindSafe(work).catch_unwind().await;
            if let Ok(Err(error)) = &ended {
                tracing::error!(name, error, "a part of the process failed");
            }
            if !stop.is_cancelled() {
                failures.tell(format!("{name} ended"));
            }
        }
    }

    fn tell(&self, what: String) {
        self.0.send_if_modified(|first| {
            let news = first.is_none();
            first.get_or_insert(what);
            news
        });
    }

    /// Resolves with the first failure.
    pub(super) async fn first(&self) -> String {
        let mut watching = self.0.subscribe();
        let seen = watching.wait_for(Option::is_some).await.ok().and_then(|first| first.clone());
        match seen {
            Some(what) => what,
            None => std::future::pending().await,
        }
    }
}
