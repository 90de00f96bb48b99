//! Holds an identity against what the contract declares for the rpc. What is not declared is closed.

use tonic::Status;

use crate::{
    caller::Caller,
    contract::{Gate, Kind},
    status::{Details, Domain, Reason},
};

pub(super) fn check(domain: Domain, gate: Gate, caller: &Caller) -> Result<(), Status> {
    let kind = match gate {
        Gate::Undeclared => {
            return Err(domain.answer(Reason::AccessNotDeclared, "this rpc declares no access and is closed"));
        }
        Gate::Open { kind } => kind,
        Gate::Roles { roles, kind } => {
            if !roles.overlaps(caller.roles) {
                return Err(domain.answer(Reason::RoleMissing, "none of your roles may call this rpc"));
            }
            kind
        }
    };
    match kind {
        Kind::Person if !caller.natural_person => {
            Err(domain.answer(Reason::NaturalPersonRequired, "only a natural person may call this rpc"))
        }
        // Reliability D14: a service judges nothing for itself.
        Kind::SecondPerson if !caller.natural_person => {
            let reason = Reason::NotIndependent;
            let details = Details::new(domain, reason.code(), reason).with("requires", "NATURAL_PERSON");
            Err(details.say("whoever agrees with a proposal must be a natural person, not a service"))
        }
        Kind::Any | Kind::Person | Kind::SecondPerson => Ok(()),
    }
}
