//! Whether two people are two, and each asks in person (reliability D13, D14).

use crate::{Actor, Refusal, refusal::Subject};

/// Whether whoever asks may agree with what `first` proposed: another person, in person.
pub(crate) fn independent(
    subject: Subject,
    first: &Actor,
    second: &Actor,
    by_delegate: bool,
) -> Result<(), Refusal> {
    apart(subject, first, second)?;
    if by_delegate { Err(Refusal::NotIndependent { subject: subject.name() }) } else { Ok(()) }
}

/// Whether two people are two. One who calls himself otherwise is the same (reliability D14).
pub(crate) fn apart(subject: Subject, first: &Actor, second: &Actor) -> Result<(), Refusal> {
    if first.subject == second.subject {
        return Err(Refusal::SamePerson { subject });
    }
    if first.is_alias_of(second) {
        return Err(Refusal::NotIndependent { subject: subject.name() });
    }
    Ok(())
}
