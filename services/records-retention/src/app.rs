//! What the handlers of this service share.

use std::sync::Arc;

use records_retention_domain::{Actor, Digest, OrganisationId, Refusal};
use redress_chassis::{Call, Desk, Domain};
use redress_kernel::{Id, Violation, hexadecimal};
use redress_policy::Rulebook;
use redress_store::{DbError, keyring::Mac, seal::SealFault};
use tonic::Status;

use crate::{
    clock::{Trust, Watch},
    config::Config,
    world::World,
};

/// The domain of every answer of this service.
pub(crate) const DOMAIN: Domain = Domain::new("records-retention.redress");

/// The part of the sealed table in which a report lies that is kept with a record, or a letter of ours.
pub(crate) const CONTENT: &str = "CONTENT";

/// The part of the sealed table in which the name of a file lies whose bytes are kept with a record.
pub(crate) const FILE_NAME: &str = "FILE_NAME";

/// What the handlers share. Clones are cheap.
#[derive(Clone)]
pub(crate) struct App {
    /// What the handlers of every service share.
    pub(crate) desk: Desk<World>,
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Keyed fingerprints of what is laid by, so that it is known again when it is gone.
    pub(crate) contents: Arc<Mac>,
    /// Keyed fingerprints of what is said of it, by which a repeated upload is known.
    pub(crate) uploads: Arc<Mac>,
    /// When this process last looked at the clock.
    pub(crate) looked: Watch,
    /// The settings.
    pub(crate) config: Config,
}

impl App {
    /// The caller's organisation, to which everything it sees is narrowed.
    pub(crate) fn organisation(call: &Call) -> OrganisationId {
        Id::new(call.caller.organisation)
    }

    /// How far a command that destroys, or shortens, believes the clock.
    pub(crate) fn trust(&self) -> Trust {
        let Config { longest_gap, largest_jump, .. } = self.config;
        Trust { longest_gap, largest_jump, before: self.looked.last() }
    }

    /// By what content with this SHA-256 is known again: keyed, so that nobody finds out by trying what it was.
    pub(crate) fn fingerprint(&self, sha256: &[u8]) -> Option<Digest> {
        Digest::parse(&hexadecimal(&self.contents.of(sha256))).ok()
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
