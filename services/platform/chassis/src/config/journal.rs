//! How the journal is signed.

use super::{Configuration, Secret, Settings};

/// How the journal is signed.
#[derive(Clone, Debug)]
pub struct Journal {
    /// Name of the log in its checkpoints; `{service}` stands for the service.
    pub origin: String,
    /// Ed25519 private key of the log. When it is not set, one in the data folder serves, which only suits one machine.
    pub signing_key: Option<Secret>,
}

impl Configuration for Journal {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("journal");
        Self {
            origin: section.text("origin", "redress.invalid/{service}"),
            signing_key: section.secret("signing_key"),
        }
    }
}
