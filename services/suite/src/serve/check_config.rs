//! Reading the settings without acting on them.

use std::process::ExitCode;

use clap::Args;

use super::{
    ServerSettings,
    environment::ServerEnvironment,
    service::{Name, chosen},
};

/// Check the settings and name every mistake.
#[derive(Args, Debug)]
pub struct CheckConfig {
    /// Only this service [default: all]
    pub service: Option<Name>,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: ServerSettings,
}

impl CheckConfig {
    /// Checks them: prints each that is in force, or every mistake.
    pub fn run(self) -> ExitCode {
        self.settings.program(chosen(self.service), ServerEnvironment::of_process()).check_config()
    }
}
