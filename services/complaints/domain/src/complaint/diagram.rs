//! The machine as a picture, drawn from the rules themselves, so that a page that shows it cannot be wrong for long.

use super::{CommandKind, StageName, rule};

/// The stages that take commands of `kind`.
pub const fn allowed(kind: CommandKind) -> &'static [StageName] {
    rule::allowed(kind)
}
