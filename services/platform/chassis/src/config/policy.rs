//! What of policy is the provider's own.

use std::path::PathBuf;

use super::{Configuration, Section, Settings};

/// What of policy is the provider's own.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Folder with texts that take the place of the stand-ins the program carries, such as the annex a provider received;
    /// one TOML file each.
    pub texts: Option<PathBuf>,
    /// Folder with lists of bank holidays that were imported; one TOML file each. When it is not set, the folder `calendars` in the
    /// data folder serves, where there is one.
    pub calendars: Option<PathBuf>,
}

impl Configuration for Policy {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("policy");
        let texts = folder(&mut section, "texts");
        let calendars = folder(&mut section, "calendars");
        Self { texts, calendars }
    }
}

/// A folder that must exist, if one is set.
fn folder(section: &mut Section<'_>, name: &str) -> Option<PathBuf> {
    section.parsed(
        name,
        None,
        "the path of a folder that exists",
        |folder: &Option<PathBuf>| {
            folder.as_ref().map_or_else(|| "(not set)".to_owned(), |path| path.display().to_string())
        },
        |text| {
            let path = PathBuf::from(text);
            path.is_dir().then_some(Some(path))
        },
    )
}
