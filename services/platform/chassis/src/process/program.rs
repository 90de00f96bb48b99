//! What `redress serve`, `redress up`, `redress migrate` and `redress check-config` do, down to the exit code.

use std::{
    future::Future,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use tokio::signal::unix::{SignalKind, signal};

use redress_backup::Manifest;

use super::{
    Running, Settled, Surroundings,
    copies::{back_up_all, put_back_all, replay_all},
    guidance,
    running::Ended,
    settle, stand, start,
};
use crate::{
    config::{Environment, ProcessEnvironment},
    edge::install_hook,
    service::{Member, Service},
    telemetry::Logs,
};

/// The settings cannot be used (`EX_USAGE`).
const USAGE: u8 = 64;
/// Something the process needs is not there (`EX_UNAVAILABLE`).
const UNAVAILABLE: u8 = 69;
/// The process failed while it ran (`EX_SOFTWARE`).
const FAILED: u8 = 70;

/// Runs the service `S` alone, for as long as the process lives.
pub fn serve<S: Service>() -> ExitCode {
    Program::new(vec![Member::of::<S>()]).serve()
}

/// A process made of some services.
pub struct Program {
    members: Vec<Member>,
    environment: Box<dyn Environment>,
    file: Option<PathBuf>,
}

impl Program {
    /// A process with these services, told by its environment.
    pub fn new(members: Vec<Member>) -> Self {
        Self { members, environment: Box::new(ProcessEnvironment), file: None }
    }

    /// Takes the settings from somewhere else than the process' own environment.
    #[must_use]
    pub fn with_environment(mut self, environment: Box<dyn Environment>) -> Self {
        self.environment = environment;
        self
    }

    /// Names the configuration file.
    #[must_use]
    pub fn with_file(mut self, file: Option<&Path>) -> Self {
        self.file = file.map(Path::to_path_buf);
        self
    }

    /// Serves until the process is told to end.
    pub fn serve(&self) -> ExitCode {
        self.serve_while(|_| async {})
    }

    /// Serves until the process is told to end; `beside` runs once calls are taken, such as the narration of an example.
    pub fn serve_while<F, W>(&self, beside: F) -> ExitCode
    where
        F: FnOnce(&Running) -> W,
        W: Future<Output = ()> + Send + 'static,
    {
        self.with_runtime(async |settled| {
            let running = match start(settled, Surroundings::real()).await {
                Ok(running) => running,
                Err(failure) => return refuse(&failure),
            };
            let listening = say(&format!(
                "listening on {}, operators on http://{}",
                running.address(),
                running.admin_address()
            ));
            if let Err(error) = listening {
                tracing::warn!(%error, "the addresses could not be printed");
            }
            let beside = running.beside(beside(&running));
            let ended = tokio::select! {
                told = told_to_end() => told.map_err(|error| format!("signals cannot be received: {error}")),
                what = running.failed() => Err(what),
            };
            drop(beside);
            if let Err(what) = &ended {
                tracing::error!(what, "the process ends because it failed");
            }
            let end = running.shutdown().await;
            match (ended, end) {
                (Ok(()), Ended::Whole) => ExitCode::SUCCESS,
                (Ok(()), Ended::Cut) => {
                    tracing::warn!("some work did not end in time");
                    ExitCode::from(FAILED)
                }
                (Err(_), _) => ExitCode::from(FAILED),
            }
        })
    }

    /// Brings every schema up to date.
    pub fn migrate(&self) -> ExitCode {
        self.with_runtime(async |settled| {
            for (member, _) in &settled.members {
                match stand::migrate(&settled.config, member).await {
                    Ok(0) => drop(say(&format!("{}: nothing to do", member.name))),
                    Ok(steps) => drop(say(&format!("{}: {steps} steps applied", member.name))),
                    Err(failure) => return refuse(&failure),
                }
            }
            ExitCode::SUCCESS
        })
    }

    /// Backs every service up under `to`, its keys under `keys_to`, while it may be running.
    pub fn back_up(&self, to: &Path, keys_to: &Path) -> ExitCode {
        self.with_runtime(async |settled| match back_up_all(&settled, &Surroundings::real(), (to, keys_to)).await {
            Ok(all) => {
                for (service, taken) in all {
                    let Manifest { log_size, objects, object_bytes, keep_until, .. } = &taken.manifest;
                    drop(say(&format!(
                        "{service}: {} ({log_size} entries of the journal, {objects} documents of {object_bytes} bytes), kept until {keep_until}",
                        taken.name
                    )));
                }
                ExitCode::SUCCESS
            }
            Err(failure) => refuse(&failure),
        })
    }

    /// Puts a backup of every service back: the newest, or the one of this name. No process of the service may be running.
    pub fn restore(&self, from: &Path, keys_from: &Path, name: Option<&str>) -> ExitCode {
        self.with_runtime(async |settled| {
            match put_back_all(&settled, &Surroundings::real(), (from, keys_from), name).await {
                Ok(all) => {
                    for (service, restored) in all {
                        drop(say(&format!(
                            "{service}: restored as of {} with {} entries of the journal; {} erasures since are carried out again when it \
                             starts, before it answers anything",
                            restored.manifest.begun_at, restored.log_size, restored.erased_since
                        )));
                    }
                    ExitCode::SUCCESS
                }
                Err(failure) => refuse(&failure),
            }
        })
    }

    /// Has services whose database was put back by hand erase again what their ledgers say, when they start.
    pub fn replay(&self) -> ExitCode {
        self.with_runtime(async |settled| match replay_all(&settled, &Surroundings::real()).await {
            Ok(all) => {
                for (service, again) in all {
                    let said = match again {
                        Some(again) => format!("{again} erasures are carried out again when it starts"),
                        None => "nothing to do".to_owned(),
                    };
                    drop(say(&format!("{service}: {said}")));
                }
                ExitCode::SUCCESS
            }
            Err(failure) => refuse(&failure),
        })
    }

    /// Prints every setting in force, secrets hidden, or every mistake.
    pub fn check_config(&self) -> ExitCode {
        match self.settle() {
            Err(code) => code,
            Ok(settled) => {
                if let Err(failure) = guidance::check(&settled.config) {
                    return refuse(&failure);
                }
                let wide = settled.effective.iter().map(|one| one.setting.len()).max().unwrap_or_default();
                for one in &settled.effective {
                    if say(&format!("{:wide$} = {} ({})", one.setting, one.value, one.source)).is_err() {
                        return ExitCode::from(FAILED);
                    }
                }
                ExitCode::SUCCESS
            }
        }
    }

    fn settle(&self) -> Result<Settled, ExitCode> {
        settle(&self.members, self.environment.as_ref(), self.file.as_deref()).map_err(|mistakes| {
            complain(&mistakes.to_string());
            ExitCode::from(USAGE)
        })
    }

    fn with_runtime(&self, life: impl AsyncFnOnce(Settled) -> ExitCode) -> ExitCode {
        let settled = match self.settle() {
            Ok(settled) => settled,
            Err(code) => return code,
        };
        let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => {
                complain(&format!("no runtime can be started: {error}"));
                return ExitCode::from(UNAVAILABLE);
            }
        };
        runtime.block_on(async {
            let name = match self.members.as_slice() {
                [only] => format!("redress-{}", only.name),
                _ => "redress".to_owned(),
            };
            let logs = match Logs::install(&settled.config.telemetry, &name) {
                Ok(logs) => logs,
                Err(failure) => return refuse(&failure),
            };
            install_hook();
            let code = life(settled).await;
            logs.flush().await;
            code
        })
    }
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Program").field("members", &self.members).finish_non_exhaustive()
    }
}

/// Waits for the signal to end.
async fn told_to_end() -> io::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => tracing::info!("told to end"),
        _ = interrupt.recv() => tracing::info!("interrupted"),
    }
    Ok(())
}

/// Says why the process does not start, with every cause.
fn refuse(failure: &dyn std::error::Error) -> ExitCode {
    let mut text = failure.to_string();
    let mut cause = failure.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    complain(&text);
    ExitCode::from(UNAVAILABLE)
}

fn say(text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{text}")
}

fn complain(text: &str) {
    // When standard error is gone there is nobody left to tell.
    let _ = writeln!(io::stderr(), "redress: {text}");
}
