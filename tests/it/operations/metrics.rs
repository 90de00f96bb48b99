//! Every metric that a rule, a dashboard or a page names is in the catalogue, and every one of the catalogue is shown somewhere.

use std::collections::BTreeSet;

use redress_chassis::telemetry::{CATALOGUE, MetricKind};

use super::runbook::{read, under};

/// The names of metrics in a text: words that begin as ours do. Those with a colon are recorded by rules.
fn named(text: &str) -> BTreeSet<&str> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '_' | ':')));
    words.filter(|word| word.starts_with("redress_") || word.starts_with("rpc_server_")).collect()
}

/// Every name under which a scrape shows the catalogue.
fn known() -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for measure in CATALOGUE {
        if measure.kind == MetricKind::Histogram {
            known.extend(["_bucket", "_count", "_sum"].map(|part| format!("{}{part}", measure.scraped)));
        }
        known.insert(measure.scraped.to_owned());
    }
    known
}

#[test]
fn nothing_names_a_metric_that_there_is_not() {
    let known = known();
    let files = [under("deploy/prometheus"), under("deploy/grafana/dashboards")].concat();
    assert!(files.len() >= 7, "{files:?}");
    for file in files {
        for name in named(&read(&file)) {
            assert!(known.contains(name), "{file} names {name}, which is not in the catalogue");
        }
    }
}

#[test]
fn every_metric_is_on_a_dashboard() {
    let boards: String = under("deploy/grafana/dashboards").iter().map(|file| read(file)).collect();
    let rules: String = under("deploy/prometheus/rules").iter().map(|file| read(file)).collect();
    for measure in CATALOGUE {
        assert!(
            boards.contains(measure.scraped) || rules.contains(measure.scraped),
            "{} is measured and shown nowhere",
            measure.scraped
        );
    }
}

#[test]
fn names_are_told_apart_and_say_their_unit() {
    let names: BTreeSet<&str> = CATALOGUE.iter().map(|measure| measure.scraped).collect();
    assert_eq!(names.len(), CATALOGUE.len());
    for measure in CATALOGUE {
        let scraped = measure.scraped;
        assert!(measure.meaning.ends_with('.'), "{scraped}: {}", measure.meaning);
        assert_eq!(measure.kind == MetricKind::Counter, scraped.ends_with("_total"), "{scraped}");
        assert!(
            measure.unit != "s" || scraped.ends_with("_seconds"),
            "{scraped} is in seconds and does not say so"
        );
    }
}
