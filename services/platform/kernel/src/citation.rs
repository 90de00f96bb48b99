//! Why something was decided: the rule, the text it comes from, and what went in.

use serde::{Deserialize, Serialize};

/// One reason behind a decision, precise enough for a reader to open the paragraph and check it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// Rule id of the catalogue, such as `CMP-08`.
    pub rule: String,
    /// Policy pack the rule was read from, such as `jets-scotland`; empty when the rule is the suite's own.
    pub pack: String,
    /// Version of that pack: the guidance's own date, such as `2022-02-25`.
    pub pack_version: String,
    /// Key of the governing document, such as `J0`.
    pub document: String,
    /// Paragraph in that document, such as `7.01`.
    pub paragraph: String,
    /// What went in, as name and value; identifiers, dates and enum values only, never personal data.
    pub inputs: Vec<(String, String)>,
}

impl Citation {
    /// A rule of the catalogue that no document behind a pack states.
    pub fn own(rule: &str) -> Self {
        Self {
            rule: rule.to_owned(),
            pack: String::new(),
            pack_version: String::new(),
            document: String::new(),
            paragraph: String::new(),
            inputs: Vec::new(),
        }
    }

    /// The short form people write: `CMP-08 (J0 7.01)`.
    pub fn short(&self) -> String {
        if self.document.is_empty() {
            return self.rule.clone();
        }
        format!("{} ({} {})", self.rule, self.document, self.paragraph)
    }

    /// Adds one input, for use while a decision is being explained.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand over a temporary; a reference would only be noise"
    )]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.inputs.push((name.to_owned(), value.to_string()));
        self
    }
}
