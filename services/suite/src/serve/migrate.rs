//! Bringing databases up to date, as a job of its own.

use std::process::ExitCode;

use clap::Args;

use super::{
    ServerSettings,
    environment::ServerEnvironment,
    service::{Name, chosen},
};

/// Bring databases to the schema of this version.
#[derive(Args, Debug)]
pub struct Migrate {
    /// Only this service [default: all]
    pub service: Option<Name>,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: ServerSettings,
}

impl Migrate {
    /// Migrates them.
    pub fn run(self) -> ExitCode {
        self.settings.program(chosen(self.service), ServerEnvironment::of_process()).migrate()
    }
}
