//! Calls: how many, how many failed, how long they took.

use std::collections::BTreeMap;

use super::{
    super::{
        html::{number, paragraph, table, time},
        plot::Line,
    },
    Shown,
};
use crate::telemetry::{Calls, Sample, Spread};

#[expect(clippy::cast_precision_loss, reason = "rates that are drawn")]
pub(super) fn body(shown: &Shown<'_>) -> String {
    let rate = |count: fn(&Sample) -> u64| {
        shown.change(move |before, after, passed| {
            count(after).checked_sub(count(before)).map(|more| more as f64 / passed)
        })
    };
    let within =
        |share: f64| shown.change(move |before, after, _| after.spread.since(&before.spread).quantile(share));
    let per_second = |value: f64| format!("{}/s", number((value * 100.0).round() / 100.0));
    let plots = [
        Line { title: "Calls", points: &rate(|sample| sample.calls), shown: per_second }.render(),
        Line { title: "Failed by the service", points: &rate(|sample| sample.faults), shown: per_second }
            .render(),
        Line { title: "99 of 100 answered within", points: &within(0.99), shown: time }.render(),
        Line { title: "Calls that run", points: &shown.line(|sample| sample.running), shown: number }
            .render(),
    ];
    format!("<div class=\"plots\">{}</div>{}", plots.join(""), by_rpc(&shown.reading.calls))
}

/// The calls of one rpc.
#[derive(Default)]
struct Rpc {
    calls: u64,
    refused: u64,
    failed: u64,
    spread: Spread,
    stream: bool,
}

fn by_rpc(calls: &[Calls]) -> String {
    let mut rpcs: BTreeMap<&str, Rpc> = BTreeMap::new();
    for calls in calls {
        let rpc = rpcs.entry(&calls.rpc).or_default();
        rpc.calls += calls.count;
        if calls.is_fault() {
            rpc.failed += calls.count;
        } else if calls.status != "OK" {
            rpc.refused += calls.count;
        }
        rpc.stream = calls.is_stream();
        rpc.spread.add(&calls.spread);
    }
    if rpcs.is_empty() {
        return paragraph("No call has come yet.");
    }
    let mut rpcs: Vec<(&str, Rpc)> = rpcs.into_iter().collect();
    rpcs.sort_by_key(|(_, rpc)| std::cmp::Reverse(rpc.calls));
    let rows: Vec<Vec<String>> = rpcs
        .into_iter()
        .map(|(name, rpc)| {
            let within = |share| {
                let told = rpc.spread.quantile(share).map_or_else(String::new, time);
                if rpc.stream { "as long as it is wanted".to_owned() } else { told }
            };
            let counts = [rpc.calls, rpc.refused, rpc.failed].map(|count| count.to_string());
            [vec![name.to_owned()], counts.to_vec(), vec![within(0.5), within(0.99)]].concat()
        })
        .collect();
    let heads = ["rpc", "calls", "refused", "failed", "half within", "99 % within"];
    table("Calls since the start, by rpc", &heads, &rows)
}
