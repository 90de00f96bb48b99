//! What a group of commands needs of this service's data: loaded at once, changed in memory, written at once.
//!
//! Nothing is decided here. A command that finds nothing on a shelf treats it as not there; whether its caller may see what
//! is there it asks [`World::sees`].

mod flush;
mod load;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use jiff::SignedDuration;
use records_retention_domain::{
    ComplaintId, ContractId, DisposalControlId, DisposalId, ErasureRequestId, OrganisationId, ParticipantId,
    RecordId, ScheduleChangeId, id, person::State as Held, record::Gone,
};
use redress_chain::{KnownContract, Reach};
use redress_journal::Shelf;
use redress_store::{DbError, Tx, sealed::Sealed};

use uuid::Uuid;

use crate::{
    clock::Seen,
    store::{
        case::Case,
        change::Change,
        content::PartContent,
        control::Control,
        disposal::Disposal,
        erasure::ErasureRequest,
        gone::{Content, GoneContent},
        person::Person,
        promise::Promised,
        record::Record,
    },
};

/// What a command may ask to have loaded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Want {
    /// A contract with what was promised of its records, and who sees what under it.
    Contract(ContractId),
    /// What was promised of a contract's records, whether or not the contract is known.
    Promise(ContractId),
    /// A change of a schedule, with its contract.
    Change(ScheduleChangeId),
    /// A record, with its contract and what holds everything about its person.
    Record(RecordId),
    /// The record with a reference.
    Reference(OrganisationId, String),
    /// A person and every record about them, with their contracts.
    Person(ParticipantId),
    /// What holds everything about a person.
    Held(ParticipantId),
    /// A complaint: its file, what holds everything about its person, and what came with it or followed from it.
    Case(ComplaintId),
    /// The record that a thing of another service belongs to.
    Subject(Uuid),
    /// A disposal, without its records.
    Disposal(DisposalId),
    /// A disposal, with every record of its manifest.
    Manifest(DisposalId),
    /// An erasure request.
    Erasure(ErasureRequestId),
    /// A switch.
    Control(DisposalControlId),
    /// Content, where it was destroyed before.
    Gone(Content),
    /// How far the clock was seen, and whether the date is in doubt.
    Date,
}

/// The loaded part of the data.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) records: Shelf<id::Record, Record>,
    pub(crate) persons: Shelf<id::Participant, Person>,
    pub(crate) cases: Shelf<id::Complaint, Case>,
    pub(crate) disposals: Shelf<id::Disposal, Disposal>,
    pub(crate) controls: Shelf<id::DisposalControl, Control>,
    pub(crate) changes: Shelf<id::ScheduleChange, Change>,
    /// What was promised of the records of contracts.
    pub(crate) promises: Shelf<id::Contract, Promised>,
    /// Erasure requests, also those of everyone whose records are here.
    pub(crate) erasures: Shelf<id::ErasureRequest, ErasureRequest>,
    /// Contracts as the supply chain has them.
    pub(crate) contracts: HashMap<ContractId, KnownContract>,
    /// Which record a reference leads to.
    pub(crate) references: HashMap<(OrganisationId, String), RecordId>,
    /// Content that was destroyed, by whose it was and its digest.
    pub(crate) gone: HashMap<Content, Gone>,
    /// Since when the date is in doubt.
    pub(crate) doubt: Option<String>,
    /// When the clock was last looked at, and for how long nobody did.
    pub(crate) seen: Seen,
    subjects: HashMap<Uuid, RecordId>,
    new_subjects: Vec<(Uuid, RecordId)>,
    confirmed: bool,
    reach: HashSet<(OrganisationId, ContractId, OrganisationId)>,
    new_sealed: Vec<Sealed>,
    new_contents: Vec<PartContent>,
    new_gone: Vec<GoneContent>,
}

impl World {
    /// Whether `caller` sees what `organisation` does under `contract`.
    pub(crate) fn sees(
        &self,
        caller: OrganisationId,
        contract: ContractId,
        organisation: OrganisationId,
    ) -> bool {
        self.reach.contains(&(caller, contract, organisation))
    }

