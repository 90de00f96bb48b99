//! What a bag is asked for.

use std::collections::BTreeMap;

/// Which complaint, as of when, and without what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// `complaints/{uuid}`.
    pub(crate) complaint: String,
    /// The checkpoints against which entries are proved; none takes the newest. The same ones give the same bag.
    pub(crate) pinned: Option<Pins>,
    /// What is withheld, by resource name, and on whose word.
    pub(crate) withheld: BTreeMap<String, String>,
}

/// The checkpoint of each journal at which a bag was planned: a signed note by the name of its service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pins(BTreeMap<String, String>);

impl Pins {
    /// Reads what was handed out; none where it is nothing that was.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    /// What is handed out, and handed back unchanged.
    pub(crate) fn text(&self) -> String {
        // Texts by texts always have a form in JSON.
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// The checkpoint of a service's journal.
    pub(crate) fn get(&self, service: &str) -> Option<&str> {
        self.0.get(service).map(String::as_str)
    }
}

impl<'n> FromIterator<(&'n str, &'n str)> for Pins {
    fn from_iter<I: IntoIterator<Item = (&'n str, &'n str)>>(notes: I) -> Self {
        Self(notes.into_iter().map(|(service, note)| (service.to_owned(), note.to_owned())).collect())
    }
}
