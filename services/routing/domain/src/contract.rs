//! What routing knows of a contract: learned from the complaints service, which owns it.

use jiff::civil::Date;
use redress_policy::{Basis, Division, Pack};

use crate::{ContractId, OrganisationId};

/// A contract on the day that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// The contract.
    pub id: ContractId,
    /// Its programme.
    pub programme: String,
    /// The prime provider that holds it.
    pub holder: OrganisationId,
    /// Jobcentre Plus for this contract; whoever commissions it where none is named.
    pub jobcentre_plus: OrganisationId,
    /// Whose bank holidays count.
    pub division: Division,
    /// Its first day, which chooses the pack (XCT-01).
    pub effective_on: Date,
    /// Its last day; none while it runs.
    pub end_on: Option<Date>,
    /// Who works under it on that day, the holder included.
    pub members: Vec<OrganisationId>,
}

impl Contract {
    /// Whether it was in force on `on`.
    pub fn in_force(&self, on: Date) -> bool {
        self.effective_on <= on && self.end_on.is_none_or(|end| on <= end)
    }
}

/// Whose bank holidays count: the division of the contract, or all of them where the pack says so (Q4, XCT-09).
pub(crate) fn basis(division: Division, pack: &Pack) -> Basis {
    if pack.practice.any_part_of_uk.value { Basis::AnyPartOfUk } else { Basis::Division(division) }
}
