//! A list of bank holidays as an operator keeps it: what was imported, in a file of its own, so that it can be reviewed, put under
//! version control and taken in again at every start. The calendar that it was merged into is not in it.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Deserialize;

use super::Import;
use crate::{Division, LoadFault};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    division: Division,
    version: Date,
    covers_from: Date,
    covers_until: Date,
    #[serde(default)]
    cancelled: Vec<Date>,
    #[serde(default, rename = "holiday")]
    holidays: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    on: Date,
    name: String,
    #[serde(default)]
    substitute: bool,
}

impl Import {
    /// Reads a list that [`Import::to_toml`] wrote, or that a person did.
    pub fn parse(name: &str, text: &str) -> Result<Self, LoadFault> {
        let list: List = toml::from_str(text).map_err(|error| LoadFault::new(name, error.to_string()))?;
        Ok(Self {
            division: list.division,
            version: list.version,
            covers_from: list.covers_from,
            covers_until: list.covers_until,
            holidays: list
                .holidays
                .into_iter()
                .map(|entry| (entry.on, entry.name, entry.substitute))
                .collect(),
            cancelled: list.cancelled,
        })
    }

    /// The list as a file.
    pub fn to_toml(&self) -> String {
        let Self { division, version, covers_from, covers_until, holidays, cancelled } = self;
        let cancelled: Vec<String> = cancelled.iter().map(|on| format!("\"{on}\"")).collect();
        let mut text = format!(
            "# Bank holidays of {division} as imported: merged at start into those that the program carries.\n\
             division = \"{division}\"\nversion = \"{version}\"\ncovers_from = \"{covers_from}\"\n\
             covers_until = \"{covers_until}\"\ncancelled = [{}]\n",
            cancelled.join(", "),
        );
        for (on, name, substitute) in holidays {
            // Writing to a text cannot fail.
            let _ = write!(text, "\n[[holiday]]\non = \"{on}\"\nname = {}\n", quoted(name));
            if *substitute {
                text.push_str("substitute = true\n");
            }
        }
        text
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
