//! Complaints with the Independent Case Examiner: the case, its letters, its charge, its figures.

mod case;
mod charge;
mod correspondence;
mod figures;

use clap::Subcommand;

use crate::{client::Failure, command::Session};

/// What to do with cases at the examiner.
#[derive(Debug, Subcommand)]
pub enum Ice {
    /// Say whether the person has a right to go to the examiner
    Right(case::Right),
    /// Record that the examiner has a complaint
    Open(case::Open),
    /// Show a case with its letters, its report and its standing
    Show(case::Show),
    /// List cases, newest first
    List(case::List),
    /// Confirm to the examiner which steps were done
    Confirm(case::Confirm),
    /// Record that the examiner took a case
    Accept(case::Accept),
    /// Record what the examiner does next
    Advance(case::Advance),
    /// Send the examiner all papers of the complaint
    Send(case::Send),
    /// Log a letter from the examiner
    Receive(correspondence::Receive),
    /// Record that a letter was answered
    Answer(correspondence::Answer),
    /// List letters by the day they are due
    Due(correspondence::Due),
    /// Raise the charge for an upheld complaint, as the department
    Charge(charge::Raise),
    /// Add up the ledger of charges, as the department
    Ledger(charge::Ledger),
    /// Save the figures of an ICE year as CSV, JSON or a page to print
    Figures(figures::Save),
}

impl Ice {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Right(right) => right.run(session).await,
            Self::Open(open) => open.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
            Self::Confirm(confirm) => confirm.run(session).await,
            Self::Accept(accept) => accept.run(session).await,
            Self::Advance(advance) => advance.run(session).await,
            Self::Send(send) => send.run(session).await,
            Self::Receive(receive) => receive.run(session).await,
            Self::Answer(answer) => answer.run(session).await,
            Self::Due(due) => due.run(session).await,
            Self::Charge(raise) => raise.run(session).await,
            Self::Ledger(ledger) => ledger.run(session).await,
            Self::Figures(save) => save.run(session).await,
        }
    }
}
