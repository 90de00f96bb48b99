//! Complaints with the Independent Case Examiner: the case, its letters, its charge, its figures.

mod account;
mod case;
mod charge;
mod correspondence;
mod ending;
mod figures;
mod gateway;
mod recovery;
mod report;

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
    /// Record that the examiner did not take a case
    Decline(gateway::Decline),
    /// Record that the examiner has steps done again
    Revisit(gateway::Revisit),
    /// Record what the examiner does next
    Advance(case::Advance),
    /// Send the examiner all papers of the complaint
    Send(case::Send),
    /// List the papers of a complaint, and which may go to the examiner
    Papers(account::Papers),
    /// Give the provider's account at the present stage
    Account(account::Account),
    /// Record that the person and the provider agreed
    Agree(ending::Agree),
    /// Record the examiner's report
    Report(report::Record),
    /// Work recommendations
    #[command(subcommand)]
    Recommendation(report::Recommendations),
    /// Record that the person withdrew
    Withdraw(ending::Withdraw),
    /// Record that the examiner closed a case
    Close(ending::Close),
    /// Log a letter from the examiner
    Receive(correspondence::Receive),
    /// Record that a letter was answered
    Answer(correspondence::Answer),
    /// List letters by the day they are due
    Due(correspondence::Due),
    /// Raise the charge for an upheld complaint, as the department
    Charge(charge::Raise),
    /// Excuse, pay or take back a charge, and close years
    #[command(subcommand)]
    Recovery(recovery::Recovery),
    /// Add up the ledger of charges, as the department
    Ledger(charge::Ledger),
    /// Show the figures of an ICE year, or save them as CSV, JSON, a page to print or a PDF
    Figures(figures::Figures),
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
            Self::Decline(decline) => decline.run(session).await,
            Self::Revisit(revisit) => revisit.run(session).await,
            Self::Advance(advance) => advance.run(session).await,
            Self::Send(send) => send.run(session).await,
            Self::Papers(papers) => papers.run(session).await,
            Self::Account(account) => account.run(session).await,
            Self::Agree(agree) => agree.run(session).await,
            Self::Report(record) => record.run(session).await,
            Self::Recommendation(recommendations) => recommendations.run(session).await,
            Self::Withdraw(withdraw) => withdraw.run(session).await,
            Self::Close(close) => close.run(session).await,
            Self::Receive(receive) => receive.run(session).await,
            Self::Answer(answer) => answer.run(session).await,
            Self::Due(due) => due.run(session).await,
            Self::Charge(raise) => raise.run(session).await,
            Self::Recovery(recovery) => recovery.run(session).await,
            Self::Ledger(ledger) => ledger.run(session).await,
            Self::Figures(figures) => figures.run(session).await,
        }
    }
}
