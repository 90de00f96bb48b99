//! From names of the contract to words, and rules to short forms.

use redress_proto::r#type::v1::{Actor, Citation};

use crate::evidence::Papers;

/// `FinalResponseIssued` and `FINAL_RESPONSE_ISSUED` are both `final response issued`.
pub(super) fn of(name: &str) -> String {
    let mut words = String::new();
    let mut lower_before = false;
    for c in name.chars() {
        if c == '_' || c == '-' || (c.is_uppercase() && lower_before) {
            words.push(' ');
        }
        lower_before = c.is_lowercase();
        if c != '_' && c != '-' {
            words.extend(c.to_lowercase());
        }
    }
    words.split(' ').map(|word| if word == "ice" { "ICE" } else { word }).collect::<Vec<_>>().join(" ")
}

/// The words with a capital.
pub(super) fn sentence(name: &str) -> String {
    let words = of(name);
    let mut characters = words.chars();
    characters.next().map(|first| first.to_uppercase().to_string() + characters.as_str()).unwrap_or_default()
}

/// An enum value without the name of its enum; none for the unset one.
pub(super) fn value(name: &str, prefix: &str) -> Option<String> {
    match name.strip_prefix(prefix)? {
        "UNSPECIFIED" => None,
        rest => Some(of(rest)),
    }
}

/// `CMP-07, J0 7.04`, each once.
pub(super) fn rules(citations: &[Citation]) -> Vec<String> {
    let mut rules = Vec::new();
    for citation in citations {
        let short = if citation.document.is_empty() {
            citation.rule.clone()
        } else {
            format!("{}, {} {}", citation.rule, citation.document, citation.paragraph)
        };
        if !rules.contains(&short) {
            rules.push(short);
        }
    }
    rules
}

/// `officer-1 of Northern Skills Ltd`.
pub(super) fn actor(papers: &Papers, actor: Option<&Actor>) -> String {
    let Some(actor) = actor else { return String::new() };
    match (actor.subject.as_str(), actor.organisation.as_str()) {
        ("", _) => "the suite itself".to_owned(),
        (subject, "") => subject.to_owned(),
        (subject, organisation) => format!("{subject} of {}", papers.name(organisation)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        assert_eq!(sentence("FinalResponseIssued"), "Final response issued");
        assert_eq!(of("STAGE_WITH_ICE"), "stage with ICE");
        assert_eq!(value("CHANNEL_IN_PERSON", "CHANNEL_"), Some("in person".to_owned()));
        assert_eq!(value("CHANNEL_UNSPECIFIED", "CHANNEL_"), None);
    }
}
