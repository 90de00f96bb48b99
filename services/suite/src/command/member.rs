//! Letters of elected members and peers: to whom they belong, and what is answered when.

mod answer;
mod place;
mod reading;

use clap::Subcommand;

use crate::{client::Failure, command::Session};

/// What to do with letters of elected members.
#[derive(Debug, Subcommand)]
pub enum Member {
    /// Show a letter: its dates, who answers it, and the complaint it opened
    Show(reading::Show),
    /// List letters, newest first
    List(reading::List),
    /// Name the person who answers a letter
    Assign(place::Assign),
    /// Give a letter to the organisation that it belongs to
    Transfer(place::Transfer),
    /// Record that the participant consents to the member's acting
    Authority(place::Authority),
    /// Record the holding reply, which says sorry, why, and until when; it cannot be undone
    Holding(answer::Holding),
    /// Record the reply to the member's office; it cannot be undone
    Reply(answer::Reply),
    /// Close a letter that was answered
    Close(answer::Close),
}

impl Member {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
            Self::Assign(assign) => assign.run(session).await,
            Self::Transfer(transfer) => transfer.run(session).await,
            Self::Authority(authority) => authority.run(session).await,
            Self::Holding(holding) => holding.run(session).await,
            Self::Reply(reply) => reply.run(session).await,
            Self::Close(close) => close.run(session).await,
        }
    }
}
