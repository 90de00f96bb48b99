//! What the rules of a pack hold, where it is more than a length of time.

use std::fmt;

use jiff::civil::Date;
use serde::Deserialize;

use crate::Term;

/// Proof that a customer understands and accepts the procedure (CMP-15).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementEvidence {
    /// What counts as proof.
    pub accepted: Vec<AgreementForm>,
    /// Whether work may not start without it. False in every pack: its absence is a compliance flag (Q20).
    pub precondition: bool,
}

/// What counts as proof of a customer's agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgreementForm {
    /// A signature.
    Signature,
    /// An e-mail.
    Email,
}

/// Approval of a draft reply by the department before it goes out (CMP-16).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftApproval {
    /// The team that approves: a role, never an address.
    pub approver: String,
    /// Whether only formal complaints need it (Q21).
    pub formal_only: bool,
    /// Whether waiting stops the clock. False in every pack (Q9).
    pub stops_the_clock: bool,
}

/// The standard text that sends a complainant to ICE (CMP-07).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signposting {
    /// Key of the text in the library, such as `generic-annex-1`.
    pub template: String,
    /// What the document calls it, such as `Annex 1 of the generic provider guidance`.
    pub name: String,
    /// Where a provider gets it; nothing when the document does not say.
    pub held_at: Option<String>,
}

/// A limit of a stated date and a term that holds in any case (Q5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedLimit {
    /// The term that holds when nothing, or a later date, is stated.
    pub at_most: Term,
}

/// Who leads a complaint against several bodies (RTE-01).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MixedRouting {
    /// Who leads and sends the one reply.
    pub lead: Party,
    /// Whether the wording is agreed with the provider before it is sent (RTE-02).
    pub wording_agreed: bool,
}

/// A body that takes or leads a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The provider.
    Provider,
    /// Jobcentre Plus.
    JobcentrePlus,
    /// The department, where the document names no part of it.
    Department,
}

/// Elected members who may write for a person (RTE-09).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectedMembers {
    /// The titles that the document prints, in its order; some are stale (RTE-10).
    pub titles: Vec<Title>,
    /// The document's own limit for a reply; no document known here has one.
    pub reply_within: Option<Term>,
}

/// A title that makes its holder an elected member, and the days on which it does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Letters behind the name, such as `MSP`.
    pub letters: String,
    /// The title in words.
    pub name: String,
    /// The body.
    pub body: Legislature,
    /// The first letter date on which the title is valid; nothing when it always was.
    pub valid_from: Option<Date>,
    /// The last letter date on which it is valid; nothing while it is.
    pub valid_until: Option<Date>,
    /// The letters that replaced it, when a letter dated later is taken as theirs with a warning.
    pub replaced_by: Option<String>,
}

/// A body whose members are elected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Legislature {
    /// House of Commons.
    HouseOfCommons,
    /// Scottish Parliament.
    ScottishParliament,
    /// Senedd Cymru, until 6 May 2020 the National Assembly for Wales.
    Senedd,
    /// Northern Ireland Assembly.
    NorthernIrelandAssembly,
    /// European Parliament.
    EuropeanParliament,
}

impl Title {
    /// Whether the title makes an elected member of someone who wrote on `letter_date`.
    pub fn valid_on(&self, letter_date: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= letter_date)
            && self.valid_until.is_none_or(|until| letter_date <= until)
    }
}

/// What an upheld complaint costs the provider (ICE-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charge {
    /// The amount.
    pub pence: u64,
    /// How firmly the document says so.
    pub wording: ChargeWording,
    /// The stage at which a complaint must be upheld; resolved and settled ones cost nothing.
    pub upheld_at: IceStage,
    /// Whether it funds the ICE service of the year after (Q24).
    pub funds_following_year: bool,
}

/// How firmly a document says that the charge is recovered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeWording {
    /// It will be.
    Will,
    /// It is, under normal circumstances: someone with authority may excuse it.
    UnderNormalCircumstances,
    /// It was reported to Parliament; the document's own words are not known.
    Reported,
}

/// A stage of ICE's examination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IceStage {
    /// Brokering without evidence (ICE-06).
    Resolution,
    /// Brokering with the evidence in hand (ICE-08).
    Settlement,
    /// Full investigation (ICE-09).
    Investigation,
}

/// The stages of ICE's examination as a document gives them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IceStages {
    /// The stages it describes.
    pub named: Vec<IceStage>,
    /// How many it says there are; nothing when it gives no number.
    pub count: Option<u8>,
    /// Whether the provider may give its account and evidence at every stage (ICE-15).
    pub account_at_every_stage: bool,
}

/// How long the record of a contract is kept (RET-01, RET-02).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractRecord {
    /// The term, from the end of the contract period.
    pub keep_for: Term,
    /// Whether another period may be agreed (Q13).
    pub or_as_agreed: bool,
    /// What the record covers.
    pub covers: Vec<String>,
}

/// How long completed reports are kept (RET-03, RET-04).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRecord {
    /// The longest term, from the day payment is received.
    pub keep_at_most: Term,
    /// What may be done then.
    pub then: Vec<ReportDisposal>,
    /// The longest term of an anonymised copy, from its anonymisation (Q11).
    pub anonymised_at_most: Term,
    /// The reports it is about.
    pub of: Vec<String>,
}

/// What may be done with a report at the end of its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportDisposal {
    /// Destroyed and disposed of securely.
    Destroy,
    /// Anonymised and kept on.
    Anonymise,
}

/// Records kept for a funding body (RET-09).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundedRetention {
    /// The year to which documents are kept.
    pub until_year: i16,
    /// Nobody who started on this day or later is funded.
    pub not_for_starts_from: Date,
}

/// How erasure requests are handled (RET-10, RET-11).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// Whether a holding reply goes out at once.
    pub holding_reply_at_once: bool,
    /// The answer's limit, which the holding reply promises.
    pub answer_within: Term,
    /// Who may be erased, in words.
    pub erasable: String,
    /// From which point on a person is kept for audit and payment (RET-11).
    pub kept_from: ErasureLimit,
}

/// From which point on a person is kept for audit and payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErasureLimit {
    /// Once they attended the initial assessment.
    Assessment,
    /// Once they started.
    Start,
}

/// Changes that wait for approval (ISS-02, ISS-03).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeApproval {
    /// The role that approves.
    pub approver: String,
    /// Whether the proposal must be in writing.
    pub in_writing: bool,
    /// Whether approval comes before the change.
    pub before_implementation: bool,
    /// The changes it is about (Q28).
    pub covers: Vec<ChangeKind>,
}

/// A kind of change that waits for approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// How services are reached.
    Access,
    /// How efficient they are.
    Efficiency,
}

impl fmt::Display for IceStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Resolution => "resolution",
            Self::Settlement => "settlement",
            Self::Investigation => "investigation",
        })
    }
}
