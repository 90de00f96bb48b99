//! Requests of people to be erased: received, referred to the data protection office, decided, read.

mod deciding;
mod reading;

use clap::Subcommand;

use crate::{client::Failure, command::Session};

/// What to do with requests to be erased.
#[derive(Debug, Subcommand)]
pub enum Erasure {
    /// Record that a person asked, and make the holding reply
    Receive(deciding::Receive),
    /// Record the reference that the data protection office gave
    Refer(deciding::Refer),
    /// Decide that the person is erased, and make the answer
    Grant(deciding::Grant),
    /// Decide that the person is kept, with the ground, and make the answer
    Refuse(deciding::Refuse),
    /// Show one: where it stands, and by when the answer is promised
    Show(reading::Show),
    /// List them, newest first
    List(reading::List),
    /// Print the holding reply, or the answer
    Letter(reading::Letter),
}

impl Erasure {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Receive(receive) => receive.run(session).await,
            Self::Refer(refer) => refer.run(session).await,
            Self::Grant(grant) => grant.run(session).await,
            Self::Refuse(refuse) => refuse.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
            Self::Letter(letter) => letter.run(session).await,
        }
    }
}
