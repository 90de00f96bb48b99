//! The things of this service that have names, and those it names of others.

pub use redress_kernel::noun::{Complaint, Contract, Organisation, Participant};

redress_kernel::nouns! {
    /// What somebody said or wrote, on its way to where it belongs.
    Contact, ContactId, "contacts";
    /// A complaint against both the provider and Jobcentre Plus.
    MixedComplaint, MixedComplaintId, "mixedComplaints";
    /// A letter of an elected member or peer.
    MemberLetter, MemberLetterId, "memberLetters";
    /// A paper on file.
    Paper, PaperId, "papers";
}
