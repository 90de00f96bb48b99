//! Typed reading of the settings of one section. A value that cannot be used leaves a mistake and its default behind,
//! so that the rest is still checked.

use std::{
    fmt::Display,
    net::SocketAddr,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use redress_store::secret::Secret as Key;

use super::{quantity, secret::Secret, settings::Settings};

/// Reads the settings of one section.
#[derive(Debug)]
pub struct Section<'a> {
    settings: &'a mut Settings,
    name: &'static str,
}

impl<'a> Section<'a> {
    pub(super) fn new(settings: &'a mut Settings, name: &'static str) -> Self {
        Self { settings, name }
    }

    /// A text.
    pub fn text(&mut self, name: &str, default: &str) -> String {
        self.read(name, default.to_owned(), "a text that is not empty", Clone::clone, |text| {
            (!text.is_empty()).then(|| text.to_owned())
        })
    }

    /// A text, if there is one.
    pub fn optional_text(&mut self, name: &str) -> Option<String> {
        self.read(
            name,
            None,
            "a text that is not empty",
            |value| shown(value.as_ref()),
            |text| (!text.is_empty()).then(|| Some(text.to_owned())),
        )
    }

    /// Several texts, separated by commas.
    pub fn list(&mut self, name: &str, default: &[&str]) -> Vec<String> {
        let default = default.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        self.read(
            name,
            default,
            "texts separated by commas",
            |texts| texts.join(","),
            |text| {
                let items: Vec<String> = text.split(',').map(|item| item.trim().to_owned()).collect();
                items.iter().all(|item| !item.is_empty()).then_some(items)
            },
        )
    }

    /// The path of a file or folder.
    pub fn path(&mut self, name: &str, default: &Path) -> PathBuf {
        self.read(
            name,
            default.to_owned(),
            "a path",
            |path| path.display().to_string(),
            |text| (!text.is_empty()).then(|| text.into()),
        )
    }

    /// The path of a file that must exist, if one is set.
    pub fn optional_file(&mut self, name: &str) -> Option<PathBuf> {
        self.read(
            name,
            None,
            "the path of a file that exists",
            |path: &Option<PathBuf>| shown(path.as_ref().map(|path| path.display()).as_ref()),
            |text| Path::new(text).is_file().then(|| Some(text.into())),
        )
    }

    /// Yes or no.
    pub fn flag(&mut self, name: &str, default: bool) -> bool {
        self.read(name, default, "true or false", ToString::to_string, |text| text.parse().ok())
    }

    /// A whole number within `range`.
    pub fn number<T>(&mut self, name: &str, default: T, range: RangeInclusive<T>) -> T
    where
        T: FromStr + Display + PartialOrd + Copy,
    {
        let accepted = format!("a whole number from {} to {}", range.start(), range.end());
        self.read(name, default, &accepted, ToString::to_string, |text| {
            text.parse().ok().filter(|value| range.contains(value))
        })
    }

    /// A length of time that is not zero.
    pub fn duration(&mut self, name: &str, default: Duration) -> Duration {
        let accepted = "a length of time such as 500ms, 10s, 5m or 2h, longer than zero";
        self.read(
            name,
            default,
            accepted,
            |value| quantity::show_duration(*value),
            |text| quantity::duration(text).filter(|value| !value.is_zero()),
        )
    }

    /// A length of time, which may be zero.
    pub fn pause(&mut self, name: &str, default: Duration) -> Duration {
        let accepted = "a length of time such as 0s, 500ms or 10s";
        self.read(name, default, accepted, |value| quantity::show_duration(*value), quantity::duration)
    }

    /// A number of bytes within `range`.
    pub fn bytes(&mut self, name: &str, default: u64, range: RangeInclusive<u64>) -> u64 {
        let accepted =
            format!("a size such as 64KiB or 4MiB, from {} to {} bytes", range.start(), range.end());
        self.read(name, default, &accepted, ToString::to_string, |text| {
            quantity::bytes(text).filter(|value| range.contains(value))
        })
    }

