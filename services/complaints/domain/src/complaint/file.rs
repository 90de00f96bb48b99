//! What every stage of a complaint knows: the pinned facts, and what was done so far.

use jiff::civil::Date;
use redress_policy::{Division, PackRef};
use serde::{Deserialize, Serialize};

use super::{ClockKey, ProcedureSnapshot, Representative, Subject};
use crate::{
    Actor, Channel, ComplaintId, ContractId, Digest, DocumentId, LetterId, OrganisationId, ParticipantId,
};

/// What every stage of a complaint knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The complaint.
    pub id: ComplaintId,
    /// On whose behalf it is made.
    pub participant: ParticipantId,
    /// Contract under which the service was given.
    pub contract: ContractId,
    /// First day of that contract, which chose the pack (XCT-01).
    pub contract_effective_on: Date,
    /// Programme of the contract.
    pub programme: String,
    /// Organisations complained about.
    pub respondents: Vec<OrganisationId>,
    /// Organisation that works the complaint.
    pub organisation: OrganisationId,
    /// What it is about.
    pub subject: Subject,
    /// Whether it is formal (Q21).
    pub formal: bool,
    /// Who else speaks for the person.
    pub representative: Option<Representative>,
    /// The pack pinned at receipt (Q19).
    pub pack: PackRef,
    /// Whose bank holidays count (Q4).
    #[serde(with = "crate::division")]
    pub division: Division,
    /// The procedure pinned at receipt.
    pub procedure: ProcedureSnapshot,
    /// Stage of the procedure at which it entered: 1, or the one after the joint reply (CMP-13).
    pub entry_stage: u8,
    /// Every receipt in the chain, the one that registered it first.
    pub receipts: Vec<Receipt>,
    /// The earliest day of receipt anywhere in the chain (Q2).
    pub received_on: Date,
    /// Day on which it was recorded: the calendar as known on that day counts its first clocks.
    pub registered_on: Date,
    /// Day it was raised at Jobcentre Plus, kept as evidence (CMP-12, Q3).
    pub jobcentre_plus_on: Option<Date>,
    /// Day of the acknowledgement.
    pub acknowledged_on: Option<Date>,
    /// Opaque id of the handler.
    pub handler: Option<String>,
    /// The process run: 1, and one more each time the examiner has steps reopened (Q7).
    pub run: u8,
    /// Steps done, oldest first.
    pub done: Vec<StepDone>,
    /// Steps the examiner named that are not yet done again (CMP-14).
    pub reopened: Vec<StepRef>,
    /// Escalations, one for each stage after the entry.
    pub escalations: Vec<Escalation>,
    /// Reopenings by the examiner, oldest first.
    pub reopenings: Vec<super::Reopening>,
    /// Letters and drafts, oldest first.
    pub letters: Vec<LetterOnFile>,
    /// Contacts from the examiner, oldest first.
    pub examiner_contacts: Vec<super::ExaminerContact>,
    /// First day of the early way to the examiner, once opened (CMP-08).
    pub early_access_opened_on: Option<Date>,
    /// Breaches recorded.
    pub breaches: Vec<Breach>,
    /// Clocks moved to a later date by a newer calendar (Q17).
    pub rebased: Vec<Rebased>,
    /// Things that should not be as they are.
    pub flags: Vec<Flag>,
}

/// One receipt in the supply chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Who received it.
    pub organisation: OrganisationId,
    /// Day of receipt.
    pub on: Date,
    /// How it came.
    pub channel: Channel,
}

/// Names one step of the pinned procedure.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StepRef {
    /// Stage of the procedure, from 1.
    pub stage_number: u8,
    /// Identifier in the procedure.
    pub id: String,
}

/// A step that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDone {
    /// The step.
    pub step: StepRef,
    /// The process run in which it was done.
    pub run: u8,
    /// Day on which it was done.
    pub on: Date,
    /// Who did it.
    pub by: Actor,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
}

/// An escalation to a later stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// The stage it led to.
    pub to_stage: u8,
    /// Day on which the person asked for it.
    pub requested_on: Date,
    /// Day on which that was recorded.
    pub recorded_on: Date,
}

