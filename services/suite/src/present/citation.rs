//! The rule behind a decision, short enough for a table and long enough to open the paragraph.

use redress_proto::r#type::v1::Citation;

/// `CMP-08 (J0 7.01)`.
pub fn short(citation: &Citation) -> String {
    if citation.document.is_empty() {
        return citation.rule.clone();
    }
    format!("{} ({} {})", citation.rule, citation.document, citation.paragraph)
}

/// `CMP-08 (J0 7.01), pack jets-scotland of 2022-02-25`.
pub fn long(citation: &Citation) -> String {
    if citation.pack.is_empty() {
        return short(citation);
    }
    format!("{}, pack {} of {}", short(citation), citation.pack, citation.pack_version)
}

/// The short forms of several, each once.
pub fn all(citations: &[Citation]) -> String {
    each(citations, short).join(", ")
}

/// The long forms of several, each once, on lines of their own.
pub fn lines(citations: &[Citation]) -> String {
    each(citations, long).join("\n")
}

fn each(citations: &[Citation], form: fn(&Citation) -> String) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    for citation in citations {
        let shown = form(citation);
        if !forms.contains(&shown) {
            forms.push(shown);
        }
    }
    forms
}
