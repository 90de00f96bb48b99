//! What the feed of the complaints service teaches, and what the record makes of it. Total and idempotent: an entry that
//! is read twice changes nothing the second time.

use jiff::civil::Date;
use redress_kernel::Digest;
use redress_policy::{Division, PackRef};

use super::{CaseRecord, FinalResponse, StepDone, StepRef};
use crate::{
    ComplaintId, ContractId, LetterId, OrganisationId, ProcedureId,
    paper::{Paper, PaperRef, Standing},
};

/// A complaint as it was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The complaint.
    pub complaint: ComplaintId,
    /// Its contract.
    pub contract: ContractId,
    /// Programme of the contract.
    pub programme: String,
    /// Organisation that works it.
    pub organisation: OrganisationId,
    /// The pack pinned on it.
    pub pack: PackRef,
    /// Whose bank holidays count.
    pub division: Division,
    /// Day of receipt.
    pub received_on: Date,
    /// Day on which it was recorded.
    pub registered_on: Date,
    /// The version of the procedure pinned on it.
    pub procedure: ProcedureId,
    /// Every step that it takes, in order.
    pub steps: Vec<StepRef>,
}

/// One thing learned of a complaint that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Learned {
    /// Somebody received it earlier (Q2).
    Received(Date),
    /// A step was done.
    Step(StepDone),
    /// A letter went out that is no final response.
    Letter(LetterId, Digest, Date),
    /// A final response went out.
    FinalResponse(FinalResponse),
    /// It is with ICE.
    WithIce,
    /// ICE did not take it: it is the provider's again.
    Returned,
    /// ICE had steps reopened; a process run of its own begins.
    Reopened(u8, Vec<StepRef>),
    /// Another version of the guidance was pinned.
    Repinned(PackRef),
    /// A document came onto the file, or its standing changed.
    Document(Paper),
    /// It ended: withdrawn, redirected or closed.
    Ended(Date),
    /// Its papers were destroyed at the end of their term (RET-14).
    Destroyed,
}

impl From<Registered> for CaseRecord {
    fn from(registered: Registered) -> Self {
        let Registered { complaint, contract, programme, organisation, pack, division, .. } = registered;
        Self {
            complaint,
            contract,
            programme,
            organisation,
            pack,
            division,
            received_on: registered.received_on,
            registered_on: registered.registered_on,
            procedure: registered.procedure,
            steps: registered.steps,
            run: 1,
            done: Vec::new(),
            reopened: Vec::new(),
            final_responses: Vec::new(),
            papers: Vec::new(),
            with_ice: false,
            ended_on: None,
        }
    }
}

impl CaseRecord {
    /// Takes in one thing more.
    pub fn learn(&mut self, learned: Learned) {
        match learned {
            Learned::Received(on) => self.received_on = self.received_on.min(on),
            Learned::Step(done) => {
                self.reopened.retain(|step| *step != done.step);
                if !self.done.contains(&done) {
                    self.done.push(done);
                }
            }
            Learned::Letter(letter, digest, on) => self.file(letter, digest, on),
            Learned::FinalResponse(response) => {
                self.file(response.letter, response.digest.clone(), response.issued_on);
                if !self.final_responses.iter().any(|known| known.letter == response.letter) {
                    self.final_responses.push(response);
                }
            }
            Learned::WithIce => (self.with_ice, self.ended_on) = (true, None),
            Learned::Returned => self.with_ice = false,
            Learned::Reopened(run, steps) => {
                if run > self.run {
                    (self.run, self.reopened) = (run, steps);
                }
            }
            Learned::Repinned(pack) => self.pack = pack,
            Learned::Document(paper) => self.put(paper),
            Learned::Ended(on) => (self.with_ice, self.ended_on) = (false, Some(on)),
            Learned::Destroyed => {
                for paper in &mut self.papers {
                    paper.standing = Standing::Destroyed;
                }
            }
        }
    }

    fn file(&mut self, letter: LetterId, digest: Digest, on: Date) {
        self.put(Paper { paper: PaperRef::Letter(letter), digest, on, standing: Standing::OnFile });
    }

    fn put(&mut self, paper: Paper) {
        match self.papers.iter_mut().find(|known| known.paper == paper.paper) {
            Some(known) => *known = paper,
            None => self.papers.push(paper),
        }
    }
}
