//! What the rules of a record may look at besides the state.

use jiff::civil::Date;
use redress_policy::{Calendars, Pack};

use crate::{Actor, contract::ContractFacts, erasure::Granted};

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
    /// Bank holidays.
    pub calendars: &'a Calendars,
}
