//! What a record is. Its schedule follows from it.

use serde::{Deserialize, Serialize};

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RecordClass {
    /// Services supplied under the contract (RET-02).
    ServicesSupplied,
    /// Expenditure that the department reimbursed (RET-02).
    ExpenditureReimbursed,
    /// Payments that the department made (RET-02).
    PaymentsMade,
    /// A completed Needs Assessment Referral (RET-03).
    NeedsAssessmentReferral,
    /// A completed Needs Assessment Report (RET-03).
    NeedsAssessmentReport,
    /// The file of a complaint (Q14).
    ComplaintFile,
    /// Correspondence that belongs to no complaint.
    CorrespondenceFile,
    /// The file of an examination.
    ExaminationFile,
    /// Proof of a destruction; no guidance sets a term for it, so it is kept (RET-14).
    Certificate,
    /// Reports that were anonymised together (RET-04, RET-13).
    AnonymisedReports,
}

impl RecordClass {
    /// Every class, in the order of the contract.
    pub const ALL: [Self; 10] = [
        Self::ServicesSupplied,
        Self::ExpenditureReimbursed,
        Self::PaymentsMade,
        Self::NeedsAssessmentReferral,
        Self::NeedsAssessmentReport,
        Self::ComplaintFile,
        Self::CorrespondenceFile,
        Self::ExaminationFile,
        Self::Certificate,
        Self::AnonymisedReports,
    ];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ServicesSupplied => "SERVICES_SUPPLIED",
            Self::ExpenditureReimbursed => "EXPENDITURE_REIMBURSED",
            Self::PaymentsMade => "PAYMENTS_MADE",
            Self::NeedsAssessmentReferral => "NEEDS_ASSESSMENT_REFERRAL",
            Self::NeedsAssessmentReport => "NEEDS_ASSESSMENT_REPORT",
            Self::ComplaintFile => "COMPLAINT_FILE",
            Self::CorrespondenceFile => "CORRESPONDENCE_FILE",
            Self::ExaminationFile => "EXAMINATION_FILE",
            Self::Certificate => "CERTIFICATE",
            Self::AnonymisedReports => "ANONYMISED_REPORTS",
        }
    }

    /// Whether it is one of the specified reports, whose clock payment sets running (RET-03).
    pub const fn is_report(self) -> bool {
        match self {
            Self::NeedsAssessmentReferral | Self::NeedsAssessmentReport => true,
            Self::ServicesSupplied
            | Self::ExpenditureReimbursed
            | Self::PaymentsMade
            | Self::ComplaintFile
            | Self::CorrespondenceFile
            | Self::ExaminationFile
            | Self::Certificate
            | Self::AnonymisedReports => false,
        }
    }

    /// Whether it is about a person, so that a request to be erased is about it. What was supplied, spent and paid is not
    /// erased (Q23), nor is the proof of a destruction.
    pub const fn is_about_a_person(self) -> bool {
        match self {
            Self::NeedsAssessmentReferral
            | Self::NeedsAssessmentReport
            | Self::ComplaintFile
            | Self::CorrespondenceFile
            | Self::ExaminationFile => true,
            // An anonymised set is about nobody (RET-13).
            Self::ServicesSupplied
            | Self::ExpenditureReimbursed
            | Self::PaymentsMade
            | Self::Certificate
            | Self::AnonymisedReports => false,
        }
    }
}
