//! The record of an anonymised set, registered in the transaction that orders the originals destroyed: there is never a moment
//! in which both are gone, or in which the set is there and the originals may stay.

use jiff::Timestamp;
use records_retention_domain::{
    Actor, RecordClass, Refusal,
    anonymised::{Method, Set, at_most_until},
    disposal::Proposal,
    record::{Command, Register, State},
};
use redress_journal::append::Entries;
use redress_kernel::Moment;
use redress_policy::Rulebook;

use super::record;
use crate::{
    anonymise::collect::Prepared,
    store::record::{Record, Watched},
    world::World,
};

/// Whether what was prepared is what two people agreed on; nothing to ask where nothing is anonymised.
pub(crate) fn is_as_agreed(proposal: &Proposal, prepared: Option<&Prepared>) -> bool {
    match (proposal.method, &proposal.assessment) {
        (Method::Destroy, _) => true,
        (Method::Anonymise, Some(agreed)) => prepared.is_some_and(|prepared| prepared.assessment == *agreed),
        (Method::Anonymise, None) => false,
    }
}

/// Registers the record of a set.
///
/// # Errors
/// Refuses where the pack has no term for copies.
pub(crate) fn keep(
    prepared: &Prepared,
    proposal: &Proposal,
    rulebook: &Rulebook,
    now: Timestamp,
    world: &mut World,
    entries: &mut Entries<'_>,
) -> Result<(), Refusal> {
    let moment = Moment::at(now);
    let known = world.contracts.get(&proposal.contract);
    let known = known.ok_or_else(|| Refusal::NotFound { name: proposal.contract.name() })?;
    let pack = known.pack.clone();
    let suite = Actor::suite();
    let basis = record::basis(known, world.promises.get(proposal.contract), rulebook)?;
    let context = record::context(&basis, &suite, rulebook, moment);
    let caps = proposal.items.iter().map(|item| at_most_until(item.due_on, &context));
    let caps = caps.collect::<Result<Vec<_>, _>>()?;
    let set = Set {
        anonymised_on: moment.today,
        at_most_until: caps.into_iter().min().unwrap_or(moment.today),
        assessment: prepared.assessment.clone(),
        reviewed_on: None,
        found_wanting: false,
    };
    let register = Register {
        id: prepared.record,
        contract: proposal.contract,
        organisation: proposal.organisation,
        class: RecordClass::AnonymisedReports,
        participant: None,
        complaint: None,
        completed_on: None,
        funded_start_on: None,
        pack,
        parts: prepared.parts.iter().map(|(part, _)| part.clone()).collect(),
        holds: Vec::new(),
        anonymised: Some(Box::new(set)),
    };
    let row = Record {
        id: prepared.record,
        contract: proposal.contract,
        organisation: proposal.organisation,
        participant: None,
        complaint: None,
        class: RecordClass::AnonymisedReports,
        reference: None,
        state: State::Unregistered,
        due_from: None,
        look_on: None,
        watched: Watched::default(),
        key: prepared.parts.first().map(|(_, sealed)| sealed.key),
        version: 0,
        revision: 0,
        created_at: now,
    };
    let command = Command::Register(Box::new(register));
    record::apply(&row, &command, &suite, (rulebook, moment), world, entries)?;
    for (_, sealed) in &prepared.parts {
        world.add_sealed(sealed.clone());
    }
    Ok(())
}
