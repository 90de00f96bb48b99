//! The things of this service that have names, beside those that every service names.

pub use redress_kernel::noun::{Complaint, Contract, Document, Organisation, Participant, SupplyChainLink};
pub use redress_kernel::noun::{
    ComplaintId, ContractId, DocumentId, OrganisationId, ParticipantId, SupplyChainLinkId,
};

redress_kernel::nouns! {
    /// One version of a provider's procedure.
    Procedure, ProcedureId, "procedures";
    /// A letter or a draft of one.
    Letter, LetterId, "letters";
    /// A problem that the provider found.
    Issue, IssueId, "issues";
    /// A proposed change.
    ChangeProposal, ChangeProposalId, "changeProposals";
}