/// A letter or a draft of one, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterOnFile {
    /// The letter.
    pub id: LetterId,
    /// What it is.
    pub kind: LetterKind,
    /// Stage of the procedure it answers.
    pub stage_number: u8,
    /// The process run it belongs to.
    pub run: u8,
    /// Digest of its text.
    pub digest: Digest,
    /// What it decides; none for a correction.
    pub outcome: Option<Outcome>,
    /// Where it stands.
    pub standing: LetterStanding,
}

/// What a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LetterKind {
    /// Answers at a stage that is not the last.
    StageResponse,
    /// Answers for good, with the signposting text (CMP-07).
    FinalResponse,
    /// Corrects a letter that is out.
    Correction,
}

/// Where a letter stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LetterStanding {
    /// Waits for approval.
    Draft,
    /// The department asked for it to be reworked.
    Rework,
    /// Approved at its digest.
    Approved,
    /// Another draft took its place; any approval is void.
    Superseded,
    /// Out, and immutable.
    Issued {
        /// Day it went out.
        on: Date,
        /// Day that was recorded.
        recorded_on: Date,
        /// How it went out.
        channel: Channel,
        /// Version of the signposting text in it; none where it carries none.
        signposting_version: Option<u32>,
        /// The letter it corrects; none but for a correction.
        corrects: Option<LetterId>,
    },
}

/// What a response decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// Upheld.
    Upheld,
    /// Upheld in part.
    PartiallyUpheld,
    /// Not upheld.
    NotUpheld,
}

/// A breach that was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// The clock.
    pub clock: ClockKey,
    /// The day that was missed.
    pub due_on: Date,
}

/// A clock counted again by the calendar as known on a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rebased {
    /// The clock.
    pub clock: ClockKey,
    /// The day on which the newer calendar was known.
    pub known_on: Date,
}

/// Something that should not be as it is and does not stop the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// What.
    pub code: FlagCode,
    /// Since when.
    pub since: Date,
}

/// What should not be as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FlagCode {
    /// The process was not explained at first contact (CMP-02).
    FirstContactNotExplained,
    /// The pack names proof of the customer's agreement, and none is on file (CMP-15, Q20).
    AgreementEvidenceMissing,
    /// The subject may not be the provider's, and the pack does not know what its guidance says about that.
    RoutingNotKnown,
}

impl FlagCode {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstContactNotExplained => "FIRST_CONTACT_NOT_EXPLAINED",
            Self::AgreementEvidenceMissing => "AGREEMENT_EVIDENCE_MISSING",
            Self::RoutingNotKnown => "ROUTING_NOT_KNOWN",
        }
    }

    /// The rule of the catalogue it breaks.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::FirstContactNotExplained => "CMP-02",
            Self::AgreementEvidenceMissing => "CMP-15",
            Self::RoutingNotKnown => "RTE-08",
        }
    }
}

/// An issued response, as the clocks see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// The letter.
    pub letter: LetterId,
    /// Stage it answers.
    pub stage_number: u8,
    /// Process run it belongs to.
    pub run: u8,
    /// Day it went out.
    pub issued_on: Date,
    /// Day that was recorded.
    pub recorded_on: Date,
    /// How it went out.
    pub channel: Channel,
}

impl File {
    /// The responses of `kind` that are out, oldest first.
    pub fn responses(&self, kind: LetterKind) -> impl Iterator<Item = Response> {
        self.letters.iter().filter(move |letter| letter.kind == kind).filter_map(|letter| {
            match letter.standing {
                LetterStanding::Issued { on, recorded_on, channel, .. } => Some(Response {
                    letter: letter.id,
                    stage_number: letter.stage_number,
                    run: letter.run,
                    issued_on: on,
                    recorded_on,
                    channel,
                }),
                LetterStanding::Draft
                | LetterStanding::Rework
                | LetterStanding::Approved
                | LetterStanding::Superseded => None,
            }
        })
    }

    /// The final responses that are out, oldest first; one a process run.
    pub fn final_responses(&self) -> impl Iterator<Item = Response> {
        self.responses(LetterKind::FinalResponse)
    }

    /// The letter of this id.
    pub fn letter(&self, id: LetterId) -> Option<&LetterOnFile> {
        self.letters.iter().find(|letter| letter.id == id)
    }
}
