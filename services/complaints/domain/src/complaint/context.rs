//! What a rule may look at besides the state: time, actor, policy, and facts of other aggregates.

use jiff::{Timestamp, civil::Date};
use redress_policy::{Calendars, Library, Pack, library::Choice};

use super::{ProcedureSnapshot, letter::LetterFacts};
use crate::{Actor, ComplaintId, DocumentId, Refusal, participant, supply_chain};

/// What a rule may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present instant.
    pub now: Timestamp,
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// The pack pinned on the case. For `Register` the one that [`pack_for`] chose, for `RepinPack` the one to be pinned.
    pub pack: &'a Pack,
    /// Bank holidays, with the days on which each came to be known.
    pub calendars: &'a Calendars,
    /// Facts of other aggregates that the command needs.
    pub facts: Facts<'a>,
}

/// Facts of other aggregates. What is left out counts against the command: it is refused, never waved through.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// For `Register`: what the complaint refers to.
    pub intake: Intake<'a>,
    /// For `RecordReceipt`: the chain of the contract. For `Register` the same.
    pub chain: Option<&'a supply_chain::Chain>,
    /// For `AssignHandler`: opaque ids of the people complained about (CMP-27).
    pub persons_complained_about: &'a [String],
    /// For `CompleteStep` and `Withdraw`: the documents on file that may serve as evidence.
    pub documents: &'a [DocumentId],
    /// For `IssueFinalResponse`: what the text was found to say, by [`super::letter::check`].
    pub letter: LetterFacts,
}

/// What a new complaint refers to, as it stands on the day of receipt; none where the caller sees no such thing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Intake<'a> {
    /// The contract.
    pub contract: Option<&'a supply_chain::contract::Contract>,
    /// The participant.
    pub participant: Option<&'a participant::Participant>,
    /// The procedure of the working organisation in force on the day of receipt.
    pub procedure: Option<&'a ProcedureSnapshot>,
    /// A complaint already registered under the same reference, or in the same words for the same person and day.
    pub existing: Option<ComplaintId>,
}

/// The pack to pin on a complaint received on `received_on` under `contract`: the contract's date decides which guidance
/// binds, the day of receipt which version of it (XCT-01, Q19).
pub fn pack_for<'a>(
    library: &'a Library,
    contract: &supply_chain::contract::Contract,
    received_on: Date,
) -> Result<Choice<'a>, Refusal> {
    Ok(library.choose(&contract.programme, contract.effective_on, received_on)?)
}
