//! Reasons to keep a record whatever its date (RET-07, RET-08). A record may have many; each stands alone.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Actor, HoldId, Matter};

/// Why a record is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HoldReason {
    /// The department forbade destruction (RET-08).
    DestructionEmbargo,
    /// A legal claim is made or expected (RET-12).
    LegalClaim,
    /// A person asked for their data and has not had it yet.
    SubjectAccessRequest,
    /// An audit or investigation needs it.
    Audit,
    /// A complaint of the person is open (RET-07).
    OpenComplaint,
    /// The person may still go to the examiner (RET-07, ICE-07).
    OpenWindow,
    /// The examiner has the complaint, and may call for every paper (RET-07, ICE-07).
    OpenExamination,
    /// A contact or a member's letter is not answered yet.
    OpenCorrespondence,
    /// The person asked to be erased, and it is not decided yet (RET-10).
    ErasurePending,
    /// Processing is restricted: it is kept, and only whoever protects data reads what lies with it (RET-12).
    Restriction,
}

impl HoldReason {
    /// Every reason, in the order of the contract.
    pub const ALL: [Self; 10] = [
        Self::DestructionEmbargo,
        Self::LegalClaim,
        Self::SubjectAccessRequest,
        Self::Audit,
        Self::OpenComplaint,
        Self::OpenWindow,
        Self::OpenExamination,
        Self::OpenCorrespondence,
        Self::ErasurePending,
        Self::Restriction,
    ];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DestructionEmbargo => "DESTRUCTION_EMBARGO",
            Self::LegalClaim => "LEGAL_CLAIM",
            Self::SubjectAccessRequest => "SUBJECT_ACCESS_REQUEST",
            Self::Audit => "AUDIT",
            Self::OpenComplaint => "OPEN_COMPLAINT",
            Self::OpenWindow => "OPEN_WINDOW",
            Self::ErasurePending => "ERASURE_PENDING",
            Self::Restriction => "RESTRICTION",
            Self::OpenExamination => "OPEN_EXAMINATION",
            Self::OpenCorrespondence => "OPEN_CORRESPONDENCE",
        }
    }

    /// Whether a case places and releases it, and no person does.
    pub const fn follows_a_case(self) -> bool {
        match self {
            Self::OpenComplaint | Self::OpenWindow | Self::OpenExamination | Self::OpenCorrespondence => true,
            Self::DestructionEmbargo
            | Self::LegalClaim
            | Self::SubjectAccessRequest
            | Self::Audit
            | Self::Restriction
            | Self::ErasurePending => false,
        }
    }
}

/// A reason to keep a record whatever its date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Which one.
    pub id: HoldId,
    /// Why.
    pub reason: HoldReason,
    /// Who placed it.
    pub placed_by: Actor,
    /// Day on which it was placed.
    pub placed_on: Date,
    /// Reference of the order or notice; none where a case is the authority.
    pub authority: Option<String>,
    /// Day on which to look whether it is still needed.
    pub review_on: Date,
    /// The last day that it holds, where it ends by itself.
    pub holds_until: Option<Date>,
    /// The case behind it.
    pub matter: Option<Matter>,
    /// Day on which it was released.
    pub released_on: Option<Date>,
}

impl Hold {
    /// Whether it holds on `today`. One that ends by itself holds to the end of its last day.
    pub fn is_open(&self, today: Date) -> bool {
        self.released_on.is_none() && self.holds_until.is_none_or(|until| today <= until)
    }

    /// Whether the same case holds in the same way by this one, and as long as by `other`.
    pub fn covers(&self, other: &Self) -> bool {
        self.matter == other.matter
            && self.reason == other.reason
            && match (self.holds_until, other.holds_until) {
                (None, _) => true,
                (Some(known), Some(wanted)) => wanted <= known,
                (Some(_), None) => false,
            }
    }

    /// The day on which it stopped holding: released, or the day after its last.
    pub fn ended_on(&self, today: Date) -> Option<Date> {
        match (self.released_on, self.holds_until) {
            (Some(released), _) => Some(released),
            (None, Some(until)) if today > until => Some(until),
            (None, _) => None,
        }
    }
}
