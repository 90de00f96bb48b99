//! Records: what is kept, until when and why, what holds it, and how it ends.

mod control;
mod disposal;
mod ending;
mod hold;
mod part;
mod reading;
mod record;
mod schedule;
pub mod simulate;

use clap::Subcommand;

use crate::{client::Failure, command::Session};

/// What to do with records.
#[derive(Debug, Subcommand)]
pub enum Retention {
    /// List what is due to be disposed of, or will be by a day, the longest due first
    Due(reading::Due),
    /// List records, newest first
    List(reading::List),
    /// Show a record with its dates, parts, holds and payments
    Show(reading::Show),
    /// Derive the last day of a record's term from its rule, day by day
    Why(reading::Why),
    /// Say what another pack, end or agreed period would do to the records of a contract; nothing is changed
    Simulate(simulate::Simulate),
    /// How long the records of a contract are kept: change it at once where nothing ends sooner, else by two people
    #[command(subcommand)]
    Schedule(schedule::Schedule),
    /// Register a record, with what is to be kept with it
    Register(record::Register),
    /// Add a file of any size to a record; it shares the dates and holds of the record
    Add(part::Add),
    /// Save what lies with a record; the read is recorded
    Save(part::Save),
    /// Tell of a payment for a report, or correct what was told
    Payment(record::Tell),
    /// Record that you judged again whether a set of anonymised reports is anonymous
    Judge(record::Judge),
    /// Reasons to keep a record whatever its date
    #[command(subcommand)]
    Hold(hold::Hold),
    /// End records that are due: one person proposes, another approves
    #[command(subcommand)]
    Dispose(disposal::Dispose),
    /// Save the certificate of a disposal, which anyone can check with `redress verify`
    Certificate(disposal::Save),
    /// Say whether anything is destroyed at all, and why not
    Switch(control::Show),
    /// Stop all destruction at once; one person is enough
    Stop(control::Stop),
    /// Let destruction go on, as another person than the one who stopped it; it cannot be undone
    GoOn(control::GoOn),
    /// Confirm the date after the clock jumped; it cannot be undone
    ConfirmDate(control::ConfirmDate),
}

impl Retention {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Due(due) => due.run(session).await,
            Self::List(list) => list.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::Why(why) => why.run(session).await,
            Self::Simulate(simulate) => simulate.run(session).await,
            Self::Schedule(schedule) => schedule.run(session).await,
            Self::Register(register) => register.run(session).await,
            Self::Add(add) => add.run(session).await,
            Self::Save(save) => save.run(session).await,
            Self::Payment(tell) => tell.run(session).await,
            Self::Judge(judge) => judge.run(session).await,
            Self::Hold(hold) => hold.run(session).await,
            Self::Dispose(dispose) => dispose.run(session).await,
            Self::Certificate(save) => save.run(session).await,
            Self::Switch(show) => show.run(session).await,
            Self::Stop(stop) => stop.run(session).await,
            Self::GoOn(go_on) => go_on.run(session).await,
            Self::ConfirmDate(confirm) => confirm.run(session).await,
        }
    }
}
