//! The bank-holiday file of GOV.UK, read into an import for review. It carries no coverage of its own and has been known to
//! forget years (L04), so whoever imports it says for which days it is taken to speak.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::Import;
use crate::{Division, LoadFault};

/// The parsed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    divisions: BTreeMap<String, Events>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Events {
    events: Vec<Event>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Event {
    title: String,
    date: Date,
    #[serde(default)]
    notes: String,
}

impl Feed {
    /// Reads the JSON of the file.
    pub fn parse(json: &str) -> Result<Self, LoadFault> {
        let divisions = serde_json::from_str(json)
            .map_err(|error| LoadFault::new("bank holiday feed", error.to_string()))?;
        Ok(Self { divisions })
    }

    /// The holidays of `division` as an import taken on `version`, speaking for the days from `covers_from` to `covers_until`.
    pub fn import(
        &self,
        division: Division,
        version: Date,
        covers_from: Date,
        covers_until: Date,
    ) -> Result<Import, LoadFault> {
        let events = self
            .divisions
            .get(division.slug())
            .ok_or_else(|| LoadFault::new("bank holiday feed", format!("does not speak of {division}")))?;
        let speaks_for = |event: &&Event| (covers_from..=covers_until).contains(&event.date);
        let holiday = |event: &Event| {
            let substitute = event.notes.to_lowercase().contains("substitute");
            (event.date, event.title.replace('\u{2019}', "'"), substitute)
        };
        let holidays = events.events.iter().filter(speaks_for).map(holiday).collect();
        Ok(Import { division, version, covers_from, covers_until, holidays, cancelled: Vec::new() })
    }
}
