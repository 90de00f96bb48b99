//! What the passing of time demands of an examination. Whoever fires it may do so late, early or twice.

use jiff::civil::Date;

use super::{Command, IceLetter, State};

/// The commands that are due on `today`, in the order in which they came due.
pub fn due(state: &State, today: Date) -> Vec<Command> {
    let mut late: Vec<&IceLetter> = waiting(state).filter(|letter| letter.is_late(today)).collect();
    late.sort_by_key(|letter| (letter.due_on, letter.id));
    late.into_iter().map(|letter| Command::FlagOverdue { letter: letter.id }).collect()
}

/// The first day on which something is due, past days included; none when time alone will change nothing.
pub fn wake_on(state: &State) -> Option<Date> {
    waiting(state).filter_map(|letter| letter.due_on?.tomorrow().ok()).min()
}

fn waiting(state: &State) -> impl Iterator<Item = &IceLetter> {
    let letters = state.case().map(|case| case.file.letters.as_slice()).unwrap_or_default();
    letters.iter().filter(|letter| letter.is_open() && !letter.overdue && !letter.not_needed_yet)
}
