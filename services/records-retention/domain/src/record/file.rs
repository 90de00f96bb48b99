//! What is known of a record while it is kept.

use jiff::civil::Date;
use redress_policy::PackRef;
use serde::{Deserialize, Serialize};

use crate::{
    ComplaintId, ContractId, Digest, Hold, HoldReason, OrganisationId, PartId, ParticipantId, RecordClass,
    RecordId, anonymised::Set, payment::Payments,
};

/// What is known of a record while it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Which record.
    pub id: RecordId,
    /// Contract under which it arose.
    pub contract: ContractId,
    /// Organisation that keeps it.
    pub organisation: OrganisationId,
    /// What it is.
    pub class: RecordClass,
    /// Person it is about.
    pub participant: Option<ParticipantId>,
    /// Complaint it is the file of.
    pub complaint: Option<ComplaintId>,
    /// Day on which a report was completed.
    pub completed_on: Option<Date>,
    /// Day on which a funded person started (RET-09).
    pub funded_start_on: Option<Date>,
    /// The pack that gives its schedule.
    pub pack: PackRef,
    /// Day on which it was registered.
    pub registered_on: Date,
    /// What belongs to it, oldest first; all of it shares these dates and holds (L36).
    pub parts: Vec<Part>,
    /// Payments for it.
    pub payments: Payments,
    /// Holds, those that were released too.
    pub holds: Vec<Hold>,
    /// The last day of the term for which it was found due.
    pub fell_due_on: Option<Date>,
    /// The day for which it was raised as unpaid (Q12).
    pub raised_unpaid_on: Option<Date>,
    /// What the set is, where it is one of anonymised reports.
    #[serde(default)]
    pub anonymised: Option<Box<Set>>,
    /// The day for which a look at its anonymity was raised (RET-13).
    #[serde(default)]
    pub raised_review_on: Option<Date>,
}

/// Something that belongs to a record and lies with one holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which one.
    pub id: PartId,
    /// Who holds it.
    pub holder: Holder,
    /// What it is there, as a resource name; empty for what lies with the record itself.
    pub subject: String,
    /// Day on which it was added.
    pub added_on: Date,
    /// Whether it is laid by field by field, so that it can be anonymised.
    #[serde(default)]
    pub is_report: bool,
    /// Keyed digest of what lies with the record itself, by which it is known again when it is gone.
    #[serde(default)]
    pub digest: Option<Digest>,
    /// The destroyed record in which the same content lay, where it was taken in again on authority.
    #[serde(default)]
    pub readmitted_of: Option<RecordId>,
    /// What is known of it, where it was laid by as bytes.
    #[serde(default)]
    pub content: Option<Content>,
}

/// What is known of something that was laid by as bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its media type.
    pub media_type: String,
    /// How many bytes it has.
    pub size_bytes: i64,
    /// Whether it is not what it says it is, or does harm: kept, and not given out.
    pub is_quarantined: bool,
}

/// Who holds a part, and destroys it when told to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Holder {
    /// This service, for callers without a store of their own.
    RecordsRetention,
    /// The complaints service.
    Complaints,
    /// The routing service.
    Routing,
    /// The ice-liaison service.
    IceLiaison,
}

impl Holder {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RecordsRetention => "RECORDS_RETENTION",
            Self::Complaints => "COMPLAINTS",
            Self::Routing => "ROUTING",
            Self::IceLiaison => "ICE_LIAISON",
        }
    }
}

impl File {
    /// Holds of its own that stand on `today`. What holds everything about its person holds it as well: whether it is held at all, the context
    /// says.
    pub fn own_holds(&self, today: Date) -> impl Iterator<Item = &Hold> {
        self.holds.iter().filter(move |hold| hold.is_open(today))
    }

    /// Whether only whoever protects data reads what lies with it (RET-12, reliability D40).
    pub fn is_restricted(&self, today: Date) -> bool {
        self.own_holds(today).any(|hold| hold.reason == HoldReason::Restriction)
    }

    /// The holders of its parts, each once, in order.
    pub fn holders(&self) -> Vec<Holder> {
        let mut holders: Vec<Holder> = self.parts.iter().map(|part| part.holder).collect();
        holders.sort_unstable();
        holders.dedup();
        holders
    }
}
