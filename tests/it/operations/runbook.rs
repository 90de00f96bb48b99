//! Every alert has a heading in the runbook with what it means, where to look first and what cures it, and every heading an alert.

use std::{collections::BTreeSet, fs};

use redress_tests::workspace;

/// A file of the repository.
pub(super) fn read(path: &str) -> String {
    fs::read_to_string(workspace::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files under a folder of the repository, in order.
pub(super) fn under(folder: &str) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(workspace::root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            files.extend(under(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The values of `key:` in YAML of one line each.
fn values<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let key = format!("{key}: ");
    text.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix(key.as_str())).collect()
}

fn alerts() -> BTreeSet<String> {
    let rules = under("deploy/prometheus/rules").into_iter().map(|file| read(&file)).collect::<String>();
    values(&rules, "alert").into_iter().map(str::to_owned).collect()
}

#[test]
fn the_runbook_has_a_heading_for_each_alert_and_no_other() {
    let runbook = read("docs/runbook.md");
    let (alerts_part, _) = runbook.split_once("\n# Procedures\n").expect("procedures follow the alerts");
    let headings: BTreeSet<String> =
        alerts_part.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect();
    assert!(headings.len() > 10);
    assert_eq!(headings, alerts());
    for section in alerts_part.split("\n## ").skip(1) {
        let name = section.lines().next().unwrap();
        for part in ["**Means.** ", "**First look.** ", "**Cure.** "] {
            assert_eq!(section.matches(part).count(), 1, "{name} lacks {part}");
        }
    }
}

#[test]
fn every_alert_leads_to_its_heading_and_says_how_loud_it_is() {
    for file in under("deploy/prometheus/rules") {
        let text = read(&file);
        for block in text.split("- alert: ").skip(1) {
            let name = block.lines().next().unwrap();
            let wanted = format!("docs/runbook.md#{}", name.to_lowercase());
            assert_eq!(values(block, "runbook").first().copied(), Some(wanted.as_str()), "{name}");
            assert!(
                block.contains("severity: page") || block.contains("severity: ticket"),
                "{name} does not say whom it wakes"
            );
        }
    }
}

#[test]
fn every_alert_is_tried() {
    let tests: String = under("deploy/prometheus/tests").iter().map(|file| read(file)).collect();
    for alert in alerts() {
        let speaks = tests.contains(&format!("alertname: {alert}\n        exp_alerts:"));
        assert!(speaks, "no test makes {alert} speak");
    }
}

#[test]
fn dashboards_and_the_operations_page_name_alerts_that_there_are() {
    let alerts = alerts();
    let mut files = under("deploy/grafana/dashboards");
    files.push("services/platform/chassis/src/admin/page/attention.rs".to_owned());
    for file in files {
        let text = read(&file);
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
        for word in words.filter(|word| word.len() > 7 && word.starts_with("Redress")) {
            assert!(alerts.contains(word), "{file} names {word}, and no alert is called so");
        }
    }
}
