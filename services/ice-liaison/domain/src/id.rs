//! The things of this service that have names, beside those that every service names.

pub use redress_kernel::noun::{Complaint, Contract, Document, Organisation};
pub use redress_kernel::noun::{ComplaintId, ContractId, DocumentId, OrganisationId};

redress_kernel::nouns! {
    /// A complaint with the Independent Case Examiner.
    Examination, ExaminationId, "examinations";
    /// A letter from ICE.
    IceLetter, IceLetterId, "iceLetters";
    /// Something that ICE recommends.
    Recommendation, RecommendationId, "recommendations";
    /// What an upheld complaint costs.
    Charge, ChargeId, "charges";
    /// A posting of the recovery ledger.
    Posting, PostingId, "postings";
    /// A letter of the complaint, which the complaints service keeps.
    Letter, LetterId, "letters";
    /// What somebody said on its way to a complaint, which routing keeps.
    Contact, ContactId, "contacts";
    /// One version of a provider's procedure, which the complaints service keeps.
    Procedure, ProcedureId, "procedures";
}
