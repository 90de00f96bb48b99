//! The things of this service that have names.

use redress_kernel::{Id, id::Noun};

macro_rules! nouns {
    ($($(#[$doc:meta])* $noun:ident, $alias:ident, $collection:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $noun {}

        impl Noun for $noun {
            const COLLECTION: &'static str = $collection;
        }

        #[doc = concat!("Names one of the `", $collection, "`.")]
        pub type $alias = Id<$noun>;
    )*};
}

nouns! {
    /// A body that takes part.
    Organisation, OrganisationId, "organisations";
    /// A contract between the department and a prime provider.
    Contract, ContractId, "contracts";
    /// One organisation working under another.
    SupplyChainLink, SupplyChainLinkId, "supplyChainLinks";
    /// A person on a programme.
    Participant, ParticipantId, "participants";
    /// One version of a provider's procedure.
    Procedure, ProcedureId, "procedures";
    /// A complaint.
    Complaint, ComplaintId, "complaints";
    /// A letter or a draft of one.
    Letter, LetterId, "letters";
    /// A document on file.
    Document, DocumentId, "documents";
    /// A problem that the provider found.
    Issue, IssueId, "issues";
    /// A proposed change.
    ChangeProposal, ChangeProposalId, "changeProposals";
}
