//! What a group of commands needs of this service's data: loaded at once, changed in memory, written at once.
//!
//! Nothing is decided here. A command that finds nothing on a shelf treats it as not there; whether its caller may see what
//! is there it asks [`World::sees`].

mod load;

use std::collections::{HashMap, HashSet};

use ice_liaison_domain::{
    CaseRecord, ChargeId, ComplaintId, ContractId, ExaminationId, IceYear, OrganisationId, ProcedureId, id,
    ledger::Posting,
};
use jiff::{Timestamp, civil::Date};
use redress_chain::{KnownContract, Reach};
use redress_journal::Shelf;
use redress_store::{
    DbError, Tx,
    sealed::{self, Sealed},
};

use crate::store::{
    charge::{self, Charge},
    examination::{self, Examination},
    fact::{self, Counted},
    index,
    ledger::{self, Posted},
    record,
};

/// What a command may ask to have loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Want {
    /// A complaint's record, its contract, and its live examination.
    Complaint(ComplaintId),
    /// An examination, with what belongs to its complaint, and its charge.
    Examination(ExaminationId),
    /// A charge, with its examination.
    Charge(ChargeId),
    /// The years of the ledger that are closed.
    Years,
}

/// The loaded part of the data.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) examinations: Shelf<id::Examination, Examination>,
    pub(crate) charges: Shelf<id::Charge, Charge>,
    pub(crate) records: HashMap<ComplaintId, CaseRecord>,
    pub(crate) contracts: HashMap<ContractId, KnownContract>,
    /// Which examination of a complaint is live, and which charge an examination has.
    pub(crate) live: HashMap<ComplaintId, ExaminationId>,
    pub(crate) charge_of: HashMap<ExaminationId, ChargeId>,
    /// Which charge a complaint has, whichever of its examinations it is of.
    pub(crate) charged: HashMap<ComplaintId, ChargeId>,
    /// Calendar years in which closed years of the ledger began.
    pub(crate) closed: Vec<i64>,
    procedures: HashMap<ContractId, Vec<ProcedureId>>,
    reach: HashSet<Reach>,
    new_postings: Vec<Posted>,
    new_years: Vec<(i64, Date)>,
    new_facts: Vec<Counted>,
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

    /// The record of a complaint that `caller` may see.
    pub(crate) fn visible_record(
        &self,
        caller: OrganisationId,
        complaint: ComplaintId,
    ) -> Option<&CaseRecord> {
        let record = self.records.get(&complaint)?;
        self.sees(caller, record.contract, record.organisation).then_some(record)
    }

    /// The versions of procedures under a contract.
    pub(crate) fn procedures(&self, contract: ContractId) -> &[ProcedureId] {
        self.procedures.get(&contract).map_or(&[], Vec::as_slice)
    }

    /// The closed years of the ledger, where years begin in `month`.
    pub(crate) fn closed_years(&self, month: i8) -> Vec<IceYear> {
        let year = |begins: &i64| i16::try_from(*begins).ok().map(|begins| IceYear::new(begins, month));
        self.closed.iter().filter_map(year).collect()
    }

    /// Appends a posting.
    pub(crate) fn post(
        &mut self,
        posting: Posting,
        contract: ContractId,
        liable: OrganisationId,
        at: Timestamp,
    ) {
        self.new_postings.push(Posted { posting, contract, liable, at });
    }

    /// Closes a year of the ledger.
    pub(crate) fn close_year(&mut self, begins: i64, on: Date) {
        self.closed.push(begins);
        self.new_years.push((begins, on));
    }

    /// Adds what an event counts for.
    pub(crate) fn count(&mut self, facts: impl IntoIterator<Item = Counted>) {
        self.new_facts.extend(facts);
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
            examinations: Shelf::new(),
            charges: Shelf::new(),
            records: HashMap::new(),
            contracts: HashMap::new(),
            live: HashMap::new(),
            charge_of: HashMap::new(),
            charged: HashMap::new(),
            closed: Vec::new(),
            procedures: HashMap::new(),
            reach: HashSet::new(),
            new_postings: Vec::new(),
            new_years: Vec::new(),
            new_facts: Vec::new(),
            new_sealed: Vec::new(),
        }
    }

    async fn load(&mut self, tx: &mut Tx, wants: &[Want]) -> Result<(), DbError> {
        load::load(self, tx, wants).await
    }

    fn changes(&self) -> usize {
        self.examinations.changes()
            + self.charges.changes()
            + self.new_postings.len()
            + self.new_years.len()
            + self.new_facts.len()
            + self.new_sealed.len()
    }

    /// One statement a table, in the order in which the tables refer to one another.
    async fn flush(&mut self, tx: &mut Tx) -> Result<(), DbError> {
        let opened = self.examinations.changed().map(|(_, row)| row).filter(|row| row.revision == 0);
        record::meet(tx, opened.map(|row| row.complaint).collect()).await?;
        examination::save(tx, self.examinations.changed().map(|(_, row)| row)).await?;
        index::save(tx, self.examinations.changed().map(|(_, row)| row)).await?;
        charge::save(tx, self.charges.changed().map(|(_, row)| row)).await?;
        if !self.new_postings.is_empty() || !self.new_years.is_empty() {
            ledger::meet(tx).await?;
        }
        ledger::insert(tx, &self.new_postings).await?;
        ledger::close(tx, &self.new_years).await?;
        fact::insert(tx, &self.new_facts).await?;
        sealed::insert(tx, &self.new_sealed).await
    }
}
