//! What a rule may look at besides the state: time, policy, and what is known of the complaint.

use jiff::civil::Date;
use redress_policy::{Calendars, Pack};

use crate::{CaseRecord, ExaminationId, OrganisationId, ProcedureId};

/// What a rule may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// The pack pinned on the complaint.
    pub pack: &'a Pack,
    /// Bank holidays, with the days on which each came to be known.
    pub calendars: &'a Calendars,
    /// What is known from elsewhere.
    pub facts: Facts<'a>,
}

/// What is known from elsewhere. What is left out counts against the command: it is refused, never waved through.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// The complaint's own record; none where the caller sees no such complaint.
    pub record: Option<&'a CaseRecord>,
    /// Holder of the contract.
    pub holder: Option<OrganisationId>,
    /// Tier of the organisation that works the complaint, 0 for the prime.
    pub tier: u8,
    /// Another examination of the same complaint that is live.
    pub live: Option<ExaminationId>,
    /// Versions of procedures of the contract, for a recommendation that changed one.
    pub procedures: &'a [ProcedureId],
}
