//! Where a record stands. What is kept stands where its dates and the day put it.

use super::{CommandKind, Context, State, Term, retention};
use crate::{Refusal, anonymised::Method};

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StageName {
    /// Not registered.
    Unregistered,
    /// Kept; nothing has set its clock running.
    Active,
    /// Kept; its term runs.
    RetentionRunning,
    /// Past its term.
    Due,
    /// Its destruction is ordered.
    DisposalOrdered,
    /// Gone.
    Destroyed,
    /// In an anonymised set; the original is gone.
    Anonymised,
}

impl StageName {
    /// Every stage, in the order of a record's life.
    pub const ALL: [Self; 7] = [
        Self::Unregistered,
        Self::Active,
        Self::RetentionRunning,
        Self::Due,
        Self::DisposalOrdered,
        Self::Destroyed,
        Self::Anonymised,
    ];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unregistered => "UNREGISTERED",
            Self::Active => "ACTIVE",
            Self::RetentionRunning => "RETENTION_RUNNING",
            Self::Due => "DUE",
            Self::DisposalOrdered => "DISPOSAL_ORDERED",
            Self::Destroyed => "DESTROYED",
            Self::Anonymised => "ANONYMISED",
        }
    }
}

/// The stage of a record on the day of the context.
///
/// # Errors
/// Refuses a day outside the civil calendar.
pub fn stage(state: &State, context: &Context<'_>) -> Result<StageName, Refusal> {
    Ok(match state {
        State::Unregistered => StageName::Unregistered,
        State::Kept(file) => match retention(file, context)? {
            Term::None(_) => StageName::Active,
            Term::Ends { due_from, .. } if context.today < due_from => StageName::RetentionRunning,
            Term::Ends { .. } => StageName::Due,
        },
        State::Ordered(_) => StageName::DisposalOrdered,
        State::Destroyed(tombstone) => match tombstone.method {
            Method::Destroy => StageName::Destroyed,
            Method::Anonymise => StageName::Anonymised,
        },
    })
}

/// The stages in which a command may be accepted.
pub const fn allowed(kind: CommandKind) -> &'static [StageName] {
    match kind {
        CommandKind::Register => &[StageName::Unregistered],
        // That of a case is noted while the order may still be taken back.
        CommandKind::PlaceHold => {
            &[StageName::Active, StageName::RetentionRunning, StageName::Due, StageName::DisposalOrdered]
        }
        CommandKind::AddPart
        | CommandKind::RecordPayment
        | CommandKind::ReviewHold
        | CommandKind::ReleaseHold
        | CommandKind::ReviewAnonymity => &[StageName::Active, StageName::RetentionRunning, StageName::Due],
        // What time, cases and the ledger bring is never an error: where nothing is left to do, nothing is done.
        CommandKind::Attribute | CommandKind::ReleaseMatter | CommandKind::Look | CommandKind::Replay => &[
            StageName::Active,
            StageName::RetentionRunning,
            StageName::Due,
            StageName::DisposalOrdered,
            StageName::Destroyed,
            StageName::Anonymised,
        ],
        CommandKind::Order => &[StageName::Due],
        CommandKind::Recall => &[StageName::DisposalOrdered],
        CommandKind::RecordCarriedOut => {
            &[StageName::DisposalOrdered, StageName::Destroyed, StageName::Anonymised]
        }
    }
}
