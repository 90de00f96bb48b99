//! What the rules of a record may look at besides the state.

use jiff::civil::Date;
use redress_policy::{Calendars, Pack};

use super::File;
use crate::{Actor, Hold, contract::ContractFacts, erasure::Granted};

/// What the rules of a record may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// The contract as it is now known.
    pub contract: &'a ContractFacts,
    /// The pack that gives the schedule.
    pub pack: &'a Pack,
    /// The request of the person to be erased, where it was granted.
    pub granted: Option<&'a Granted>,
    /// What holds everything about the person, and what did until lately.
    pub of_person: &'a [Hold],
    /// Bank holidays.
    pub calendars: &'a Calendars,
}

impl Context<'_> {
    /// Every hold on a record: its own, and those of its person.
    pub fn holds<'f>(&'f self, file: &'f File) -> impl Iterator<Item = &'f Hold> {
        file.holds.iter().chain(self.of_person)
    }

    /// Those that stand today. Wherever it is asked whether a record is held, this is the answer.
    pub fn open_holds<'f>(&'f self, file: &'f File) -> impl Iterator<Item = &'f Hold> {
        let today = self.today;
        self.holds(file).filter(move |hold| hold.is_open(today))
    }

    /// Whether there is one.
    pub fn is_held(&self, file: &File) -> bool {
        self.open_holds(file).next().is_some()
    }
}
