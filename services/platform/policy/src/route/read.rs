//! Tables as they are written in files.

use redress_kernel::Channel;
use serde::Deserialize;

use super::{Holder, Matter, Matters, Outcome, Routes, Row, RowDuty, Start, Writer, check};
use crate::{ClockKind, LoadFault, Source};

/// A file of a table alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    route: Vec<Written>,
}

/// A row as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    row: String,
    #[serde(default)]
    writers: Vec<Writer>,
    #[serde(default)]
    about: Vec<Vec<Matter>>,
    #[serde(default)]
    only: Vec<Matter>,
    #[serde(default)]
    channels: Vec<Channel>,
    outcome: Outcome,
    opens: Option<Outcome>,
    #[serde(default)]
    prevails: bool,
    sources: Vec<Source>,
    #[serde(default)]
    duty: Vec<WrittenDuty>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDuty {
    holder: Holder,
    text: String,
    clock: Option<ClockKind>,
    #[serde(default)]
    from: Start,
    rule: String,
    at: String,
}

/// A table of the rows, checked.
fn table(name: &str, rows: Vec<Written>) -> Result<Routes, LoadFault> {
    // Before anything is counted, so that a table of any length costs nothing (R29).
    if let Some(fault) = check::too_complex(&rows.iter().map(Written::terms).collect::<Vec<_>>()) {
        return Err(LoadFault::new(name, fault));
    }
    let routes = Routes { rows: rows.into_iter().map(Row::from).collect() };
    let faults = check::check(&routes);
    if faults.is_empty() { Ok(routes) } else { Err(LoadFault::listing(name, &faults)) }
}

pub(super) fn parse(name: &str, file: &str) -> Result<Routes, LoadFault> {
    let file: File = toml::from_str(file).map_err(|error| LoadFault::new(name, error.to_string()))?;
    table(name, file.route)
}

impl Written {
    fn terms(&self) -> usize {
        let about: usize = self.about.iter().map(Vec::len).sum();
        self.writers.len() + about + self.only.len() + self.channels.len() + self.duty.len()
    }
}

impl From<Written> for Row {
    fn from(written: Written) -> Self {
        Self {
            name: written.row,
            writers: written.writers,
            about: written.about.into_iter().map(Matters::from_iter).collect(),
            only: written.only.into_iter().collect(),
            channels: written.channels,
            outcome: written.outcome,
            opens: written.opens,
            prevails: written.prevails,
            sources: written.sources,
            duties: written.duty.into_iter().map(RowDuty::from).collect(),
        }
    }
}

impl From<WrittenDuty> for RowDuty {
    fn from(written: WrittenDuty) -> Self {
        Self {
            holder: written.holder,
            text: written.text,
            clock: written.clock,
            from: written.from,
            source: Source { rule: written.rule, at: written.at },
        }
    }
}
