//! What of policy is the provider's own.

use std::path::PathBuf;

use super::{Configuration, Settings};

/// What of policy is the provider's own.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Folder with texts that take the place of the stand-ins the program carries, such as the annex a provider received;
    /// one TOML file each.
    pub texts: Option<PathBuf>,
}

impl Configuration for Policy {
    fn read(settings: &mut Settings) -> Self {
        let texts = settings.section("policy").parsed(
            "texts",
            None,
            "the path of a folder that exists",
            |folder: &Option<PathBuf>| {
                folder.as_ref().map_or_else(|| "(not set)".to_owned(), |path| path.display().to_string())
            },
            |text| {
                let path = PathBuf::from(text);
                path.is_dir().then_some(Some(path))
            },
        );
        Self { texts }
    }
}
