//! Whatever the suite can do can be asked for from the command line.

use std::collections::{BTreeMap, BTreeSet};

use redress_tests::{contract, workspace};

/// Contracts that are held to it; a service joins them with the last of its commands.
const HELD: [&str; 3] = ["redress.complaints.v1", "redress.routing.v1", "redress.supply_chain.v1"];

/// Rpcs without a command of their own, each with why. Nothing else is missing, and nothing that has one stands here.
const WITHOUT: [(&str, &str); 2] = [
    ("/redress.complaints.v1.DocumentService/GetDocument", "`redress documents` tells the same of each"),
    (
        "/redress.routing.v1.RoutingService/ForwardContact",
        "`redress forward` passes on as few rows as there are",
    ),
];

#[test]
fn every_rpc_is_reached_by_a_command() {
    let sources = workspace::sources(".rs").unwrap();
    let client: Vec<_> = sources.iter().filter(|source| is_client(&source.path)).collect();
    assert!(!client.is_empty());
    let called = |method: &str| {
        let call = format!(".{method}(");
        client.iter().any(|source| source.code().any(|(_, line)| line.contains(&call)))
    };
    let rpcs = contract::rpcs();
    let held = rpcs.iter().filter(|rpc| HELD.contains(&rpc.method.parent_file().package_name()));
    let missing: BTreeSet<String> =
        held.filter(|rpc| !called(&snake(rpc.method.name()))).map(contract::Rpc::path).collect();
    let without: BTreeMap<&str, &str> = WITHOUT.into_iter().collect();
    let unexplained: Vec<&String> =
        missing.iter().filter(|path| !without.contains_key(path.as_str())).collect();
    assert!(unexplained.is_empty(), "no command calls these: {unexplained:#?}");
    let idle: Vec<&&str> = without.keys().filter(|path| !missing.contains(**path)).collect();
    assert!(idle.is_empty(), "have a command, or are none: {idle:#?}");
}

/// What commands are made of. What the example case does is no command.
fn is_client(path: &str) -> bool {
    [
        "services/suite/src/command",
        "services/suite/src/transfer",
        "services/suite/src/client",
        "services/suite/src/serve",
    ]
    .iter()
    .any(|folder| path.starts_with(folder))
}

/// `RouteContact` as the generated client calls it.
fn snake(name: &str) -> String {
    let mut words = String::new();
    for (index, letter) in name.char_indices() {
        if index > 0 && letter.is_uppercase() {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}
