//! Prescribed texts as versioned data (CMP-31). The words that come with the suite are the project's own: each stands in
//! for an annex that a provider receives from the department, and is replaced by a file (see `Library::with_text`).

use jiff::civil::Date;
use redress_kernel::Citation;
use serde::Deserialize;

use crate::{LoadFault, Refusal};

/// Template of the advice on how long the way to ICE is open (CMP-09).
pub const WINDOW_ADVICE: &str = "window-advice";

/// One version of a prescribed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Key of the template, such as `generic-annex-1`.
    pub template: String,
    /// Counts up with each change.
    pub version: u32,
    /// First day on which letters carry it.
    pub in_force_from: Date,
    /// Last day on which letters carry it; nothing while they do.
    pub in_force_until: Option<Date>,
    /// The words are the project's own and stand in for the department's.
    pub stand_in: bool,
    /// The words. `{last_day}` and the like are filled by [`Text::render`].
    pub body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    template: String,
    #[serde(rename = "version")]
    versions: Vec<Version>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version {
    number: u32,
    in_force_from: Date,
    in_force_until: Option<Date>,
    stand_in: bool,
    body: String,
}

impl Text {
    /// Whether letters of `date` carry this version.
    pub fn in_force_on(&self, date: Date) -> bool {
        self.in_force_from <= date && self.in_force_until.is_none_or(|until| date <= until)
    }

    /// The words with each `{name}` replaced by its value.
    pub fn render(&self, values: &[(&str, &str)]) -> String {
        values
            .iter()
            .fold(self.body.clone(), |body, (name, value)| body.replace(&format!("{{{name}}}"), value))
    }

    /// Whether `letter` contains the words; line breaks and runs of white space do not matter, every word does.
    pub fn is_in(&self, letter: &str) -> bool {
        folded(letter).contains(&folded(&self.body))
    }
}

/// Reads a text file: one template with its versions. Versions must not overlap, so that on any day at most one is in force.
pub(crate) fn parse(name: &str, file: &str) -> Result<Vec<Text>, LoadFault> {
    let file: File = toml::from_str(file).map_err(|error| LoadFault::new(name, error.to_string()))?;
    let mut texts: Vec<Text> = file
        .versions
        .into_iter()
        .map(|version| Text {
            template: file.template.clone(),
            version: version.number,
            in_force_from: version.in_force_from,
            in_force_until: version.in_force_until,
            stand_in: version.stand_in,
            body: version.body.trim().to_owned(),
        })
        .collect();
    texts.sort_by_key(|text| text.in_force_from);
    let fault = |reason: &str| Err(LoadFault::new(name, reason));
    if texts.is_empty() {
        return fault("has no version");
    }
    if texts.iter().any(|text| text.body.is_empty()) {
        return fault("has a version without words");
    }
    if texts.iter().any(|text| text.in_force_until.is_some_and(|until| until < text.in_force_from)) {
        return fault("has a version that ends before it begins");
    }
    for pair in texts.windows(2) {
        if pair[0].in_force_until.is_none_or(|until| pair[1].in_force_from <= until) {
            return fault("has two versions in force on one day");
        }
        if pair[1].version <= pair[0].version {
            return fault("has versions whose numbers do not rise with their dates");
        }
    }
    Ok(texts)
}

pub(crate) fn in_force<'a>(texts: &'a [Text], template: &str, on: Date) -> Result<&'a Text, Refusal> {
    texts
        .iter()
        .find(|text| text.template == template && text.in_force_on(on))
        .ok_or_else(|| Refusal::NoTextInForce { template: template.to_owned(), on })
}

pub(crate) fn check(
    texts: &[Text],
    wanted: &Text,
    letter: &str,
    citation: Option<Citation>,
) -> Result<(), Refusal> {
    if wanted.is_in(letter) {
        return Ok(());
    }
    let citation = Box::new(citation.unwrap_or_else(|| Refusal::own("CMP-07")));
    let (template, version) = (wanted.template.clone(), wanted.version);
    let others =
        texts.iter().filter(|text| text.template == wanted.template && text.version != wanted.version);
    match others.into_iter().find(|text| text.is_in(letter)) {
        Some(other) => Err(Refusal::TextOutdated { template, version, found: other.version, citation }),
        None => Err(Refusal::TextMissing { template, version, citation }),
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
