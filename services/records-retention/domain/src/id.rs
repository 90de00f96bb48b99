//! The things of this service that have names, beside those that every service names.

pub use redress_kernel::noun::{Complaint, Contract, Organisation, Participant};
pub use redress_kernel::noun::{ComplaintId, ContractId, OrganisationId, ParticipantId};

redress_kernel::nouns! {
    /// Something that is kept.
    Record, RecordId, "records";
    /// Something that belongs to a record.
    Part, PartId, "parts";
    /// An examination of a complaint by the Independent Case Examiner.
    Examination, ExaminationId, "examinations";
    /// What somebody said, on its way to where it belongs.
    Contact, ContactId, "contacts";
    /// A complaint about a provider and Jobcentre Plus at once.
    MixedComplaint, MixedComplaintId, "mixedComplaints";
    /// A letter of an elected member.
    MemberLetter, MemberLetterId, "memberLetters";
    /// A payment for a report.
    Payment, PaymentId, "payments";
    /// A reason to keep a record whatever its date.
    Hold, HoldId, "holds";
    /// Records that end together.
    Disposal, DisposalId, "disposals";
    /// A change of how long the records of a contract are kept.
    ScheduleChange, ScheduleChangeId, "scheduleChanges";
    /// A person's request to be erased.
    ErasureRequest, ErasureRequestId, "erasureRequests";
    /// Whether anything is destroyed for an organisation.
    DisposalControl, DisposalControlId, "disposalControls";
}
