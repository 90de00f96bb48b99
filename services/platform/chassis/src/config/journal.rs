//! How the journal is signed.

use redress_store::secret::Secret;

use super::{Configuration, Settings};

/// How the journal is signed.
#[derive(Clone, Debug)]
pub struct Journal {
    /// Name of the log in its checkpoints; `{service}` stands for the service.
    pub origin: String,
    /// Seed of the Ed25519 key of the log, 32 bytes in base64. When it is not set, one in the data folder serves, which only suits one machine.
    pub signing_key: Option<Secret>,
}

impl Configuration for Journal {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("journal");
        Self {
            origin: section.text("origin", "redress.invalid/{service}"),
            signing_key: section.key("signing_key"),
        }
    }
}
