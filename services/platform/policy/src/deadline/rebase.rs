//! A new bank holiday after a limit was set (Q17, L03): open clocks move to the later date, never to an earlier one.

use super::Computed;

/// What a new computation does to a limit that was set before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rebased {
    /// The limit stands; either nothing changed, or the new date would be earlier.
    Stands,
    /// The limit moves to the later date. The old one is kept by whoever records it.
    Later(Box<Computed>),
}

/// Compares the limit that was set with a new computation of the same clock from the same start.
pub fn rebase(set: &Computed, again: Computed) -> Rebased {
    if again.due_on > set.due_on { Rebased::Later(Box::new(again)) } else { Rebased::Stands }
}
