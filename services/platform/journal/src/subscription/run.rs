//! The life of a subscription.

use tokio_util::sync::CancellationToken;

use super::{Fault, Handler, Source, Standing, Subscription, backoff};

impl<S: Source, H: Handler> Subscription<S, H> {
    /// Follows the source until `stop`. A transaction that has begun is finished.
    pub async fn run(mut self, stop: CancellationToken) {
        self.stop = stop.clone();
        let mut failures = 0;
        while !stop.is_cancelled() {
            let (news_after, pause) = match self.step().await {
                Ok(done) if done.handled + done.held > 0 => {
                    failures = 0;
                    continue;
                }
                Ok(done) => {
                    failures = 0;
                    // News of a source that is not trusted are of no interest, and it may have them at once, again and again.
                    let heeded = done.standing == Standing::Following;
                    (heeded.then_some(done.position), self.settings.timer)
                }
                Err(Fault::Stopping) => return,
                Err(fault) => {
                    failures += 1;
                    tracing::warn!(error = %fault, source = self.source.name(), "a source was not followed");
                    let (first, longest) = (self.settings.first_pause, self.settings.longest_rest);
                    (None, backoff::pause(failures, first, longest, (self.parts.draw)()))
                }
            };
            tokio::select! {
                () = self.source.wait(news_after.unwrap_or(i64::MAX)), if news_after.is_some() => {}
                () = rest(pause) => {}
                () = stop.cancelled() => {}
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the caller waits for news and for the stop beside it")]
async fn rest(time: std::time::Duration) {
    tokio::time::sleep(time).await;
}
