//! The whole suite in one process on embedded databases, and what to do with it.

use std::{
    future::Future,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use redress_chassis::process::Running;

use super::{ServerSettings, environment::ServerEnvironment, identity::Identities, members};
use crate::{
    client::{Failure, credentials},
    command::session::say,
    demo::{self, cast},
};

/// Run the whole suite in this process on embedded databases.
///
/// Data lie in one folder; a second start finds them again. Identities of the development issuer are believed, so this is
/// for one machine: deploy with `redress serve` instead.
#[derive(Args, Debug)]
pub struct Up {
    /// Folder of everything it keeps
    #[arg(long, env = "REDRESS_DATA_FOLDER", default_value = "data", value_name = "FOLDER")]
    pub data: PathBuf,
    /// Address and port on which it listens; port 0 takes a free one [default: 127.0.0.1:7400]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Address and port on which it answers operators; port 0 takes a free one [default: 127.0.0.1:7401]
    #[arg(long, value_name = "ADDRESS")]
    pub admin: Option<SocketAddr>,
    /// Carry one example case through everything that exists first
    #[arg(long)]
    pub demo: bool,
    /// Where its settings come from.
    #[command(flatten)]
    pub settings: ServerSettings,
}

impl Up {
    /// Serves until the process is told to end.
    pub fn run(self) -> ExitCode {
        let mut environment = ServerEnvironment::of_process()
            .with("REDRESS_DATA_FOLDER", &self.data.display())
            .or("REDRESS_AUTH_DEVELOPMENT", "true")
            .or("REDRESS_TELEMETRY_FORMAT", "pretty")
            // What people at a terminal should see is said by this command itself.
            .or("REDRESS_TELEMETRY_FILTER", "warn,redress_chassis::process=error");
        if let Some(listen) = self.listen {
            environment = environment.with("REDRESS_LISTEN_ADDRESS", &listen);
        }
        if let Some(admin) = self.admin {
            environment = environment.with("REDRESS_ADMIN_ADDRESS", &admin);
        }
        let audience = environment.get("REDRESS_AUTH_AUDIENCE").unwrap_or("redress").to_owned();
        let guide = Guide { data: self.data.clone(), audience, demo: self.demo };
        self.settings.program(members(), environment).serve_while(|running| guide.beside(running))
    }
}

/// What is said and shown once the suite takes calls.
#[derive(Clone, Debug)]
struct Guide {
    data: PathBuf,
    audience: String,
    demo: bool,
}

impl Guide {
    fn beside(self, running: &Running) -> impl Future<Output = ()> + Send + use<> {
        let address = format!("http://{}", running.address());
        let operators = format!("http://{}", running.admin_address());
        async move {
            // Narration waits for a terminal and for answers; a thread of its own keeps both from the suite.
            let runtime = tokio::runtime::Handle::current();
            let told = tokio::task::spawn_blocking(move || runtime.block_on(self.tell(&address, &operators)));
            match told.await {
                Ok(Ok(())) => {}
                Ok(Err(failure)) => demo::report(&failure),
                Err(stopped) => tracing::error!(%stopped, "the narration stopped"),
            }
        }
    }

    async fn tell(self, address: &str, operators: &str) -> Result<(), Failure> {
        let identities = Identities::of(&self.data, &self.audience)?;
        let file = self.data.join("token");
        credentials::write(&file, &cast::officer(&identities)?)?;
        let example = if self.demo { Some(demo::tell(address, &identities).await?) } else { None };
        say(&next(address, operators, &file, example.as_deref()))
    }
}

/// What to try next, in commands that work when pasted.
fn next(address: &str, operators: &str, token: &Path, case: Option<&str>) -> String {
    let program = program();
    let token = token.display();
    let mut lines = vec![
        String::new(),
        format!("The suite serves gRPC and Connect on {address}; reflection is on."),
        format!("Look at {operators} in a browser to see how it is doing; metrics are under /metrics."),
        "Stop it with Ctrl-C; the next start finds its data again. Try next, in another terminal:".to_owned(),
        String::new(),
        format!("  export REDRESS_ADDRESS={address} REDRESS_TOKEN=\"$(cat {token})\""),
    ];
    match case {
        Some(case) => lines.extend([
            format!("  {program} list --newest"),
            format!("  {program} show {case} --derive"),
            format!("  {program} letters {case}"),
            format!("  {program} contacts"),
            format!("  {program} mixed list"),
            format!("  {program} member list"),
            format!("  {program} route --contract EXAMPLE-JETS-1 --about attendance --channel telephone --explain"),
            format!("  {program} packs jets-scotland@2022-02-25"),
            format!(
                "  {program} explain eight-week-right --pack jets-scotland@2022-02-25 --from 2024-01-02 --division scotland"
            ),
            format!("  {program} retention list"),
            format!("  {program} retention due --until 2099-01-01"),
            format!("  {program} watch"),
        ]),
        None => lines.extend([
            format!("  {program} demo"),
            format!("  {program} packs"),
            format!("  {program} --help"),
        ]),
    }
    lines.push(String::new());
    lines.join("\n")
}

/// This program, as it was called, so that what is shown works when pasted.
pub fn program() -> String {
    std::env::args().next().filter(|name| !name.is_empty()).unwrap_or_else(|| "redress".to_owned())
}