    /// An address and port to listen on.
    pub fn address(&mut self, name: &str, default: SocketAddr) -> SocketAddr {
        self.read(name, default, "an address and port such as 127.0.0.1:7400", ToString::to_string, |text| {
            text.parse().ok()
        })
    }

    /// One of `choices`.
    pub fn choice<T: Clone + PartialEq>(
        &mut self,
        name: &str,
        default: &T,
        choices: &[(&'static str, T)],
    ) -> T {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let show = |value: &T| {
            choices
                .iter()
                .find(|(_, choice)| choice == value)
                .map_or_else(String::new, |(name, _)| (*name).to_owned())
        };
        self.read(name, default.clone(), &format!("one of {}", names.join(", ")), show, |text| {
            choices.iter().find(|(name, _)| *name == text).map(|(_, value)| value.clone())
        })
    }

    /// Anything that `parse` accepts; `accepted` says what that is.
    pub fn parsed<T: Clone>(
        &mut self,
        name: &str,
        default: T,
        accepted: &str,
        show: impl Fn(&T) -> String,
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        self.read(name, default, accepted, show, parse)
    }

    /// A secret, set directly or by the file that `<name>_file` names; its value is never shown.
    pub fn secret(&mut self, name: &str) -> Option<Secret> {
        let setting = self.setting(name);
        let by_file = format!("{setting}_file");
        let (direct, file) = (self.settings.look_up(&setting), self.settings.look_up(&by_file));
        let (value, source) = match (direct, file) {
            (None, None) => {
                self.settings.note(setting, "(not set)".to_owned(), "default".to_owned());
                return None;
            }
            (Some(_), Some(_)) => {
                self.settings.mistake(
                    &setting,
                    format!("is set twice, by value and by {by_file}; accepted: one of the two"),
                );
                return None;
            }
            (Some(found), None) => (found.value, found.source),
            (None, Some(found)) => match std::fs::read_to_string(&found.value) {
                Ok(text) => (text.trim_end_matches(['\r', '\n']).to_owned(), found.source),
                Err(error) => {
                    self.settings
                        .mistake(&by_file, format!("names a file that cannot be read: {}", error.kind()));
                    return None;
                }
            },
        };
        if value.is_empty() {
            self.settings.mistake(&setting, "is empty; accepted: a secret that is not empty");
            return None;
        }
        self.settings.note(setting, "(hidden)".to_owned(), source);
        Some(Secret::new(value))
    }

    /// A secret of 32 bytes in base64, set as [`Section::secret`] is.
    pub fn key(&mut self, name: &str) -> Option<Key> {
        let text = self.secret(name)?;
        let bytes = STANDARD.decode(text.reveal()).ok().and_then(|bytes| bytes.try_into().ok());
        if bytes.is_none() {
            self.mistake(name, "cannot be used; accepted: 32 bytes in base64");
        }
        bytes.map(Key::new)
    }

    /// Records a mistake in the setting `name` that only shows when settings are seen together.
    pub fn mistake(&mut self, name: &str, problem: impl Into<String>) {
        let setting = self.setting(name);
        self.settings.mistake(&setting, problem);
    }

    fn setting(&self, name: &str) -> String {
        format!("{}.{name}", self.name)
    }

    fn read<T>(
        &mut self,
        name: &str,
        default: T,
        accepted: &str,
        show: impl Fn(&T) -> String,
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        let setting = self.setting(name);
        let found = self.settings.look_up(&setting);
        let read = found.as_ref().map(|found| parse(&found.value));
        if matches!(read, Some(None)) {
            self.settings.mistake(&setting, format!("cannot be used; accepted: {accepted}"));
        }
        let (value, source) = match (read.flatten(), found) {
            (Some(value), Some(found)) => (value, found.source),
            (None, _) | (_, None) => (default, "default".to_owned()),
        };
        self.settings.note(setting, show(&value), source);
        value
    }
}

fn shown(value: Option<&impl Display>) -> String {
    value.map_or_else(|| "(not set)".to_owned(), ToString::to_string)
}
