//! Bad inputs for which the contract leaves no place, proved from its descriptors: a field or an rpc that gives them one fails here,
//! and then needs a test of its own.

use prost_reflect::{EnumDescriptor, FieldDescriptor, Kind};
use redress_tests::contract;

/// Every field that a caller may send, with its message.
fn sent() -> Vec<FieldDescriptor> {
    let (mut found, mut seen) = (Vec::new(), Vec::new());
    let mut todo: Vec<_> = contract::rpcs().iter().map(|rpc| rpc.method.input()).collect();
    while let Some(message) = todo.pop() {
        if seen.contains(&message) {
            continue;
        }
        for field in message.fields() {
            let output_only = contract::rules(&field).is_some_and(|rules| rules.output_only);
            if let (Kind::Message(inner), false) = (field.kind(), output_only) {
                todo.push(inner);
            }
            if !output_only {
                found.push(field);
            }
        }
        seen.push(message);
    }
    found
}

#[test]
fn nothing_is_filtered_ordered_or_masked_by_words() {
    // G34, G37
    let fields = sent();
    assert!(fields.len() > 300, "{}", fields.len());
    for field in fields {
        let name = field.full_name().to_owned();
        let masked =
            matches!(field.kind(), Kind::Message(inner) if inner.full_name() == "google.protobuf.FieldMask");
        assert!(
            !masked && !["filter", "order_by", "update_mask", "read_mask"].contains(&field.name()),
            "{name}"
        );
    }
}

#[test]
fn amounts_are_whole_pence() {
    // G36: neither a currency nor parts of a unit can be sent; what is below zero is refused by the rules of the field.
    let mut amounts = 0;
    for message in contract::messages() {
        for field in message.fields() {
            let name = field.full_name().to_owned();
            assert!(!["currency", "currency_code", "units", "nanos"].contains(&field.name()), "{name}");
            if field.name() == "pence" || field.name().ends_with("_pence") {
                assert_eq!(field.kind(), Kind::Int64, "{name}");
                amounts += 1;
            }
            let input = message.name().ends_with("Request");
            let minimum = contract::rules(&field).and_then(|rules| rules.minimum);
            assert!(
                !(input && field.name().contains("pence")) || minimum >= Some(0),
                "{name} may be negative"
            );
        }
    }
    assert!(amounts > 3, "{amounts}");
}

#[test]
fn nobody_is_suspended_and_no_clock_is_paused() {
    // G13, C32
    for rpc in contract::rpcs() {
        for verb in ["Suspend", "Pause", "Stop", "Freeze", "Extend"] {
            let of_complaints = rpc.path().starts_with("/redress.complaints.");
            assert!(!(of_complaints && rpc.method.name().starts_with(verb)), "{}", rpc.path());
        }
    }
    for each in contract::enums() {
        for value in each.values() {
            assert!(!value.name().contains("SUSPENDED"), "{}", value.full_name());
            let of_clocks = each.name() == "ClockState";
            assert!(!(of_clocks && value.name().contains("PAUSED")), "{}", value.full_name());
        }
    }
}

#[test]
fn a_document_is_never_waiting_to_be_looked_at() {
    // C40
    let states: Vec<_> =
        contract::enums().into_iter().filter(|each| each.name() == "DocumentState").collect();
    assert!(!states.is_empty());
    for value in states.iter().flat_map(EnumDescriptor::values) {
        assert!(!value.name().contains("PENDING") && !value.name().contains("SCAN"), "{}", value.full_name());
    }
}

#[test]
fn no_caller_says_how_sensitive_something_is() {
    // C41: the contract says it, for everyone.
    for field in sent() {
        for word in ["sensitiv", "special_category", "confidential"] {
            assert!(!field.name().contains(word), "{}", field.full_name());
        }
    }
}
