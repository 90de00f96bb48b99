//! What the handlers of this service share.

use std::sync::Arc;

use redress_chassis::{Call, Desk, Domain};
use redress_kernel::{Id, Violation};
use redress_policy::Rulebook;
use redress_store::{DbError, keyring::Mac, seal::SealFault};
use routing_domain::{Actor, OrganisationId, Refusal};
use tonic::Status;

use crate::world::World;

/// The domain of every answer of this service.
pub(crate) const DOMAIN: Domain = Domain::new("routing.redress");

/// What the handlers share. Clones are cheap.
#[derive(Clone)]
pub(crate) struct App {
    /// What the handlers of every service share.
    pub(crate) desk: Desk<World>,
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Fingerprints of what was sent, by which a second copy is known.
    pub(crate) fingerprints: Arc<Mac>,
    /// Most bytes of a paper.
    pub(crate) largest_paper: u64,
    /// Rows of a stream that are carried out at once.
    pub(crate) rows_at_once: usize,
}

impl App {
    /// The caller's organisation, to which everything it sees is narrowed.
    pub(crate) fn organisation(call: &Call) -> OrganisationId {
        Id::new(call.caller.organisation)
    }

    /// Who asks, as the rules and the journal know them.
    pub(crate) fn actor(call: &Call) -> Actor {
        Actor { organisation: Some(Self::organisation(call)), subject: call.caller.subject.clone() }
    }
}

/// A failure of the database.
#[expect(clippy::needless_pass_by_value, reason = "made to be handed to `map_err`")]
pub(crate) fn database(error: DbError) -> Status {
    DOMAIN.database(&error)
}

/// A refusal of the rules.
#[expect(clippy::needless_pass_by_value, reason = "made to be handed to `map_err`")]
pub(crate) fn refused(refusal: Refusal) -> Status {
    DOMAIN.refuse(&refusal)
}

/// Everything that is wrong with a request.
pub(crate) fn invalid(violations: Vec<Violation>) -> Status {
    DOMAIN.invalid(violations)
}

/// A text that does not open, or could not be sealed.
pub(crate) fn seal(fault: SealFault) -> Status {
    DOMAIN.internal(&fault)
}
