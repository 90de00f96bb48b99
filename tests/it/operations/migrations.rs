//! Migrations widen first and narrow later, so that the version before runs on the schema of the version after: two replicas of two
//! versions serve side by side, and going back is starting the image before. That they do is tried in `tests/it/disposal/ahead.rs`.

use redress_tests::workspace;

use super::runbook::read;

/// What a statement may begin with.
const ADDS: [&str; 4] = ["CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX ", "ALTER TABLE "];
/// What a statement of a step may begin with that takes away.
const TAKES: [&str; 3] = ["DROP TABLE ", "DROP INDEX ", "ALTER TABLE "];
/// The first line of a step that takes away, with the release since which nothing uses what it takes.
const UNUSED: &str = "-- unused since: ";

/// What an `ALTER TABLE` may do: a column that may be empty, or has a value for the rows and the program before it.
fn only_adds(statement: &str) -> bool {
    let Some((_, what)) = statement.split_once(" ADD COLUMN ") else { return false };
    !what.contains("NOT NULL") || what.contains("DEFAULT ")
}

fn statements(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    let all = code.join(" ");
    all.split(';')
        .map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|one| !one.is_empty())
        .collect()
}

/// The releases there were, as the changelog has them.
fn releases(changelog: &str) -> Vec<&str> {
    let headings = changelog.lines().filter_map(|line| line.strip_prefix("## "));
    headings
        .filter(|heading| heading.starts_with(|letter: char| letter.is_ascii_digit()))
        .filter_map(|heading| heading.split_whitespace().next())
        .collect()
}

/// Why a step could not be taken while the version before it runs.
fn fault(text: &str, releases: &[&str]) -> Option<String> {
    let since = text.lines().next().and_then(|line| line.strip_prefix(UNUSED));
    if since.is_some_and(|since| !releases.contains(&since)) {
        return Some(format!("takes away what the version before may use: {since:?} is no release"));
    }
    statements(text).iter().find_map(|statement| {
        let begins = |words: &[&str]| words.iter().any(|beginning| statement.starts_with(beginning));
        let alters = statement.starts_with("ALTER TABLE ");
        if since.is_some() {
            let takes = begins(&TAKES) && (!alters || statement.contains(" DROP COLUMN "));
            return (!takes).then(|| format!("does more than to take away: {statement}"));
        }
        if !begins(&ADDS) {
            return Some(format!("takes away or rewrites: {statement}"));
        }
        let asks = alters && !only_adds(statement);
        asks.then(|| format!("asks of the version before what it does not know: {statement}"))
    })
}

#[test]
fn every_migration_can_be_taken_while_the_version_before_runs() {
    let sources = workspace::sources(".sql").unwrap();
    let migrations: Vec<_> = sources.iter().filter(|source| !source.is_test()).collect();
    assert!(migrations.len() >= 9, "only {} migrations", migrations.len());
    let changelog = read("CHANGELOG.md");
    for source in migrations {
        assert_eq!(fault(&source.text, &releases(&changelog)), None, "{}", source.path);
    }
}

#[test]
fn the_rule_knows_what_breaks_the_version_before() {
    let changelog = "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2027-01-11)\n\n## 0.1.0\n";
    let releases = releases(changelog);
    assert_eq!(releases, ["0.2.0", "0.1.0"]);
    for breaks in [
        "DROP TABLE marks;",
        "ALTER TABLE marks DROP COLUMN reached;",
        "ALTER TABLE marks RENAME COLUMN reached TO seen;",
        "ALTER TABLE marks ADD COLUMN by TEXT NOT NULL;",
        "UPDATE marks SET reached = '';",
        "-- unused since: 0.3.0\nDROP TABLE marks;",
        "-- unused since: 0.2.0\nDROP TABLE marks;\nCREATE INDEX marks_idx ON marks (reached);",
        "-- unused since: 0.2.0\nALTER TABLE marks RENAME COLUMN reached TO seen;",
    ] {
        assert!(fault(breaks, &releases).is_some(), "{breaks}");
    }
    for fits in [
        "CREATE INDEX marks_idx ON marks (reached);",
        "ALTER TABLE marks ADD COLUMN by TEXT;",
        "ALTER TABLE marks ADD COLUMN by TEXT NOT NULL DEFAULT '';",
        "-- unused since: 0.2.0\nALTER TABLE marks DROP COLUMN reached;\nDROP TABLE others;\nDROP INDEX marks_idx;",
    ] {
        assert_eq!(fault(fits, &releases), None);
    }
}
