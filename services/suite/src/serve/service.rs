//! One service in a process of its own.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use redress_chassis::Member;

use super::{ServerSettings, environment::ServerEnvironment, members};

/// Run one service in this process, as it is deployed.
#[derive(Args, Debug)]
pub struct Serve {
    /// The service
    pub service: Name,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: ServerSettings,
}

/// A service by its name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Name {
    /// Complaints from first contact to final response
    Complaints,
    /// Complaints with the Independent Case Examiner
    IceLiaison,
    /// Contacts to the right door, mixed complaints, elected members
    Routing,
    /// Records: how long they are kept, what holds them, and their end
    RecordsRetention,
}

impl Name {
    /// The word by which the suite knows it.
    const fn word(self) -> &'static str {
        match self {
            Self::Complaints => "complaints",
            Self::IceLiaison => "ice-liaison",
            Self::Routing => "routing",
            Self::RecordsRetention => "records-retention",
        }
    }
}

impl Serve {
    /// Serves until the process is told to end.
    pub fn run(self) -> ExitCode {
        self.settings.program(chosen(Some(self.service)), ServerEnvironment::of_process()).serve()
    }
}

/// The services a command is about: one, or all.
pub fn chosen(service: Option<Name>) -> Vec<Member> {
    let all = members().into_iter();
    all.filter(|member| service.is_none_or(|service| service.word() == member.name)).collect()
}
