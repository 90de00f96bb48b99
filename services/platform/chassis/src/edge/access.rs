//! Holds an identity against what the contract declares for the rpc. What is not declared is closed.

use tonic::Status;

use crate::{
    caller::Caller,
    contract::Gate,
    status::{Domain, Reason},
};

pub(super) fn check(domain: Domain, gate: Gate, caller: &Caller) -> Result<(), Status> {
    let natural_person = match gate {
        Gate::Undeclared => {
            return Err(domain.answer(Reason::AccessNotDeclared, "this rpc declares no access and is closed"));
        }
        Gate::Open { natural_person } => natural_person,
        Gate::Roles { roles, natural_person } => {
            if !roles.overlaps(caller.roles) {
                return Err(domain.answer(Reason::RoleMissing, "none of your roles may call this rpc"));
            }
            natural_person
        }
    };
    if natural_person && !caller.natural_person {
        return Err(domain.answer(Reason::NaturalPersonRequired, "only a natural person may call this rpc"));
    }
    Ok(())
}
