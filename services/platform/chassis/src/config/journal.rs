//! How the journal is signed.

use std::time::Duration;

use redress_store::secret::Secret;

use super::{Configuration, Settings};

/// How the journal is signed.
#[derive(Clone, Debug)]
pub struct Journal {
    /// Name of the log in its checkpoints; `{service}` stands for the service.
    pub origin: String,
    /// Seed of the Ed25519 key of the log, 32 bytes in base64. When it is not set, one in the data folder serves, which only suits one machine.
    pub signing_key: Option<Secret>,
    /// How long the answer to a request is kept, so that a repetition has the same one.
    pub answers_kept: Duration,
}

const DAY: Duration = Duration::from_hours(24);
/// A request is as good as new when it is repeated a week later, and a queue that stood still over a week has some time left.
const LEAST_KEPT: Duration = Duration::from_hours(8 * 24);

impl Configuration for Journal {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("journal");
        let origin = section.text("origin", "redress.invalid/{service}");
        let signing_key = section.key("signing_key");
        let answers_kept = section.duration("answers_kept", 90 * DAY);
        if answers_kept < LEAST_KEPT {
            section.mistake(
                "answers_kept",
                "is too short; accepted: at least 8d, because a request may be repeated a week later",
            );
        }
        Self { origin, signing_key, answers_kept }
    }
}
