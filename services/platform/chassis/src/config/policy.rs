//! Where policy comes from.

use std::path::PathBuf;

use super::{Configuration, Settings};

/// Where policy comes from.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Folder with packs and calendars that are read beside those the program carries.
    pub folder: Option<PathBuf>,
}

impl Configuration for Policy {
    fn read(settings: &mut Settings) -> Self {
        let folder = settings.section("policy").parsed(
            "folder",
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
        Self { folder }
    }
}
