//! What routing knows of contracts and chains, as its rules see it.

use jiff::civil::Date;
use redress_chain::KnownContract;
use redress_policy::Rulebook;
use routing_domain::{Contract, Refusal};

/// A contract on the day that counts.
///
/// # Errors
/// Refuses where the pack that the contract was recorded with is not known here.
pub(crate) fn on(known: &KnownContract, on: Date, rulebook: &Rulebook) -> Result<Contract, Refusal> {
    Ok(Contract {
        id: known.id,
        programme: known.programme.clone(),
        holder: known.holder,
        // Whoever commissions a contract stands for Jobcentre Plus where none is named.
        jobcentre_plus: known.jobcentre_plus.unwrap_or(known.commissioner),
        division: match known.division {
            Some(division) => division,
            None => rulebook.library.get(&known.pack)?.applies.calendar,
        },
        effective_on: known.effective_on,
        end_on: known.end_on,
        members: known.members_at(on).iter().map(|(organisation, _)| organisation).collect(),
    })
}
