//! The `redress` program, built as the tests are.

use std::{path::PathBuf, process::Command, sync::OnceLock};

use anyhow::{Context as _, anyhow, ensure};

use crate::workspace;

/// The program beside this one, built first if it is older than its sources.
pub fn redress() -> anyhow::Result<PathBuf> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    BUILT
        .get_or_init(|| build().map_err(|error| format!("{error:#}")))
        .clone()
        .map_err(|error| anyhow!(error))
}

fn build() -> anyhow::Result<PathBuf> {
    let folder = folder()?;
    let profile =
        folder.file_name().and_then(|name| name.to_str()).context("a profile's folder has a name")?;
    let profile = if profile == "debug" { "dev" } else { profile };
    let target = folder.parent().context("a profile's folder lies in the target folder")?;
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "redress", "--profile", profile])
        .arg("--target-dir")
        .arg(target)
        .current_dir(workspace::root())
        .status()
        .context("cargo does not start")?;
    ensure!(status.success(), "redress cannot be built");
    let program = folder.join(format!("redress{}", std::env::consts::EXE_SUFFIX));
    ensure!(program.is_file(), "cargo built no {}", program.display());
    Ok(program)
}

/// The folder of the profile this program was built in: its own, or above `deps` for a test.
fn folder() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().context("a program lies in a folder")?;
    let is_test = folder.file_name().is_some_and(|name| name == "deps");
    let profile = if is_test { folder.parent().context("deps lies in a profile's folder")? } else { folder };
    Ok(profile.to_path_buf())
}
