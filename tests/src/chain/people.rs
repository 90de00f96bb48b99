//! Who works in a chain, and the tokens they call with.

use redress_proto::options::v1::Role;
use uuid::Uuid;

use crate::{
    identity::{Identity, Issuer},
    seed::Seed,
};

/// The organisations of a chain and their identity provider.
#[derive(Clone, Debug)]
pub struct People {
    issuer: Issuer,
    /// The department that commissions.
    pub department: Uuid,
    /// Jobcentre Plus.
    pub jobcentre_plus: Uuid,
    /// The prime provider.
    pub prime: Uuid,
    /// A subcontractor of the prime.
    pub sub: Uuid,
    /// Another one.
    pub sibling: Uuid,
    /// A prime provider with a contract of its own.
    pub rival: Uuid,
    /// An organisation that nobody has recorded.
    pub stranger: Uuid,
}

/// An organisation by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// The department.
    Department,
    /// Jobcentre Plus.
    JobcentrePlus,
    /// The prime.
    Prime,
    /// Its subcontractor.
    Sub,
    /// Its other subcontractor.
    Sibling,
    /// The rival prime.
    Rival,
    /// Nobody's.
    Stranger,
}

impl People {
    /// Draws organisations from a seed.
    pub fn draw(issuer: &Issuer, seed: &mut Seed) -> Self {
        Self {
            issuer: issuer.clone(),
            department: seed.uuid(),
            jobcentre_plus: seed.uuid(),
            prime: seed.uuid(),
            sub: seed.uuid(),
            sibling: seed.uuid(),
            rival: seed.uuid(),
            stranger: seed.uuid(),
        }
    }

    /// The same people, with tokens of another issuer.
    #[must_use]
    pub fn by(&self, issuer: &Issuer) -> Self {
        Self { issuer: issuer.clone(), ..self.clone() }
    }

    /// The identity provider they all have.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// The organisation in a place.
    pub fn organisation(&self, member: Member) -> Uuid {
        match member {
            Member::Department => self.department,
            Member::JobcentrePlus => self.jobcentre_plus,
            Member::Prime => self.prime,
            Member::Sub => self.sub,
            Member::Sibling => self.sibling,
            Member::Rival => self.rival,
            Member::Stranger => self.stranger,
        }
    }

    /// A person of an organisation with one role.
    pub fn identity(&self, member: Member, role: Role) -> Identity {
        Identity::person(self.organisation(member), &format!("person-of-{member:?}").to_lowercase(), role)
    }

    /// A token of such a person.
    pub fn token(&self, member: Member, role: Role) -> anyhow::Result<String> {
        self.issuer.token(&self.identity(member, role))
    }
}
