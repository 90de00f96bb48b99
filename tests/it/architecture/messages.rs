//! Shapes that keep a client written today alive tomorrow.

use std::collections::BTreeMap;

use prost_reflect::Kind;
use redress_proto::options::v1::Format;
use redress_tests::contract;

#[test]
fn every_rpc_has_a_request_of_its_own() {
    let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for rpc in contract::rpcs() {
        let input = rpc.method.input();
        assert_eq!(input.name(), format!("{}Request", rpc.method.name()), "{}", rpc.path());
        users.entry(input.full_name().to_owned()).or_default().push(rpc.path());
    }
    for (request, paths) in users {
        assert_eq!(paths.len(), 1, "{request} is shared by {paths:?}");
    }
}

#[test]
fn responses_are_named_after_their_rpc_or_are_the_resource() {
    for rpc in contract::rpcs() {
        let output = rpc.method.output();
        let is_own = output.name() == format!("{}Response", rpc.method.name());
        let is_resource = output.get_field_by_name("name").is_some() || output.name() == "Checkpoint";
        assert!(is_own || is_resource, "{} answers with {}", rpc.path(), output.full_name());
        assert!(is_own || !rpc.method.is_server_streaming(), "{} streams a bare resource", rpc.path());
    }
}

#[test]
fn lists_have_pages_with_one_meaning() {
    for rpc in contract::rpcs().iter().filter(|rpc| rpc.method.name().starts_with("List")) {
        let (input, output) = (rpc.method.input(), rpc.method.output());
        let Some(size) = input.get_field_by_name("page_size") else {
            // A list that is bounded by what it belongs to comes whole.
            assert!(
                output.get_field_by_name("next_page_token").is_none(),
                "{} pages without a size",
                rpc.path()
            );
            continue;
        };
        assert_eq!(contract::rules(&size).unwrap().minimum, Some(0), "{}: page_size", rpc.path());
        let by_position = input.get_field_by_name("after_position").is_some();
        let by_token = input.get_field_by_name("page_token").is_some()
            && output.get_field_by_name("next_page_token").is_some();
        assert!(by_position ^ by_token, "{} pages by position or by token", rpc.path());
    }
}

#[test]
fn names_point_at_collections_that_exist() {
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut collections = Vec::new();
    for message in contract::messages() {
        for field in message.fields() {
            let Some(rules) = contract::rules(&field) else { continue };
            if rules.format() == Format::ResourceName {
                assert!(!rules.collection.is_empty(), "{} names no collection", field.full_name());
                named.entry(rules.collection).or_default().push(field.full_name().to_owned());
            }
        }
        if let Some(name) = message.get_field_by_name("name") {
            let comment = contract::comment(&message.parent_file(), name.path());
            collections.extend(
                comment
                    .split_once("/{uuid}")
                    .map(|(before, _)| before.rsplit('`').next().unwrap_or_default().to_owned()),
            );
        }
    }
    for (collection, fields) in named {
        assert!(
            collections.contains(&collection),
            "no resource is called {collection}/…, yet {fields:?} name it"
        );
    }
}

#[test]
fn instants_and_dates_are_told_apart_by_name() {
    for message in contract::messages() {
        for field in message.fields() {
            let Kind::Message(kind) = field.kind() else { continue };
            let (name, full) = (field.name(), field.full_name());
            match kind.full_name() {
                "google.protobuf.Timestamp" => assert!(name.ends_with("_time"), "{full} is an instant"),
                "redress.type.v1.CivilDate" => {
                    // An instant here would hide which day it was in London (L13).
                    assert!(!name.ends_with("_time") && !name.ends_with("_at"), "{full} is a date");
                }
                _ => {}
            }
        }
    }
}
