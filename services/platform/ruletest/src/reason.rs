//! Reasons as the contract documents them, each with the code it is answered with and an example of its metadata.

use std::{collections::BTreeSet, fs, path::Path};

use redress_kernel::{Explanation, Kind};

/// A reason as a page of the contract has it.
#[derive(Debug)]
pub struct Documented {
    /// Its name.
    pub name: String,
    comment: String,
    keys: BTreeSet<String>,
}

/// The reasons of a package of the contract, in their order there.
///
/// # Panics
/// Where one has no example.
pub fn documented(package: &str) -> Vec<Documented> {
    let path = format!("../../../proto/redress/{package}/v1/error_reason.proto");
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let (mut all, mut comment) = (Vec::new(), String::new());
    for line in page.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("// ") {
            comment.push_str(words);
            comment.push('\n');
            continue;
        }
        if let Some((name, _)) = line.strip_prefix("ERROR_REASON_").and_then(|value| value.split_once(" = "))
            && name != "UNSPECIFIED"
        {
            let example = comment.split_once("Example: `").unwrap().1.split('`').next().unwrap();
            let example: serde_json::Value = serde_json::from_str(example).unwrap();
            let keys = example["metadata"].as_object().unwrap().keys().cloned().collect();
            all.push(Documented { name: name.to_owned(), comment: comment.clone(), keys });
        }
        comment.clear();
    }
    all
}

/// The names of these.
pub fn names(documented: &[Documented]) -> Vec<&str> {
    documented.iter().map(|value| value.name.as_str()).collect()
}

impl Documented {
    /// Holds an explanation to what is documented: its code, the keys of its metadata, and a sentence that stands in another.
    ///
    /// # Panics
    /// Where they differ.
    pub fn is_shown_by(&self, explanation: &Explanation) {
        let Explanation { kind, reason, message, metadata, .. } = explanation;
        assert_eq!(self.name, *reason);
        let keys: BTreeSet<String> = metadata.iter().map(|(key, _)| (*key).to_owned()).collect();
        assert_eq!(self.keys, keys, "{reason}");
        assert!(self.comment.contains(code(*kind)), "{reason} is answered with {}", code(*kind));
        // What has a name keeps its capital.
        let begins = message.starts_with(char::is_lowercase) || message.starts_with("Jobcentre Plus");
        assert!(begins && !message.ends_with('.'), "{message}");
    }
}

/// Holds a refusal to decision 3 of the design: what a rule refuses names the rule. What breaks no rule of the guidance, but only of the
/// request, needs none, nor do the reasons in `but`.
///
/// # Panics
/// Where no rule is named.
pub fn names_its_rule(explanation: &Explanation, but: &[&str]) {
    let of_rules = matches!(explanation.kind, Kind::Precondition | Kind::Forbidden);
    if of_rules && !but.contains(&explanation.reason) {
        assert!(!explanation.citations.is_empty(), "{}", explanation.reason);
    }
}

fn code(kind: Kind) -> &'static str {
    match kind {
        Kind::Invalid => "INVALID_ARGUMENT",
        Kind::Precondition => "FAILED_PRECONDITION",
        Kind::AlreadyExists => "ALREADY_EXISTS",
        Kind::NotFound => "NOT_FOUND",
        Kind::Forbidden => "PERMISSION_DENIED",
        Kind::LostRace => "ABORTED",
        Kind::NotNow => "UNAVAILABLE",
        Kind::Exhausted => "RESOURCE_EXHAUSTED",
        Kind::OutOfRange => "OUT_OF_RANGE",
    }
}
