//! The guidance that a process works by: what the program carries, with what the provider keeps in folders of its own.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use redress_policy::{
    Calendars, Library, LoadFault,
    calendar::{self, Import},
};

use crate::config::Config;

/// Where lists of bank holidays are looked for in the data folder when no other folder is named.
pub const CALENDARS: &str = "calendars";

/// Why the guidance cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GuidanceFailure {
    /// A pack, calendar, text or list is not one.
    #[error("the policy cannot be used")]
    Policy(#[from] LoadFault),
    /// A file or folder cannot be read.
    #[error("{path} cannot be read")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A list of bank holidays contradicts the calendars it is merged into.
    #[error("{path} cannot be merged into the calendars: {faults}")]
    Contradicts {
        /// Which.
        path: PathBuf,
        /// Everything that is wrong with it.
        faults: Listed,
    },
}

/// Faults of an import, for one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed(pub Vec<calendar::Fault>);

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&faults.join("; "))
    }
}

/// Reads all of it, and so finds what is wrong with it before a process is started.
pub(super) fn check(config: &Config) -> Result<(), GuidanceFailure> {
    library(config.policy.texts.as_deref())?;
    calendars(&config.calendars())?;
    Ok(())
}

/// The packs that the program carries, with the texts that the provider puts in place of the stand-ins.
pub(super) fn library(texts: Option<&Path>) -> Result<Library, GuidanceFailure> {
    let mut library = Library::embedded()?;
    for (path, text) in texts.map_or_else(|| Ok(Vec::new()), files)? {
        library = library.with_text(&path.display().to_string(), &text)?;
    }
    Ok(library)
}

/// The calendars that the program carries, with the lists in `folder` merged in, the oldest first. A folder that is not there
/// has no lists.
///
/// # Errors
/// A list that cannot be read or merged: a process that left one out would count days that it was told are not worked.
pub fn calendars(folder: &Path) -> Result<Calendars, GuidanceFailure> {
    let mut calendars = Calendars::embedded()?;
    if !folder.is_dir() {
        return Ok(calendars);
    }
    let mut lists = Vec::new();
    for (path, text) in files(folder)? {
        lists.push((Import::parse(&path.display().to_string(), &text)?, path));
    }
    // The sort is stable and the files come by name, so that lists of one day have an order too.
    lists.sort_by_key(|(list, _)| list.version);
    for (list, path) in lists {
        calendars = calendars
            .with_list(&list)
            .map_err(|faults| GuidanceFailure::Contradicts { path, faults: Listed(faults) })?;
    }
    Ok(calendars)
}

/// The TOML files of a folder, by name.
fn files(folder: &Path) -> Result<Vec<(PathBuf, String)>, GuidanceFailure> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| GuidanceFailure::File { path, source }
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: PathBuf| match std::fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(source) => Err(GuidanceFailure::File { path, source }),
    };
    paths.into_iter().map(read).collect()
}
