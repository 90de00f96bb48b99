//! The things that more than one service names. Each service names its own with [`nouns!`](crate::nouns) too.

crate::nouns! {
    /// A body that takes part.
    Organisation, OrganisationId, "organisations";
    /// A contract between the department and a prime provider.
    Contract, ContractId, "contracts";
    /// One organisation working under another.
    SupplyChainLink, SupplyChainLinkId, "supplyChainLinks";
    /// A person on a programme.
    Participant, ParticipantId, "participants";
    /// A complaint.
    Complaint, ComplaintId, "complaints";
    /// A document on file.
    Document, DocumentId, "documents";
}

/// Declares the things of a service that have names: a marker type, and the alias of its id, for each.
///
/// ```
/// redress_kernel::nouns! {
///     /// What somebody said, on its way to where it belongs.
///     Contact, ContactId, "contacts";
/// }
/// let id = ContactId::new(uuid::Uuid::from_u128(7));
/// assert_eq!(id.name(), "contacts/00000000-0000-0000-0000-000000000007");
/// ```
#[macro_export]
macro_rules! nouns {
    ($($(#[$doc:meta])* $noun:ident, $alias:ident, $collection:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $noun {}

        impl $crate::id::Noun for $noun {
            const COLLECTION: &'static str = $collection;
        }

        #[doc = concat!("Names one of the `", $collection, "`.")]
        pub type $alias = $crate::Id<$noun>;
    )*};
}