    fn add_reach(&mut self, reach: &Reach) {
        self.reach.insert((reach.organisation, reach.contract, reach.below));
    }

    /// The records about a person.
    pub(crate) fn of_person(&self, person: ParticipantId) -> Vec<Record> {
        let about = |record: &&Record| record.participant == Some(person);
        let mut found: Vec<Record> =
            self.records.iter().map(|(_, record)| record).filter(about).cloned().collect();
        found.sort_by_key(|record| record.id);
        found
    }

    /// What holds everything about whom a record is about.
    pub(crate) fn held(&self, person: Option<ParticipantId>) -> Arc<Held> {
        person.and_then(|id| self.persons.get(id)).map(|person| Arc::clone(&person.held)).unwrap_or_default()
    }

    /// The request of a person that holds their records, or makes them due.
    pub(crate) fn erasure_of(&self, person: ParticipantId) -> Option<&ErasureRequest> {
        let theirs = |row: &&ErasureRequest| {
            row.participant == person && (row.state.is_pending() || row.state.granted().is_some())
        };
        self.erasures.iter().map(|(_, row)| row).find(theirs)
    }

    /// The file of a complaint.
    pub(crate) fn of_complaint(&self, complaint: ComplaintId) -> Option<&Record> {
        self.records.iter().map(|(_, record)| record).find(|record| record.complaint == Some(complaint))
    }

    /// The record that a thing of another service belongs to.
    pub(crate) fn of_subject(&self, subject: Uuid) -> Option<RecordId> {
        self.subjects.get(&subject).copied()
    }

    /// A thing of another service belongs to a record from now on.
    pub(crate) fn add_subject(&mut self, subject: Uuid, record: RecordId) {
        if self.subjects.insert(subject, record).is_none() {
            self.new_subjects.push((subject, record));
        }
    }

    /// The date is no longer in doubt, and what nobody saw pass has passed.
    pub(crate) fn confirm_date(&mut self) {
        self.doubt = None;
        self.seen.unwitnessed = SignedDuration::ZERO;
        self.confirmed = true;
    }

    /// Content was destroyed.
    pub(crate) fn add_gone(&mut self, gone: GoneContent) {
        self.new_gone.push(gone);
    }

    /// Adds something that was laid by as bytes.
    pub(crate) fn add_content(&mut self, content: PartContent) {
        self.new_contents.push(content);
    }

    /// Adds something sealed.
    pub(crate) fn add_sealed(&mut self, sealed: Sealed) {
        self.new_sealed.push(sealed);
    }
}

impl redress_journal::shell::World for World {
    type Want = Want;

    fn new() -> Self {
        Self {
            records: Shelf::new(),
            persons: Shelf::new(),
            cases: Shelf::new(),
            disposals: Shelf::new(),
            controls: Shelf::new(),
            changes: Shelf::new(),
            promises: Shelf::new(),
            erasures: Shelf::new(),
            contracts: HashMap::new(),
            references: HashMap::new(),
            doubt: None,
            seen: Seen::default(),
            subjects: HashMap::new(),
            new_subjects: Vec::new(),
            confirmed: false,
            reach: HashSet::new(),
            new_sealed: Vec::new(),
            new_contents: Vec::new(),
            gone: HashMap::new(),
            new_gone: Vec::new(),
        }
    }

    async fn load(&mut self, tx: &mut Tx, wants: &[Want]) -> Result<(), DbError> {
        load::load(self, tx, wants).await
    }

    fn changes(&self) -> usize {
        self.records.changes()
            + self.persons.changes()
            + self.cases.changes()
            + self.new_subjects.len()
            + self.disposals.changes()
            + self.controls.changes()
            + self.changes.changes()
            + self.promises.changes()
            + self.erasures.changes()
            + self.new_sealed.len()
            + self.new_contents.len()
            + self.new_gone.len()
            + usize::from(self.confirmed)
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<(), DbError> {
        flush::flush(self, tx).await
    }
}
