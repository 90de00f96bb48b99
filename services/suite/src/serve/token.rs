//! A development identity, written where the client looks for it.

use std::path::PathBuf;

use clap::Args;
use redress_chassis::{Roles, auth::Identity, process::SystemClock};
use redress_kernel::Clock as _;
use redress_proto::options::v1::Role;
use serde_json::json;
use uuid::Uuid;

use super::identity::Identities;
use crate::{
    client::{Failure, credentials},
    command::{
        choice,
        session::{pretty, say},
    },
};

/// Make an identity for development.
///
/// Only a suite that was started with auth.development, as `redress up` does, believes it.
#[derive(Args, Debug)]
pub struct Token {
    /// What the identity may be; may be given several times
    #[arg(long = "role", required = true, value_parser = choice::of("redress.options.v1.Role"))]
    pub roles: Vec<i32>,
    /// Organisation it acts for
    #[arg(long = "org", value_name = "UUID")]
    pub organisation: Uuid,
    /// Opaque id of the person or service
    #[arg(long, value_name = "ID")]
    pub subject: String,
    /// It is a service, not a natural person
    #[arg(long)]
    pub service: bool,
    /// Data folder of the suite, where the key of the development issuer lies
    #[arg(long, env = "REDRESS_DATA_FOLDER", default_value = "data", value_name = "FOLDER")]
    pub data: PathBuf,
    /// Audience that the suite expects
    #[arg(long, env = "REDRESS_AUTH_AUDIENCE", default_value = "redress", value_name = "NAME")]
    pub audience: String,
    /// Print the token and write it nowhere
    #[arg(long)]
    pub print: bool,
}

impl Token {
    /// Makes it.
    pub fn run(self, file: Option<PathBuf>, machine: bool) -> Result<(), Failure> {
        let roles: Roles = self.roles.iter().filter_map(|role| Role::try_from(*role).ok()).collect();
        let identity =
            Identity { organisation: self.organisation, subject: self.subject, roles, person: !self.service };
        let token = Identities::of(&self.data, &self.audience)?.token(&identity, SystemClock.now())?;
        if self.print {
            return if machine { say(&pretty(&json!({ "token": token }))) } else { say(&token) };
        }
        let file = file.ok_or_else(|| {
            Failure::Usage("there is no folder for your settings; give --token-file or --print".to_owned())
        })?;
        credentials::write(&file, &token)?;
        let shown = file.display().to_string();
        if machine {
            say(&pretty(&json!({ "file": shown })))
        } else {
            say(&format!("wrote {shown}, good for 30 days"))
        }
    }
}
