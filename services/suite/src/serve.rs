//! The suite's own side: running it, preparing it, checking it.

pub mod backup;
pub mod check_config;
pub mod environment;
pub mod healthcheck;
pub mod identity;
pub mod migrate;
pub mod service;
pub mod token;
pub mod up;
pub mod verify;

use std::path::PathBuf;

use clap::Args;
use redress_chassis::{Member, process::Program};

use environment::ServerEnvironment;

/// Every service of the suite.
pub fn members() -> Vec<Member> {
    vec![
        Member::of::<complaints::Complaints>(),
        Member::of::<routing::Routing>(),
        Member::of::<ice_liaison::IceLiaison>(),
        Member::of::<records_retention::RecordsRetention>(),
    ]
}

/// Where the settings of a server come from, besides its environment.
#[derive(Args, Clone, Debug, Default)]
pub struct ServerSettings {
    /// Configuration file [default: the one that `REDRESS_CONFIG_FILE` names, or none]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl ServerSettings {
    /// A process with `members`, told by its environment and these settings.
    pub fn program(&self, members: Vec<Member>, environment: ServerEnvironment) -> Program {
        Program::new(members).with_environment(Box::new(environment)).with_file(self.config.as_deref())
    }
}
