//! What a group of commands needs of this service's data: loaded at once, changed in memory, written at once.
//!
//! Nothing is decided here. A command that finds nothing on a shelf treats it as not there; whether its caller may see
//! what is there it asks [`World::is_member`] and [`World::is_party`].

mod flush;
mod load;

use std::collections::{HashMap, HashSet};

use redress_chain::{KnownContract, Reach};
use redress_journal::{Shelf, shell};
use redress_papers::Stage;
use redress_store::{DbError, Tx, sealed::Sealed};
use routing_domain::{
    ComplaintId, ContactId, ContractId, MemberLetterId, MixedComplaintId, OrganisationId, PaperId, id,
};
use uuid::Uuid;

use crate::store::{contact::Contact, letter::Letter, mixed::Mixed, paper::Paper};

/// What a command may ask to have loaded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Want {
    /// A contract, and who sees what under it.
    Contract(ContractId),
    /// The contract with a reference, likewise.
    ContractReference(String),
    /// A contact, with its parties, its contract and what it opened.
    Contact(ContactId),
    /// The contact that an organisation recorded under a reference.
    ContactReference(OrganisationId, String),
    /// A mixed complaint, with its parties and its contact.
    Mixed(MixedComplaintId),
    /// A letter, with its parties and its contact.
    Letter(MemberLetterId),
    /// The contact or mixed complaint that opened a complaint.
    Opened(ComplaintId),
}

/// The loaded part of the data.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) contracts: HashMap<ContractId, KnownContract>,
    pub(crate) contract_references: HashMap<String, ContractId>,
    pub(crate) contacts: Shelf<id::Contact, Contact>,
    pub(crate) contact_references: HashMap<(OrganisationId, String), ContactId>,
    pub(crate) mixed: Shelf<id::MixedComplaint, Mixed>,
    pub(crate) letters: Shelf<id::MemberLetter, Letter>,
    pub(crate) opened_by_contact: HashMap<ComplaintId, ContactId>,
    pub(crate) opened_by_mixed: HashMap<ComplaintId, MixedComplaintId>,
    parties: HashMap<Uuid, HashSet<OrganisationId>>,
    reach: Vec<Reach>,
    papers: HashMap<ContactId, Vec<PaperId>>,
    new_sealed: Vec<Sealed>,
    new_papers: Vec<Paper>,
}

impl World {
    /// Whether `caller` sees anything under `contract`.
    pub(crate) fn is_member(&self, caller: OrganisationId, contract: ContractId) -> bool {
        let own = |reach: &Reach| {
            reach.contract == contract && reach.organisation == caller && reach.below == caller
        };
        self.reach.iter().any(own)
    }

    /// Everyone who sees what `organisation` does under `contract`.
    pub(crate) fn seen_by(
        &self,
        contract: ContractId,
        organisation: OrganisationId,
    ) -> HashSet<OrganisationId> {
        let above = |reach: &&Reach| reach.contract == contract && reach.below == organisation;
        self.reach.iter().filter(above).map(|reach| reach.organisation).collect()
    }

    /// Whether `caller` may see a thing.
    pub(crate) fn is_party(&self, caller: OrganisationId, thing: Uuid) -> bool {
        self.parties.get(&thing).is_some_and(|parties| parties.contains(&caller))
    }

    /// Who may see a thing.
    pub(crate) fn parties_of(&self, thing: Uuid) -> HashSet<OrganisationId> {
        self.parties.get(&thing).cloned().unwrap_or_default()
    }

    /// Lets organisations see a thing, beside those that do.
    pub(crate) fn add_parties(
        &mut self,
        thing: Uuid,
        organisations: impl IntoIterator<Item = OrganisationId>,
    ) {
        self.parties.entry(thing).or_default().extend(organisations);
    }

    /// The papers of a contact that can be read.
    pub(crate) fn papers_of(&self, contact: ContactId) -> &[PaperId] {
        self.papers.get(&contact).map_or(&[], Vec::as_slice)
    }

    /// Keeps a paper.
    pub(crate) fn add_paper(&mut self, paper: Paper) {
        if paper.stage == Stage::Stored {
            self.papers.entry(paper.contact).or_default().push(paper.id);
        }
        self.new_papers.push(paper);
    }

    /// Keeps a text.
    pub(crate) fn add_sealed(&mut self, text: Sealed) {
        self.new_sealed.push(text);
    }
}

impl shell::World for World {
    type Want = Want;

    fn new() -> Self {
        Self {
            contracts: HashMap::new(),
            contract_references: HashMap::new(),
            contacts: Shelf::new(),
            contact_references: HashMap::new(),
            mixed: Shelf::new(),
            letters: Shelf::new(),
            opened_by_contact: HashMap::new(),
            opened_by_mixed: HashMap::new(),
            parties: HashMap::new(),
            reach: Vec::new(),
            papers: HashMap::new(),
            new_sealed: Vec::new(),
            new_papers: Vec::new(),
        }
    }

    async fn load(&mut self, tx: &mut Tx, wants: &[Want]) -> Result<(), DbError> {
        load::load(self, tx, wants).await
    }

    fn changes(&self) -> usize {
        self.contacts.changes()
            + self.mixed.changes()
            + self.letters.changes()
            + self.new_sealed.len()
            + self.new_papers.len()
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<(), DbError> {
        flush::flush(self, tx).await
    }
}
