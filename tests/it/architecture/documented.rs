//! Whoever reads only the contract must be able to use it: everything in it says what it means.

use redress_tests::contract;

/// A comment that only repeats the name helps nobody.
const LEAST: usize = 3;

#[test]
fn everything_in_the_contract_is_documented() {
    let mut silent = Vec::new();
    let mut judge = |name: &str, comment: &str| {
        if comment.len() < LEAST || !comment.ends_with(['.', '`', ':']) {
            silent.push(format!("{name}: {comment:?}"));
        }
    };
    for message in contract::messages() {
        let file = message.parent_file();
        if message.is_map_entry() {
            continue;
        }
        judge(message.full_name(), &contract::comment(&file, message.path()));
        for field in message.fields() {
            judge(field.full_name(), &contract::comment(&file, field.path()));
        }
        for oneof in message.oneofs().filter(|oneof| !oneof.is_synthetic()) {
            judge(oneof.full_name(), &contract::comment(&file, oneof.path()));
        }
    }
    for each in contract::enums() {
        let file = each.parent_file();
        judge(each.full_name(), &contract::comment(&file, each.path()));
        for value in each.values() {
            judge(value.full_name(), &contract::comment(&file, value.path()));
        }
    }
    for rpc in contract::rpcs() {
        let service = rpc.method.parent_service();
        let file = service.parent_file();
        judge(service.full_name(), &contract::comment(&file, service.path()));
        judge(&rpc.path(), &contract::comment(&file, rpc.method.path()));
    }
    assert!(silent.is_empty(), "no sentence says what these mean:\n{}", silent.join("\n"));
}

#[test]
fn enums_begin_with_a_value_that_means_not_set() {
    for each in contract::enums() {
        let zero = each.get_value(0).expect("every enum has a zero");
        let prefix = shouting(each.name());
        assert_eq!(zero.name(), format!("{prefix}_UNSPECIFIED"), "{}", each.full_name());
        for value in each.values() {
            assert!(
                value.name().starts_with(&format!("{prefix}_")),
                "{} lacks the prefix {prefix}",
                value.full_name()
            );
        }
    }
}

/// `WithdrawnBy` as `WITHDRAWN_BY`.
fn shouting(name: &str) -> String {
    let mut shouted = String::new();
    for (index, letter) in name.char_indices() {
        if index > 0 && letter.is_uppercase() {
            shouted.push('_');
        }
        shouted.push(letter.to_ascii_uppercase());
    }
    shouted
}
