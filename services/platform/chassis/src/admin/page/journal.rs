//! The journal, and the connections to the databases.

use std::collections::BTreeMap;

use super::{
    super::{
        html::{number, table, time},
        plot::Line,
    },
    Shown,
};
use crate::telemetry::{
    CHECKPOINT_AGE, JOURNAL_SIZE, Measure, POOL, Reading, SEQUENCING, UNSEQUENCED, UNSEQUENCED_AGE,
};

pub(super) fn body(shown: &Shown<'_>) -> String {
    let entries =
        shown.change(|before, after, passed| Some((after.entries - before.entries).max(0.0) / passed));
    let per_second = |value: f64| format!("{}/s", number((value * 100.0).round() / 100.0));
    let plots = [
        Line { title: "Journal entries", points: &entries, shown: per_second }.render(),
        Line {
            title: "Oldest entry without a position",
            points: &shown.line(|sample| sample.unsequenced_age),
            shown: time,
        }
        .render(),
        Line {
            title: "Database connections in use",
            points: &shown.line(|sample| sample.connections),
            shown: number,
        }
        .render(),
    ];
    format!("<div class=\"plots\">{}</div>{}{}", plots.join(""), journals(shown), pools(shown.reading))
}

fn journals(shown: &Shown<'_>) -> String {
    let reading = shown.reading;
    let of = |measure: &Measure, service: &str| {
        reading
            .series(measure)
            .iter()
            .find(|series| series.label("service") == service)
            .map(|series| series.value)
    };
    let told = |value: Option<f64>, tell: fn(f64) -> String| value.map_or_else(|| "none".to_owned(), tell);
    let row = |service: &&str| {
        let runs = of(&SEQUENCING, service).is_some_and(|value| value >= 1.0);
        vec![
            (*service).to_owned(),
            told(of(&JOURNAL_SIZE, service), number),
            told(of(&CHECKPOINT_AGE, service), time),
            told(of(&UNSEQUENCED, service), number),
            told(of(&UNSEQUENCED_AGE, service), time),
            if runs { "runs".to_owned() } else { "has stopped".to_owned() },
        ]
    };
    let rows: Vec<Vec<String>> = shown.services.iter().map(row).collect();
    let heads = ["service", "entries", "checkpoint signed", "unsequenced", "oldest of them", "sequencer"];
    table("Journals", &heads, &rows)
}

fn pools(reading: &Reading) -> String {
    let mut pools: BTreeMap<(&str, &str), BTreeMap<&str, f64>> = BTreeMap::new();
    for series in reading.series(&POOL) {
        let pool = pools.entry((series.label("service"), series.label("pool"))).or_default();
        pool.insert(series.label("state"), series.value);
    }
    let rows: Vec<Vec<String>> = pools
        .into_iter()
        .map(|((service, pool), states)| {
            let of = |state| number(states.get(state).copied().unwrap_or_default());
            vec![format!("{service} {pool}"), of("in_use"), of("idle"), of("most")]
        })
        .collect();
    table("Connections to the databases", &["pool", "in use", "idle", "at most"], &rows)
}
