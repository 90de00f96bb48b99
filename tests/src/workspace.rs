//! The checkout: its packages, as cargo knows them, and its source files.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, ensure};

/// A package of the workspace.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Packages it needs to run; not what it is built or tested with.
    pub needs: Vec<String>,
}

/// A source file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path from the root, with forward slashes.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Source {
    /// Lines of code with their numbers from 1: comments are left out, and so is everything from `#[cfg(test)]` on.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Whether it is a test: in a `tests` folder, or the tests module of a file.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }
}

/// The root of the checkout.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The packages of the workspace.
pub fn packages() -> anyhow::Result<Vec<Package>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .context("cargo does not start")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("metadata without packages")?;
    packages.iter().map(package).collect()
}

fn package(value: &serde_json::Value) -> anyhow::Result<Package> {
    let name = value["name"].as_str().context("package without a name")?.to_owned();
    let dependencies = value["dependencies"].as_array().context("package without dependencies")?;
    let needs = dependencies
        .iter()
        .filter(|dependency| dependency["kind"].is_null())
        .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
        .collect();
    Ok(Package { name, needs })
}

/// Every file of the checkout whose name ends in `ending`, in order of path.
pub fn sources(ending: &str) -> anyhow::Result<Vec<Source>> {
    let mut found = Vec::new();
    for folder in ["proto", "services", "tests", "deploy", "docs"] {
        collect(&root().join(folder), ending, &mut found).with_context(|| folder.to_owned())?;
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    ensure!(!found.is_empty(), "no {ending} file was found, so that nothing would be tested");
    Ok(found)
}

fn collect(folder: &Path, ending: &str, into: &mut Vec<Source>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') && name != "node_modules" {
                collect(&path, ending, into)?;
            }
        } else if name.ends_with(ending) {
            let shown = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
            into.push(Source { path: shown.replace('\\', "/"), text: fs::read_to_string(&path)? });
        }
    }
    Ok(())
}
