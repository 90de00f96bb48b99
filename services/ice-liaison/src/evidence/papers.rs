//! Everything about a complaint, as its services tell it.

use std::collections::BTreeMap;

use redress_bag::case::{Disposition, Extract, Withheld};
use redress_proto::{
    complaints::v1::{Complaint, Document, Letter, Participant, Procedure, TimelineEntry},
    ice_liaison::v1::Examination,
    routing::v1::Contact,
    supply_chain::v1::Contract,
};

use super::Pins;

/// The answers, unrendered.
#[derive(Clone, Debug)]
pub(crate) struct Papers {
    /// The complaint with its statement.
    pub(crate) complaint: Complaint,
    /// Who complains.
    pub(crate) participant: Participant,
    /// Under which contract.
    pub(crate) contract: Contract,
    /// What organisations are called, by resource name.
    pub(crate) names: BTreeMap<String, String>,
    /// What happened, with what people wrote.
    pub(crate) timeline: Vec<TimelineEntry>,
    /// The procedure the case is worked by.
    pub(crate) procedure: Option<Procedure>,
    /// The letters, drafts too.
    pub(crate) letters: Vec<LetterCopy>,
    /// Its cases with the examiner.
    pub(crate) examinations: Vec<Examination>,
    /// The contacts that led to it.
    pub(crate) contacts: Vec<Contact>,
    /// The documents of the complaint, of its participant, and of the contacts.
    pub(crate) documents: Vec<Document>,
    /// What the journals hold, that of complaints first.
    pub(crate) extracts: Vec<Extract>,
    /// What is withheld, by resource name, and why.
    pub(crate) withheld: BTreeMap<String, Withheld>,
}

impl Papers {
    /// Whether a paper is in the bag.
    pub(crate) fn disposition<T>(&self, name: &str, content: impl FnOnce() -> T) -> Disposition<T> {
        match self.withheld.get(name) {
            Some(withheld) => Disposition::Withheld(withheld.clone()),
            None => Disposition::Included(content()),
        }
    }

    /// The checkpoints at which the journals stand.
    pub(crate) fn pins(&self) -> Pins {
        self.extracts.iter().map(|extract| (extract.service.as_str(), extract.checkpoint.as_str())).collect()
    }

    /// What an organisation is called.
    pub(crate) fn name(&self, organisation: &str) -> String {
        self.names.get(organisation).cloned().unwrap_or_else(|| organisation.to_owned())
    }
}

/// A letter with its renderings; neither of one that is withheld.
#[derive(Clone, Debug, Default)]
pub(crate) struct LetterCopy {
    /// What is known of it.
    pub(crate) letter: Letter,
    /// Its text.
    pub(crate) text: String,
    /// As it was sent; none for a draft.
    pub(crate) pdf: Option<Vec<u8>>,
}
