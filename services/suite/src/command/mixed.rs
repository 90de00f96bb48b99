//! Complaints against both the provider and Jobcentre Plus: contributions, the one reply of both, and what is left over.

mod contribution;
mod ending;
mod reading;
mod reply;
mod wording;

use clap::Subcommand;

use crate::{client::Failure, command::Session};

/// What to do with complaints against both.
#[derive(Debug, Subcommand)]
pub enum Mixed {
    /// Show one: who waits for whom until when, what was contributed, and the reply
    Show(reading::Show),
    /// List them, newest first
    List(reading::List),
    /// Record that the person was sent to Jobcentre Plus, which leads
    Direct(contribution::Direct),
    /// Ask the provider for its part, as Jobcentre Plus
    Request(contribution::Request),
    /// Send the provider's part
    Contribute(contribution::Contribute),
    /// Propose the wording of the joint reply, as Jobcentre Plus
    Propose(reply::Propose),
    /// Agree to the wording that you have read, as the provider
    Agree(reply::Agree),
    /// Record that the joint reply went out, as Jobcentre Plus; it cannot be undone
    Issue(reply::Issue),
    /// Record that the person is satisfied with the joint reply
    Satisfied(ending::Satisfied),
    /// Record what the joint reply left over
    Residual(ending::Residual),
}

impl Mixed {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
            Self::Direct(direct) => direct.run(session).await,
            Self::Request(request) => request.run(session).await,
            Self::Contribute(contribute) => contribute.run(session).await,
            Self::Propose(propose) => propose.run(session).await,
            Self::Agree(agree) => agree.run(session).await,
            Self::Issue(issue) => issue.run(session).await,
            Self::Satisfied(satisfied) => satisfied.run(session).await,
            Self::Residual(residual) => residual.run(session).await,
        }
    }
}
