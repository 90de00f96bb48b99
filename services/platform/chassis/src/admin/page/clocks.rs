//! Case clocks: what will be late tomorrow.

use std::collections::BTreeMap;

use super::{
    super::{
        html::{number, paragraph, table},
        plot::{Line, bars},
    },
    Shown,
};
use crate::telemetry::{APPROVALS_WAITING, CASES_OPEN, DEADLINES_BREACHED, DEADLINES_OPEN, Measure, Reading};

/// How long is left, the most urgent first, as it is said on the page.
const DUE: [(&str, &str); 5] = [
    ("overdue", "overdue"),
    ("today", "today"),
    ("next_working_day", "next working day"),
    ("week", "within a week"),
    ("later", "later"),
];

pub(super) fn body(shown: &Shown<'_>) -> String {
    let reading = shown.reading;
    if reading.series(&CASES_OPEN).is_empty() && reading.series(&DEADLINES_OPEN).is_empty() {
        return paragraph("No case is under way here.");
    }
    let providers: Vec<(String, f64)> =
        DUE.iter().map(|(word, said)| ((*said).to_owned(), due(reading, word))).collect();
    // Where one service runs, its name says nothing.
    let labels: &[&str] = if shown.services.len() > 1 { &["service", "stage"] } else { &["stage"] };
    let stages: Vec<(String, f64)> = grouped(reading, &CASES_OPEN, labels).into_iter().collect();
    let plots = [
        bars("Provider's limits, by the time that is left", &providers),
        bars("Cases under way, by stage", &stages),
        Line {
            title: "Limits passed and unmet",
            points: &shown.line(|sample| sample.overdue),
            shown: number,
        }
        .render(),
    ];
    format!("<div class=\"plots\">{}</div>{}{}", plots.join(""), by_kind(reading), totals(reading))
}

fn due(reading: &Reading, word: &str) -> f64 {
    let mine = reading.series(&DEADLINES_OPEN).iter();
    // Nothing adds up to -0, which is told as such.
    mine.filter(|series| series.label("whose") == "provider" && series.label("due") == word)
        .map(|series| series.value)
        .fold(0.0, |sum, value| sum + value)
}

fn by_kind(reading: &Reading) -> String {
    let mut kinds: BTreeMap<(&str, &str), [f64; 5]> = BTreeMap::new();
    for series in reading.series(&DEADLINES_OPEN) {
        let counts = kinds.entry((series.label("kind"), series.label("whose"))).or_default();
        for ((word, _), count) in DUE.iter().zip(counts) {
            if series.label("due") == *word {
                *count += series.value;
            }
        }
    }
    let rows: Vec<Vec<String>> = kinds
        .into_iter()
        .map(|((kind, whose), counts)| {
            [vec![kind.to_owned(), whose.to_owned()], counts.map(number).to_vec()].concat()
        })
        .collect();
    let heads: Vec<&str> = ["clock", "whose time"].into_iter().chain(DUE.map(|(_, said)| said)).collect();
    table("Cases by the clock to look at next", &heads, &rows)
}

fn totals(reading: &Reading) -> String {
    let waiting = number(reading.sum(&APPROVALS_WAITING));
    let breached = number(reading.sum(&DEADLINES_BREACHED));
    paragraph(&format!(
        "Drafts that wait for the department's approval: {waiting}. Breaches recorded by this process since it started: {breached}."
    ))
}

/// The sums of a metric under some of its labels, as one name.
fn grouped(reading: &Reading, measure: &Measure, labels: &[&str]) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    for series in reading.series(measure) {
        let name: Vec<&str> = labels.iter().map(|label| series.label(label)).collect();
        *sums.entry(name.join(" ")).or_default() += series.value;
    }
    sums
}
