//! No rpc without a declared role, no field without a declared sensitivity (design 7 and 8, L32).

use prost_reflect::{FieldDescriptor, Kind};
use redress_proto::options::v1::{FieldRules, Format, Role, Scope, Sensitivity};
use redress_tests::contract;

/// Fields that name or describe a person by what they are called; a new one that is classified as harmless is a mistake.
const PERSONAL: [&str; 9] = [
    "narrative",
    "full_name",
    "postal_address",
    "email",
    "telephone",
    "national_insurance_number",
    "adjustments",
    "comment",
    "reason_text",
];

#[test]
fn every_field_says_how_sensitive_it_is() {
    let mut unclassified = Vec::new();
    for message in contract::messages() {
        for field in message.fields() {
            if classified(&field).is_none() {
                unclassified.push(field.full_name().to_owned());
            }
        }
    }
    assert!(unclassified.is_empty(), "fields without a sensitivity: {unclassified:#?}"); // L32
}

#[test]
fn text_that_people_write_is_never_called_harmless() {
    let harmless = [Sensitivity::Operational, Sensitivity::Pseudonym];
    for field in contract::messages().iter().flat_map(|message| message.fields().collect::<Vec<_>>()) {
        let Some((rules, sensitivity)) = classified(&field) else { continue };
        let long = rules.format() == Format::Multiline || PERSONAL.contains(&field.name());
        let text = field.kind() == Kind::String;
        assert!(
            !(text && long && harmless.contains(&sensitivity)),
            "{} is free text or personal",
            field.full_name()
        );
    }
}

#[test]
fn a_message_is_as_sensitive_as_what_it_holds() {
    let personal = |field: &FieldDescriptor| {
        classified(field).is_some_and(|(_, sensitivity)| {
            !matches!(sensitivity, Sensitivity::Operational | Sensitivity::Pseudonym)
        })
    };
    for message in contract::messages() {
        for field in message.fields() {
            let Kind::Message(inner) = field.kind() else { continue };
            // The field that a list or a view leaves out of the inner message may make the outer one harmless; an input never is.
            let is_input = message.name().ends_with("Request");
            if is_input && inner.full_name().starts_with("redress.") {
                let holds = inner.fields().any(|field| personal(&field) && !output_only(&field));
                assert!(!holds || personal(&field), "{} takes in personal data", field.full_name());
            }
        }
    }
}

#[test]
fn every_rpc_says_who_may_call_it_and_what_they_see() {
    for rpc in contract::rpcs() {
        let path = rpc.path();
        let access = rpc.access.as_ref().unwrap_or_else(|| panic!("{path} declares no access"));
        assert_ne!(access.scope(), Scope::Unspecified, "{path} has no scope");
        assert_ne!(access.roles.is_empty(), !access.open, "{path} names roles or is open, not both");
        assert!(access.roles().all(|role| role != Role::Unspecified), "{path} names a role that is none");
        assert!(!access.irreversible || access.mutating, "{path} cannot be undone and yet changes nothing");
    }
}

#[test]
fn whatever_changes_something_can_be_repeated() {
    for rpc in contract::rpcs() {
        let input = rpc.method.input();
        // In a stream the first message carries it, inside the description.
        let holder = if rpc.method.is_client_streaming() {
            let first = input.fields().min_by_key(FieldDescriptor::number).map(|field| field.kind());
            match first {
                Some(Kind::Message(description)) => description,
                other => panic!("{} begins with {other:?}", rpc.path()),
            }
        } else {
            input
        };
        let id = holder.get_field_by_name("request_id");
        assert_eq!(id.is_some(), rpc.mutating(), "{}: a request_id goes with a change", rpc.path()); // L19
        if let Some(rules) = id.as_ref().and_then(contract::rules) {
            assert!(
                rules.required && rules.format() == Format::Uuid,
                "{}: request_id is a required uuid",
                rpc.path()
            );
        }
    }
}

#[test]
fn names_of_rpcs_tell_whether_they_change_something() {
    // A bag is built of what is there, and changes nothing of it.
    let bags = ["Preview", "Build"];
    let reading = ["Get", "List", "Watch", "Stream", "Download", "Choose", "Explain", "Validate", "Simulate"];
    for rpc in contract::rpcs() {
        let reads = reading.iter().chain(&bags).any(|verb| rpc.method.name().starts_with(verb));
        assert_ne!(reads, rpc.mutating(), "{}", rpc.path());
    }
}

fn classified(field: &FieldDescriptor) -> Option<(FieldRules, Sensitivity)> {
    let rules = contract::rules(field)?;
    let sensitivity = rules.sensitivity();
    (sensitivity != Sensitivity::Unspecified).then_some((rules, sensitivity))
}

fn output_only(field: &FieldDescriptor) -> bool {
    contract::rules(field).is_some_and(|rules| rules.output_only)
}
