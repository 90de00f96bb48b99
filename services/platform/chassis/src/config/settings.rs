//! Settings from the environment and one optional file, read by name, with every mistake collected.
//!
//! A setting `database.url` is `REDRESS_DATABASE_URL` in the environment and `url` under `[database]` in the file;
//! the environment wins. A secret may also be named by file: `REDRESS_KEYRING_KEY_FILE`.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    environment::Environment,
    mistake::{Mistake, Mistakes},
    section::Section,
};

const PREFIX: &str = "REDRESS_";
/// Variables of the command-line client and of the tests, which are not for a server to judge.
const FOREIGN: [&str; 2] = ["CLIENT_", "TEST_"];

/// All that was set, what has been asked for, and what was wrong with it.
#[derive(Debug, Default)]
pub struct Settings {
    found: BTreeMap<String, Found>,
    standard: BTreeMap<String, String>,
    asked: BTreeSet<String>,
    mistakes: Vec<Mistake>,
    effective: Vec<Effective>,
}

/// A value and where it was set.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) value: String,
    pub(super) source: String,
}

/// A setting as it is in force, for `check-config`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// The setting, such as `listen.address`.
    pub setting: String,
    /// Its value, or a note that it is hidden.
    pub value: String,
    /// Where it came from; `default` when nobody set it.
    pub source: String,
}

impl Settings {
    /// Gathers what is set. The file is `file`, or the one that `REDRESS_CONFIG_FILE` names.
    pub fn gather(environment: &dyn Environment, file: Option<&Path>) -> Self {
        let mut settings = Self::default();
        let mut named = file.map(Path::to_path_buf);
        let mut variables = Vec::new();
        for (name, value) in environment.variables() {
            let Some(key) = name.strip_prefix(PREFIX) else {
                if name.starts_with("OTEL_") {
                    settings.standard.insert(name, value);
                }
                continue;
            };
            if key == "CONFIG_FILE" {
                named.get_or_insert_with(|| value.clone().into());
            } else if !FOREIGN.iter().any(|foreign| key.starts_with(foreign)) {
                variables.push((key.to_owned(), Found { value, source: name.clone() }));
            }
        }
        if let Some(path) = named {
            settings.read_file(&path);
        }
        settings.found.extend(variables);
        settings
    }

    fn read_file(&mut self, path: &Path) {
        let source = path.display().to_string();
        let mut wrong = |problem: String| {
            self.mistakes.push(Mistake {
                setting: "config.file".to_owned(),
                source: source.clone(),
                problem,
            });
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => return wrong(format!("cannot be read: {}", error.kind())),
        };
        match text.parse::<toml::Table>() {
            Ok(table) => flatten(&table, "", &source, &mut self.found),
            // The message of the parser quotes the line, which may hold a secret; its place is enough.
            Err(error) => {
                let line =
                    error.span().map_or(0, |span| text[..span.start.min(text.len())].lines().count().max(1));
                wrong(format!("is not TOML, see line {line}"));
            }
        }
    }

    /// The settings of one section.
    pub fn section(&mut self, name: &'static str) -> Section<'_> {
        Section::new(self, name)
    }

    /// A variable of the OpenTelemetry standard.
    pub fn standard(&mut self, name: &str) -> Option<String> {
        let value = self.standard.get(name).filter(|value| !value.is_empty()).cloned()?;
        self.note(name.to_owned(), value.clone(), name.to_owned());
        Some(value)
    }

    /// Records a mistake that only shows when settings are seen together.
    pub fn mistake(&mut self, setting: &str, problem: impl Into<String>) {
        let source = self.found.get(&key_of(setting)).map_or("default", |found| &found.source).to_owned();
        self.mistakes.push(Mistake { setting: setting.to_owned(), source, problem: problem.into() });
    }

    /// Ends reading: every mistake, those of settings nobody knows included, or all that is in force.
    pub fn finish(mut self) -> Result<Vec<Effective>, Mistakes> {
        for (key, found) in &self.found {
            if !self.asked.contains(key) {
                let setting = key.to_lowercase().replacen('_', ".", 1);
                let problem = "is not a setting of this program".to_owned();
                self.mistakes.push(Mistake { setting, source: found.source.clone(), problem });
            }
        }
        if self.mistakes.is_empty() { Ok(self.effective) } else { Err(Mistakes(self.mistakes)) }
    }

    pub(super) fn look_up(&mut self, setting: &str) -> Option<Found> {
        let key = key_of(setting);
        let found = self.found.get(&key).cloned();
        self.asked.insert(key);
        found
    }

    pub(super) fn note(&mut self, setting: String, value: String, source: String) {
        // Members that run together ask for the same shared sections.
        if !self.effective.iter().any(|known| known.setting == setting) {
            self.effective.push(Effective { setting, value, source });
        }
    }
}

fn key_of(setting: &str) -> String {
    setting.to_uppercase().replace('.', "_")
}

fn flatten(table: &toml::Table, prefix: &str, source: &str, into: &mut BTreeMap<String, Found>) {
    for (name, value) in table {
        let key = format!("{prefix}{}", name.to_uppercase());
        if let Some(inner) = value.as_table() {
            flatten(inner, &format!("{key}_"), source, into);
        } else {
            into.insert(key, Found { value: plain(value), source: source.to_owned() });
        }
    }
}

/// A value as it would stand in the environment.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(flag) => flag.to_string(),
        toml::Value::Datetime(instant) => instant.to_string(),
        toml::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        // A table inside an array means nothing here; its setting then says what it takes.
        toml::Value::Table(_) => String::new(),
    }
}
