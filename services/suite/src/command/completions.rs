//! Completion scripts for shells.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::client::Failure;

use super::{Cli, session::say};

/// Print a completion script for a shell.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell
    pub shell: Shell,
}

impl Completions {
    /// Prints it.
    pub fn run(self) -> Result<(), Failure> {
        say(&script(self.shell))
    }
}

/// The script.
pub fn script(shell: Shell) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "redress", &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
