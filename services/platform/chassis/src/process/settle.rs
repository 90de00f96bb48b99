//! Everything a process is told, read before anything is opened.

use std::path::Path;

use crate::{
    config::{Config, Configuration as _, Effective, Environment, Mistakes, Settings},
    service::{Builder, Member},
};

/// A process whose settings are known to be good.
pub struct Settled {
    pub(crate) config: Config,
    pub(crate) members: Vec<(Member, Builder)>,
    /// Every setting in force, secrets hidden.
    pub effective: Vec<Effective>,
}

/// Reads the settings of a process that runs `members`.
///
/// # Errors
/// Every mistake there is, not the first alone.
pub fn settle(
    members: &[Member],
    environment: &dyn Environment,
    file: Option<&Path>,
) -> Result<Settled, Mistakes> {
    let mut settings = Settings::gather(environment, file);
    let config = Config::read(&mut settings);
    let members = members.iter().map(|member| (*member, (member.configure)(&mut settings))).collect();
    settings.finish().map(|effective| Settled { config, members, effective })
}

impl std::fmt::Debug for Settled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settled").field("config", &self.config).finish_non_exhaustive()
    }
}
