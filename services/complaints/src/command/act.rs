//! Any command of a caller on a complaint that exists.

use complaints_domain::{
    Actor, ComplaintId, DocumentId, LetterId, OrganisationId, Refusal,
    complaint::{Command, Facts, letter},
};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_papers::Stage;
use redress_policy::Rulebook;
use redress_proto::complaints::v1 as proto;
use redress_store::sealed::Sealed;

use super::{
    case::{advance, decide, not_found},
    contract, expect,
};
use crate::{
    pinned::pinned,
    render,
    seal::Part,
    store::complaint::Complaint,
    world::{Want, World},
};

/// A command of a caller, with the texts that belong to it.
#[derive(Debug)]
pub(crate) struct Act {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Of which complaint.
    pub(crate) complaint: ComplaintId,
    /// The version the caller last read; none takes whatever version there is.
    pub(crate) expected: Option<i64>,
    /// What is asked.
    pub(crate) command: Command,
    /// The letter that the command writes.
    pub(crate) letter: Option<Written>,
    /// What was noted with it, sealed.
    pub(crate) note: Option<Sealed>,
}

/// A letter on its way: in words for the check of what it must say, and sealed for keeping.
#[derive(Debug)]
pub(crate) struct Written {
    /// Which letter.
    pub(crate) id: LetterId,
    /// Its text.
    pub(crate) text: String,
    /// The same under seal.
    pub(crate) sealed: Sealed,
}

impl shell::Command<World> for Act {
    type Answer = proto::Complaint;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Complaint(self.complaint));
        match &self.command {
            Command::CompleteStep { .. } | Command::Withdraw { .. } => {
                wants.push(Want::Documents(self.complaint.uuid()));
            }
            Command::Register(_)
            | Command::RecordReceipt { .. }
            | Command::Redirect { .. }
            | Command::Acknowledge { .. }
            | Command::AssignHandler { .. }
            | Command::SubmitDraft { .. }
            | Command::DecideDraft { .. }
            | Command::IssueStageResponse(_)
            | Command::Escalate { .. }
            | Command::IssueFinalResponse(_)
            | Command::IssueCorrection { .. }
            | Command::RecordExaminerContact { .. }
            | Command::ReopenSteps { .. }
            | Command::ReturnFromExaminer { .. }
            | Command::Close { .. }
            | Command::OpenEarlyAccess
            | Command::RecordBreach { .. }
            | Command::CloseSilent
            | Command::CloseWindowPassed
            | Command::RebaseClocks
            | Command::RepinPack => {}
        }
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Complaint, Refusal> {
        let moment = Moment::at(now);
        let row = self.find(world)?.clone();
        if matches!(self.command, Command::DecideDraft { .. }) {
            // Whoever else may be given the role, the department approves (CMP-16).
            contract::commissioned(world, self.caller, row.contract, None)?;
        }
        let documents = evidence(world, self.complaint);
        let facts = Facts {
            chain: world.contracts.get(row.contract).map(|contract| &contract.state.chain),
            persons_complained_about: &row.persons_complained_about,
            documents: &documents,
            letter: self.look_through(&row)?,
            ..Facts::default()
        };
        let decision = decide(&row, &self.command, &self.actor, facts, &self.rulebook, moment)?;
        let moved = advance(row, decision, &self.rulebook, moment)?;
        let answer = render::complaint::answer(&moved, world, &self.rulebook)?;
        self.keep_texts(moved.row(), world);
        self.extend_parties(moved.row(), world);
        moved.record(world, entries);
        Ok(answer)
    }
}

impl Act {
    fn find<'w>(&self, world: &'w World) -> Result<&'w Complaint, Refusal> {
        let found =
            world.complaints.get(self.complaint).filter(|_| world.is_party(self.caller, self.complaint));
        let row = found.ok_or_else(|| not_found(self.complaint))?;
        expect(self.expected, row.version, || self.complaint.name())?;
        Ok(row)
    }

    /// What the text of a final response was found to say (CMP-07, CMP-09).
    fn look_through(&self, row: &Complaint) -> Result<letter::LetterFacts, Refusal> {
        let (Command::IssueFinalResponse(issue), Some(written)) = (&self.command, &self.letter) else {
            return Ok(letter::LetterFacts::default());
        };
        let Rulebook { library, calendars } = &self.rulebook;
        let pack = pinned(&self.rulebook, &row.state, row.id)?;
        let required = letter::required(&row.state, pack, library, calendars, issue.issued_on)?;
        letter::check(&written.text, &required, pack, library, issue.issued_on)
    }

    /// Keeps the texts of a letter and a note. An approved draft that goes out is on file already, under its own id.
    fn keep_texts(&self, moved: &Complaint, world: &mut World) {
        if let Some(written) = &self.letter {
            let on_file = moved.state.case().and_then(|case| case.file.letter(written.id)).is_some();
            let known = world.complaints.get(moved.id).and_then(|row| row.state.case());
            let is_new = known.is_none_or(|case| case.file.letter(written.id).is_none());
            if on_file && is_new {
                world.add_letter(written.id, moved.id);
                world.add_sealed(written.sealed.clone());
            }
        }
        if let Some(note) = &self.note {
            world.add_sealed(Sealed { part: Part::Note.at(moved.version), ..note.clone() });
        }
    }

    /// A member of the chain that received the complaint too may see it from now on, and so may those above it.
    fn extend_parties(&self, moved: &Complaint, world: &mut World) {
        if let Command::RecordReceipt { organisation, .. } = &self.command {
            let contract = world.contracts.get(moved.contract).map(|row| &row.state.contract);
            let jobcentre_plus = contract.and_then(|contract| contract.jobcentre_plus);
            for above in world.seen_by(moved.contract, *organisation) {
                if Some(above) != jobcentre_plus {
                    world.add_party(moved.id, above);
                }
            }
        }
    }
}

/// The documents that may serve as evidence: those that can be read.
fn evidence(world: &World, complaint: ComplaintId) -> Vec<DocumentId> {
    let readable = |document: &&crate::store::document::Document| document.stage == Stage::Stored;
    world.documents(complaint.uuid()).iter().filter(readable).map(|document| document.id).collect()
}
