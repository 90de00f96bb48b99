//! What a group of commands needs of this service's data: loaded at once, changed in memory, written at once.
//!
//! Nothing is decided here. A command that finds nothing on a shelf treats it as not there; whether its caller may see
//! what is there it asks [`World::sees`] and [`World::is_party`].

mod flush;
mod load;

use redress_journal::Shelf;
use std::collections::{HashMap, HashSet};

use complaints_domain::{
    ChangeProposalId, ComplaintId, ContractId, IssueId, LetterId, OrganisationId, ParticipantId, ProcedureId,
    SupplyChainLinkId, id,
};
use redress_store::{DbError, Tx, sealed::Sealed};
use uuid::Uuid;

use crate::store::{
    complaint::Complaint, contract::Contract, document::Document, improvement, organisation::Organisation,
    participant::Participant, procedure::Procedure, reach::Reach,
};

/// What a command may ask to have loaded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Want {
    /// An organisation.
    Organisation(OrganisationId),
    /// A contract, and who sees what under it.
    Contract(ContractId),
    /// The contract with a reference.
    ContractReference(String),
    /// A link, with its contract.
    Link(SupplyChainLinkId),
    /// A participant, with its contract.
    Participant(ParticipantId),
    /// The participant with a reference under a contract.
    ParticipantReference(ContractId, String),
    /// Every procedure under a contract.
    Procedures(ContractId),
    /// A procedure, with its contract.
    Procedure(ProcedureId),
    /// A complaint, with its parties, its contract and its pinned procedure.
    Complaint(ComplaintId),
    /// The complaint with a reference under a contract.
    ComplaintReference(String, ContractId),
    /// The complaint of a participant in the same words.
    Fingerprint(ParticipantId, Vec<u8>),
    /// The documents of a complaint or participant.
    Documents(Uuid),
    /// An issue, with its contract and its proposal.
    Issue(IssueId),
    /// A change proposal, with its contract.
    ChangeProposal(ChangeProposalId),
}

/// The loaded part of the data.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) organisations: Shelf<id::Organisation, Organisation>,
    pub(crate) contracts: Shelf<id::Contract, Contract>,
    pub(crate) participants: Shelf<id::Participant, Participant>,
    pub(crate) procedures: Shelf<id::Procedure, Procedure>,
    pub(crate) complaints: Shelf<id::Complaint, Complaint>,
    pub(crate) issues: Shelf<id::Issue, improvement::Issue>,
    pub(crate) proposals: Shelf<id::ChangeProposal, improvement::ChangeProposal>,
    /// Which contract a reference or a link leads to, and the like for participants and complaints.
    pub(crate) contract_references: HashMap<String, ContractId>,
    pub(crate) links: HashMap<SupplyChainLinkId, ContractId>,
    pub(crate) participant_references: HashMap<(ContractId, String), ParticipantId>,
    pub(crate) complaint_references: HashMap<(String, ContractId), ComplaintId>,
    pub(crate) fingerprints: HashMap<(ParticipantId, Vec<u8>), ComplaintId>,
    documents: HashMap<Uuid, Vec<Document>>,
    parties: HashMap<ComplaintId, HashSet<OrganisationId>>,
    reach: HashSet<Reach>,
    new_reach: Vec<Reach>,
    new_documents: Vec<Document>,
    new_letters: Vec<(LetterId, ComplaintId)>,
    new_sealed: Vec<Sealed>,
}

impl World {
    /// Whether `caller` sees what `organisation` does under `contract`.
    pub(crate) fn sees(
        &self,
        caller: OrganisationId,
        contract: ContractId,
        organisation: OrganisationId,
    ) -> bool {
        self.reach.contains(&Reach { organisation: caller, contract, below: organisation })
    }

    /// Whether `caller` sees anything under `contract`.
    pub(crate) fn is_member(&self, caller: OrganisationId, contract: ContractId) -> bool {
        self.sees(caller, contract, caller)
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

    /// Lets `row.organisation` see what `row.below` does.
    pub(crate) fn extend_reach(&mut self, row: Reach) {
        if self.reach.insert(row) {
            self.new_reach.push(row);
        }
    }

    /// Whether `caller` may see a complaint.
    pub(crate) fn is_party(&self, caller: OrganisationId, complaint: ComplaintId) -> bool {
        self.parties.get(&complaint).is_some_and(|parties| parties.contains(&caller))
    }

    /// Who may see a complaint.
    pub(crate) fn set_parties(&mut self, complaint: ComplaintId, parties: HashSet<OrganisationId>) {
        self.parties.insert(complaint, parties);
    }

    /// Lets one more organisation see a complaint.
    pub(crate) fn add_party(&mut self, complaint: ComplaintId, organisation: OrganisationId) {
        self.parties.entry(complaint).or_default().insert(organisation);
    }

    /// The documents of a complaint or participant.
    pub(crate) fn documents(&self, parent: Uuid) -> &[Document] {
        self.documents.get(&parent).map_or(&[], Vec::as_slice)
    }

    /// Adds a document.
    pub(crate) fn add_document(&mut self, document: Document) {
        self.documents.entry(document.parent).or_default().push(document.clone());
        self.new_documents.push(document);
    }

    /// Says where a new letter belongs.
    pub(crate) fn add_letter(&mut self, letter: LetterId, complaint: ComplaintId) {
        self.new_letters.push((letter, complaint));
    }

    /// Adds a sealed text.
    pub(crate) fn add_sealed(&mut self, text: Sealed) {
        self.new_sealed.push(text);
    }
}

impl redress_journal::shell::World for World {
    type Want = Want;

    fn new() -> Self {
        Self {
            organisations: Shelf::new(),
            contracts: Shelf::new(),
            participants: Shelf::new(),
            procedures: Shelf::new(),
            complaints: Shelf::new(),
            issues: Shelf::new(),
            proposals: Shelf::new(),
            contract_references: HashMap::new(),
            links: HashMap::new(),
            participant_references: HashMap::new(),
            complaint_references: HashMap::new(),
            fingerprints: HashMap::new(),
            documents: HashMap::new(),
            parties: HashMap::new(),
            reach: HashSet::new(),
            new_reach: Vec::new(),
            new_documents: Vec::new(),
            new_letters: Vec::new(),
            new_sealed: Vec::new(),
        }
    }

    async fn load(&mut self, tx: &mut Tx, wants: &[Want]) -> Result<(), DbError> {
        load::load(self, tx, wants).await
    }

    fn changes(&self) -> usize {
        self.organisations.changes()
            + self.contracts.changes()
            + self.participants.changes()
            + self.procedures.changes()
            + self.complaints.changes()
            + self.issues.changes()
            + self.proposals.changes()
            + self.new_reach.len()
            + self.new_documents.len()
            + self.new_letters.len()
            + self.new_sealed.len()
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<(), DbError> {
        flush::flush(self, tx).await
    }
}
