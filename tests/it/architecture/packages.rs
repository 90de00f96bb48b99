//! Who may know whom (design, "The house").

use redress_tests::workspace::{self, Package};

const PURE: [&str; 9] = [
    "jiff",
    "serde",
    "serde_json",
    "thiserror",
    "toml",
    "uuid",
    "unicode-normalization",
    "redress-kernel",
    "redress-policy",
];
const PLATFORM: [&str; 13] = [
    "redress-kernel",
    "redress-policy",
    "redress-store",
    "redress-journal",
    "redress-letter",
    "redress-bag",
    "redress-chassis",
    "redress-chain",
    "redress-disposal",
    "redress-ledger",
    "redress-backup",
    "redress-papers",
    "redress-proto",
];

/// What a package of ours may need among our own.
fn allowed(name: &str, domains: &[String]) -> Vec<String> {
    let own = |names: &[&str]| names.iter().map(|name| format!("redress-{name}")).collect::<Vec<_>>();
    match name {
        "redress-proto" | "redress-kernel" | "redress-letter" => Vec::new(),
        "redress-policy" | "redress-store" | "redress-ruletest" => own(&["kernel"]),
        "redress-journal" => own(&["kernel", "store"]),
        "redress-bag" => own(&["kernel", "journal", "letter"]),
        "redress-ledger" => own(&["store", "journal"]),
        "redress-backup" => own(&["kernel", "store", "journal", "ledger"]),
        "redress-chassis" => own(&["kernel", "policy", "store", "journal", "ledger", "backup", "proto"]),
        "redress-disposal" => own(&["kernel", "store", "journal", "ledger", "backup", "chassis", "proto"]),
        "redress-papers" => own(&["kernel", "store", "journal", "chassis"]),
        "redress-chain" | "redress-testkit" => {
            own(&["kernel", "policy", "store", "journal", "chassis", "proto"])
        }
        domain if domain.ends_with("-domain") => own(&["kernel", "policy"]),
        service => {
            let domain = format!("{service}-domain");
            let mut all: Vec<String> = PLATFORM.iter().map(ToString::to_string).collect();
            all.extend(domains.iter().filter(|each| **each == domain).cloned());
            all
        }
    }
}

#[test]
fn dependencies_point_inwards() {
    let packages = workspace::packages().unwrap();
    let names: Vec<String> = packages.iter().map(|package| package.name.clone()).collect();
    let domains: Vec<String> = names.iter().filter(|name| name.ends_with("-domain")).cloned().collect();
    assert!(names.len() > 10 && !domains.is_empty(), "{names:?}");
    // The suite's binary and these tests stand outside and may know every service.
    for package in
        packages.iter().filter(|package| !["redress", "redress-tests"].contains(&package.name.as_str()))
    {
        let allowed = allowed(&package.name, &domains);
        for needed in package.needs.iter().filter(|needed| names.contains(needed)) {
            assert!(allowed.contains(needed), "{} must not depend on {needed}", package.name);
        }
    }
}

#[test]
fn rules_cannot_do_io() {
    let packages = workspace::packages().unwrap();
    let pure: Vec<&Package> = packages
        .iter()
        .filter(|package| {
            package.name.ends_with("-domain")
                || ["redress-kernel", "redress-policy"].contains(&package.name.as_str())
        })
        .collect();
    assert!(pure.len() >= 3, "{pure:?}");
    for package in pure {
        for needed in &package.needs {
            assert!(
                PURE.contains(&needed.as_str()),
                "{} is pure and must not depend on {needed}",
                package.name
            );
        }
    }
}

#[test]
fn one_package_knows_the_database_driver() {
    for package in workspace::packages().unwrap() {
        let knows = package.needs.iter().any(|needed| needed.starts_with("sqlx"));
        assert_eq!(knows, package.name == "redress-store", "{}", package.name);
    }
}
