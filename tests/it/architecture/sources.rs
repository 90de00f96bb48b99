//! What the sources must not say.

use redress_tests::workspace::{self, Source};

/// Longest file that someone still reads whole.
const CEILING: usize = 400;

fn production() -> Vec<Source> {
    let all = workspace::sources(".rs").unwrap();
    // The test kit stands on the callers' side.
    let apart = |source: &Source| source.is_test() || source.path.starts_with("services/platform/testkit/");
    let kept: Vec<Source> =
        all.into_iter().filter(|source| source.path.starts_with("services/") && !apart(source)).collect();
    assert!(kept.len() > 50, "only {} files", kept.len());
    kept
}

/// Lines of code outside `home` that contain one of `words`, as `path:line: code`.
fn found(home: &str, words: &[&str]) -> Vec<String> {
    let mut hits = Vec::new();
    for source in production().iter().filter(|source| !source.path.starts_with(home)) {
        for (number, line) in source.code().filter(|(_, line)| words.iter().any(|word| line.contains(word))) {
            hits.push(format!("{}:{number}: {}", source.path, line.trim()));
        }
    }
    hits
}

#[test]
fn only_the_store_names_the_driver() {
    let hits = found("services/platform/store/", &["sqlx::", "use sqlx", "rusqlite", "tokio_postgres"]);
    assert!(hits.is_empty(), "{}", hits.join("\n"));
}

#[test]
fn only_the_chassis_builds_a_status() {
    let words = [
        "Status::new(",
        "Status::with_",
        "Status::invalid_argument",
        "Status::not_found",
        "Status::internal",
        "Status::unknown(",
        "Status::unavailable",
        "Status::aborted",
        "Status::failed_precondition",
        "Status::permission_denied",
        "Status::unauthenticated",
        "Status::unimplemented",
        "Status::already_exists",
        "Status::resource_exhausted",
        "Status::out_of_range",
        "Status::deadline_exceeded",
        "Status::cancelled",
        "Status::data_loss",
        "Status::from_error",
    ];
    let hits = found("services/platform/chassis/", &words);
    assert!(hits.is_empty(), "{}", hits.join("\n"));
}

#[test]
fn no_length_of_time_of_the_guidance_stands_in_code() {
    // L12: HOCS had them in 24 places, and corrected the same ones again and again.
    let units = ["days", "weeks", "months", "years", "hours"];
    let calls: Vec<String> =
        units.iter().flat_map(|unit| [format!(".{unit}("), format!("from_{unit}(")]).collect();
    let services = production().into_iter().filter(|source| {
        // What the service's own settings default to is no length of the guidance: how often to look, how long to keep an orphan.
        let settings = source.path.ends_with("/src/config.rs");
        !settings
            && !source.path.starts_with("services/platform/")
            && !source.path.starts_with("services/suite/")
    });
    let mut hits = Vec::new();
    for source in services {
        for (number, line) in source.code() {
            let literal = calls.iter().any(|call| {
                line.match_indices(call.as_str()).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    let after = line[at + call.len()..].chars().next();
                    before.is_some_and(|c| c.is_ascii_digit()) || after.is_some_and(|c| c.is_ascii_digit())
                })
            });
            // Eight weeks, spelt out as days.
            let eight_weeks = line
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .any(|word| word == "56" || word == "57");
            if literal || eight_weeks {
                hits.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(
        hits.is_empty(),
        "a length of time belongs in a policy pack, with its paragraph:\n{}",
        hits.join("\n")
    );
}

#[test]
fn no_statement_is_written_twice() {
    let mut seen: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for source in production() {
        let code: String = source.code().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        for text in code.split('"').skip(1).step_by(2) {
            let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "\\").collect();
            let statement = words.join(" ");
            let is_sql = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "]
                .iter()
                .any(|verb| statement.starts_with(verb));
            if is_sql && statement.len() > 40 {
                let first = seen.insert(statement.clone(), source.path.clone());
                assert!(first.is_none(), "{first:?} and {} both say: {statement}", source.path);
            }
        }
    }
}

#[test]
fn files_are_short_and_named_for_what_they_hold() {
    let banned =
        ["utils.rs", "util.rs", "common.rs", "helpers.rs", "helper.rs", "manager.rs", "misc.rs", "mod.rs"];
    for ending in [".rs", ".sql", ".py"] {
        for source in workspace::sources(ending).unwrap() {
            let lines = source.text.lines().count();
            assert!(lines <= CEILING, "{} has {lines} lines", source.path);
            let name = source.path.rsplit('/').next().unwrap_or_default();
            assert!(!banned.contains(&name), "{} is named for nothing", source.path);
        }
    }
}

#[test]
fn nothing_is_left_for_later_without_an_issue() {
    for source in production() {
        for (index, line) in source.text.lines().enumerate() {
            for word in ["TODO", "FIXME", "XXX"] {
                let at = format!("{}:{}", source.path, index + 1);
                let is_promise = line.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
                assert!(!is_promise || line.contains('#'), "{at} promises something without an issue number");
            }
        }
    }
}
