//! What the rules of a record may look at besides the state.

use jiff::civil::Date;
use redress_policy::{Calendars, Pack};

use crate::{Actor, contract::ContractFacts};

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
    /// Bank holidays.
    pub calendars: &'a Calendars,
}
