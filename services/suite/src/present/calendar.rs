//! What a list of bank holidays brings.

use std::path::PathBuf;

use jiff::civil::Date;
use redress_policy::calendar::{Holiday, Import, News};
use serde_json::{Value, json};

use super::{Grid, Screen, Tone, date};

/// What one list brings.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The list.
    pub list: Import,
    /// What it says that the calendars did not.
    pub news: News,
    /// Where it is kept; nowhere when it brings nothing, or when it was only to be shown.
    pub kept: Option<PathBuf>,
}

/// What each list brings, for a person who decides whether to keep it.
pub fn brought(screen: Screen, brought: &[Brought], dry_run: bool) -> String {
    let mut parts: Vec<String> = brought.iter().map(|one| division(screen, one)).collect();
    let kept: Vec<String> =
        brought.iter().filter_map(|one| Some(format!("kept in {}", one.kept.as_ref()?.display()))).collect();
    if brought.iter().all(|one| one.news.is_empty()) {
        parts.push("nothing new, and nothing to keep".to_owned());
    } else if dry_run {
        parts.push("nothing was kept; without --dry-run it is".to_owned());
    } else {
        parts.push(kept.join("\n"));
        parts.push("it counts from the next start of each service that sees this folder".to_owned());
    }
    parts.join("\n\n")
}

/// The same for a program.
pub fn as_json(brought: &[Brought], dry_run: bool) -> Value {
    let holiday = |holiday: &Holiday| {
        json!({
            "on": holiday.on.to_string(),
            "name": holiday.name,
            "substitute": holiday.substitute,
            "knownFrom": holiday.known_from.map(|on| on.to_string()),
        })
    };
    let list = |one: &Brought| {
        json!({
            "division": one.list.division.slug(),
            "version": one.list.version.to_string(),
            "coveredFrom": one.news.covered.0.to_string(),
            "coveredUntil": one.news.covered.1.to_string(),
            "added": one.news.added.iter().map(holiday).collect::<Vec<_>>(),
            "cancelled": one.news.cancelled.iter().map(holiday).collect::<Vec<_>>(),
            "file": one.kept.as_ref().map(|path| path.display().to_string()),
        })
    };
    json!({ "dryRun": dry_run, "lists": brought.iter().map(list).collect::<Vec<_>>() })
}

fn division(screen: Screen, one: &Brought) -> String {
    let News { added, cancelled, covered_before, covered } = &one.news;
    let covers = if covered == covered_before {
        format!("covered {} as before", span(*covered))
    } else {
        format!("covered {}; before, {}", span(*covered), span(*covered_before))
    };
    let mut lines = vec![format!(
        "{}: {} in, {} no longer kept, {covers}",
        screen.paint(Tone::Strong, one.list.division.slug()),
        days(added.len()),
        days(cancelled.len()),
    )];
    if !(added.is_empty() && cancelled.is_empty()) {
        let mut grid = Grid::new(screen, &["", "day", "name", "known from"]);
        let mut row = |tone, sign: &str, holiday: &Holiday, known: Option<Date>| {
            let substitute = if holiday.substitute { " (substitute)" } else { "" };
            grid.row([
                (tone, sign.to_owned()),
                (tone, date::plain(holiday.on)),
                (tone, format!("{}{substitute}", holiday.name)),
                (Tone::Plain, known.map_or_else(|| "always".to_owned(), date::plain)),
            ]);
        };
        for holiday in added {
            row(Tone::Good, "+", holiday, holiday.known_from);
        }
        for holiday in cancelled {
            row(Tone::Warn, "-", holiday, Some(one.list.version));
        }
        lines.push(grid.text());
    }
    lines.join("\n")
}

fn span((from, until): (Date, Date)) -> String {
    format!("{} to {}", date::plain(from), date::plain(until))
}

fn days(number: usize) -> String {
    if number == 1 { "1 day".to_owned() } else { format!("{number} days") }
}
