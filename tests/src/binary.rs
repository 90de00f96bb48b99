//! The `redress` program, built as the tests are.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::SystemTime,
};

use anyhow::{Context as _, anyhow, ensure};

use crate::workspace;

/// The program that `REDRESS_TEST_PROGRAM` names, or the one beside this one, built first if it is older than its sources.
pub fn redress() -> anyhow::Result<PathBuf> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    BUILT
        .get_or_init(|| found().map_err(|error| format!("{error:#}")))
        .clone()
        .map_err(|error| anyhow!(error))
}

#[expect(clippy::disallowed_methods, reason = "what the tests are run with is not configuration of a server")]
fn found() -> anyhow::Result<PathBuf> {
    if let Some(named) = std::env::var_os("REDRESS_TEST_PROGRAM") {
        return Ok(named.into());
    }
    let folder = folder()?;
    let program = folder.join(format!("redress{}", std::env::consts::EXE_SUFFIX));
    if !is_fresh(&program)? {
        build(&folder)?;
    }
    ensure!(program.is_file(), "cargo built no {}", program.display());
    Ok(program)
}

/// Builds it together with everything else, because cargo would build much of it twice if it were built alone.
fn build(folder: &Path) -> anyhow::Result<()> {
    let profile =
        folder.file_name().and_then(|name| name.to_str()).context("a profile's folder has a name")?;
    let profile = if profile == "debug" { "dev" } else { profile };
    let target = folder.parent().context("a profile's folder lies in the target folder")?;
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--workspace", "--bins", "--profile", profile])
        .arg("--target-dir")
        .arg(target)
        .current_dir(workspace::root())
        .status()
        .context("cargo does not start")?;
    ensure!(status.success(), "redress cannot be built");
    Ok(())
}

/// Whether the program is there and younger than every source.
fn is_fresh(program: &Path) -> anyhow::Result<bool> {
    let Ok(built) = fs::metadata(program).and_then(|metadata| metadata.modified()) else { return Ok(false) };
    let mut newest = SystemTime::UNIX_EPOCH;
    for folder in ["proto", "services"] {
        look(&workspace::root().join(folder), &mut newest)?;
    }
    Ok(built > newest)
}

fn look(folder: &Path, newest: &mut SystemTime) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let (path, metadata) = entry.and_then(|entry| Ok((entry.path(), entry.metadata()?)))?;
        if metadata.is_dir() {
            // What is tested there goes into no program.
            if path.file_name().is_none_or(|name| name != "tests") {
                look(&path, newest)?;
            }
        } else {
            *newest = (*newest).max(metadata.modified()?);
        }
    }
    Ok(())
}

/// The folder of the profile this program was built in: its own, or above `deps` for a test.
fn folder() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().context("a program lies in a folder")?;
    let is_test = folder.file_name().is_some_and(|name| name == "deps");
    let profile = if is_test { folder.parent().context("deps lies in a profile's folder")? } else { folder };
    Ok(profile.to_path_buf())
}
