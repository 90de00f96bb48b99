//! The rules of a complaint at the Independent Case Examiner, as the provider must run them: pure functions.
//!
//! - [`record`]: what the complaints service published about the complaint, which is all that is known of it here.
//! - [`admissibility`]: whether the person had a right to go to ICE on a day, with citations. ICE decides; this only says.
//! - [`examination`]: the machine, from referral to closing, with letters, accounts, evidence, report and recommendations.
//! - [`charge`]: what an upheld complaint costs, and the double entry that it makes in the [`ledger`].
//! - [`ice_year`]: 1 April to 31 March, by which ICE counts and charges fund.
//! - [`figures`]: what is counted of all this, and which figures are too small to show.
//!
//! State and events hold identifiers, dates, amounts, enum values and digests only. Nothing here does IO, reads a clock or
//! draws an id.

pub mod admissibility;
pub mod charge;
pub mod examination;
pub mod figures;
pub mod ice_year;
pub mod id;
pub mod ledger;
pub mod paper;
pub mod record;
pub mod refusal;

pub use ice_year::IceYear;
pub use id::{
    ChargeId, ComplaintId, ContractId, DocumentId, ExaminationId, IceLetterId, LetterId, OrganisationId,
    PostingId, ProcedureId, RecommendationId,
};
pub use paper::PaperRef;
pub use record::CaseRecord;
pub use refusal::Refusal;
