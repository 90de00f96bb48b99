//! Every reason for a no is documented with its code and an example that a program could receive.

use redress_tests::contract;

const CODES: [&str; 11] = [
    "INVALID_ARGUMENT",
    "FAILED_PRECONDITION",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "ABORTED",
    "UNAVAILABLE",
    "RESOURCE_EXHAUSTED",
    "OUT_OF_RANGE",
    "DEADLINE_EXCEEDED",
    "UNAUTHENTICATED",
];

#[test]
fn every_reason_has_its_code_and_an_example() {
    let mut seen = 0;
    for each in contract::enums().iter().filter(|each| each.name().ends_with("ErrorReason")) {
        let file = each.parent_file();
        for value in each.values().filter(|value| value.number() != 0) {
            seen += 1;
            let comment = contract::comment(&file, value.path());
            let name = value.full_name();
            let codes: Vec<&&str> = CODES.iter().filter(|code| comment.contains(**code)).collect();
            assert_eq!(codes.len(), 1, "{name} is answered with one code: {comment}");
            let Some((_, rest)) = comment.split_once("Example: `") else {
                // Policy lists the metadata in words instead; it is the same in every answer.
                assert!(name.starts_with("redress.policy.v1."), "{name} has no example");
                continue;
            };
            let json = rest
                .rsplit_once('`')
                .unwrap_or_else(|| panic!("{name}: the example has no end"))
                .0
                .replace("\n ", " ");
            let example: serde_json::Value =
                serde_json::from_str(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
            let word = value.name().split_once("ERROR_REASON_").map_or(value.name(), |(_, word)| word);
            assert_eq!(example["reason"], word, "{name}: the example is of another reason");
            assert!(
                example["domain"].as_str().is_some_and(|domain| domain.ends_with(".redress")),
                "{name}: {example}"
            );
            assert!(example["metadata"].is_object(), "{name}: {example}");
        }
    }
    assert!(seen > 5, "only {seen} reasons were found");
}
