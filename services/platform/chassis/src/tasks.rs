//! Work that must run to its end even when the caller goes away (fact 0.2).

use std::{future::Future, panic::resume_unwind};

use tokio::task::{JoinError, JoinHandle};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::Instrument as _;

/// Starts tasks that the process waits for before it ends.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stopping: CancellationToken,
}

impl Tasks {
    /// No task yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs `work` in a task of its own and waits for it. When the caller goes away, only the waiting ends: work that
    /// has begun is never cut.
    pub async fn finish<F>(&self, work: F) -> F::Output
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        match self.start(work).await {
            Ok(output) => output,
            Err(error) => surface(error).await,
        }
    }

    /// Starts `work` in the background, in the present span.
    pub fn start<F>(&self, work: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.tracker.spawn(work.in_current_span())
    }

    /// Told when the process wants to end; background work watches it.
    pub fn stopping(&self) -> &CancellationToken {
        &self.stopping
    }

    /// The tracker itself, for what brings tasks of its own.
    pub fn tracker(&self) -> &TaskTracker {
        &self.tracker
    }

    /// How many tasks run.
    pub fn running(&self) -> usize {
        self.tracker.len()
    }

    /// Asks background work to end, takes no more, and waits until all of it is done.
    pub async fn drain(&self) {
        self.stopping.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}

/// A panic of the task goes on as a panic here, where the layer that catches panics sees it. A task is aborted only
/// when the runtime goes away, and then this future goes away too.
async fn surface<T>(error: JoinError) -> T {
    match error.try_into_panic() {
        Ok(panic) => resume_unwind(panic),
        Err(_) => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn work_ends_although_the_caller_went_away() {
        // fact 0.2
        let (tasks, gate, done) = (Tasks::new(), Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
        let mut waiting = Vec::new();
        for _ in 0..100 {
            let (gate, done) = (gate.clone(), done.clone());
            let mut call = Box::pin(tasks.finish(async move {
                gate.notified().await;
                done.fetch_add(1, Ordering::SeqCst);
            }));
            assert!(futures::poll!(call.as_mut()).is_pending());
            waiting.push(call);
        }
        drop(waiting);
        for _ in 0..100 {
            gate.notify_one();
            tokio::task::yield_now().await;
        }
        tasks.drain().await;
        assert_eq!(done.load(Ordering::SeqCst), 100);
    }

    #[tokio::test]
    #[should_panic(expected = "from inside")]
    async fn a_panic_reaches_the_caller() {
        Tasks::new().finish(async { panic!("from inside") }).await;
    }
}
