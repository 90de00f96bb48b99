//! Following changes as they happen.

use clap::Args;
use futures::StreamExt as _;
use redress_proto::complaints::v1::{
    WatchComplaintsRequest, WatchComplaintsResponse, complaint_service_client::ComplaintServiceClient,
};
use tonic::Status;

use crate::{
    client::{Failure, retry},
    present::{json, list},
};

use super::{Session, session::say};

/// Follow changes as they happen.
#[derive(Args, Debug)]
pub struct Watch {
    /// Position after which to start; give the last one you saw to go on from there
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(i64).range(0..), value_name = "POSITION")]
    pub after: i64,
    /// Stop after this many changes
    #[arg(long, value_name = "NUMBER")]
    pub limit: Option<u64>,
}

impl Watch {
    /// Follows them, across restarts of the suite, until interrupted: that is how it is meant to end.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        tokio::select! {
            ended = self.follow(session) => ended,
            interrupted = tokio::signal::ctrl_c() => {
                interrupted.map_err(|error| Failure::Fault(format!("signals cannot be received: {error}")))
            }
        }
    }

    async fn follow(&self, session: &Session) -> Result<(), Failure> {
        let mut after_position = self.after;
        let mut seen = 0;
        let mut attempt = 1;
        loop {
            let question = WatchComplaintsRequest { after_position };
            let opened = session
                .link
                .open(question, async |stub, request| {
                    ComplaintServiceClient::new(stub).watch_complaints(request).await
                })
                .await;
            let status = match opened {
                Err(status) => status,
                Ok(mut changes) => loop {
                    match changes.next().await {
                        None => return Ok(()),
                        Some(Err(status)) => break status,
                        Some(Ok(change)) => {
                            attempt = 1;
                            after_position = change.position;
                            if show(session, &change)? {
                                seen += 1;
                            }
                            if self.limit.is_some_and(|limit| seen >= limit) {
                                return Ok(());
                            }
                        }
                    }
                },
            };
            wait(session, attempt, &status).await?;
            attempt += 1;
        }
    }
}

/// Waits for a suite that went away for a while. A stream that ended in another way stays ended.
async fn wait(session: &Session, attempt: u32, status: &Status) -> Result<(), Failure> {
    match session.link.pause(attempt, status, session.link.deadline()) {
        None => Err(session.link.failure(status)),
        Some(time) => {
            retry::wait(time).await;
            Ok(())
        }
    }
}

/// Shows a change; says whether there was anything to see.
fn show(session: &Session, change: &WatchComplaintsResponse) -> Result<bool, Failure> {
    if session.json {
        say(&json::of(change)?.to_string())?;
        return Ok(change.complaint.is_some());
    }
    match list::change(session.screen, change) {
        None => Ok(false),
        Some(line) => say(&line).map(|()| true),
    }
}
