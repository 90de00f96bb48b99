//! Migrations only add, so that the version before runs on the schema of the version after: two replicas of two versions serve
//! side by side, and going back is starting the image before.

use redress_tests::workspace;

/// What a statement may begin with.
const ADDS: [&str; 4] = ["CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX ", "ALTER TABLE "];

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

/// Why a step could not be taken while the version before it runs.
fn fault(statement: &str) -> Option<String> {
    if !ADDS.iter().any(|beginning| statement.starts_with(beginning)) {
        return Some(format!("takes away or rewrites: {statement}"));
    }
    if statement.starts_with("ALTER TABLE ") && !only_adds(statement) {
        return Some(format!("asks of the version before what it does not know: {statement}"));
    }
    None
}

#[test]
fn every_migration_only_adds() {
    let sources = workspace::sources(".sql").unwrap();
    let migrations: Vec<_> = sources.iter().filter(|source| !source.is_test()).collect();
    assert!(migrations.len() >= 9, "only {} migrations", migrations.len());
    for source in migrations {
        for statement in statements(&source.text) {
            assert_eq!(fault(&statement), None, "{}", source.path);
        }
    }
}

#[test]
fn the_rule_knows_what_breaks_the_version_before() {
    for breaks in [
        "DROP TABLE marks",
        "ALTER TABLE marks DROP COLUMN reached",
        "ALTER TABLE marks RENAME COLUMN reached TO seen",
        "ALTER TABLE marks ADD COLUMN by TEXT NOT NULL",
        "UPDATE marks SET reached = ''",
    ] {
        assert!(fault(breaks).is_some(), "{breaks}");
    }
    for adds in [
        "CREATE INDEX marks_idx ON marks (reached)",
        "ALTER TABLE marks ADD COLUMN by TEXT",
        "ALTER TABLE marks ADD COLUMN by TEXT NOT NULL DEFAULT ''",
    ] {
        assert_eq!(fault(adds), None);
    }
}
