//! The state of a contact as it is kept.

use serde::{Deserialize, Serialize};

use super::RejectReason;
use crate::{
    ComplaintId, ContactId, ContractId, Fate, MemberLetterId, MixedComplaintId, OrganisationId,
    ParticipantId, Route, Told,
};

/// The state of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody recorded it.
    Unrecorded,
    /// It was recorded.
    Recorded(Box<Contact>),
}

/// A recorded contact: its stage, and what every stage knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Version of this form; a form that is not known is not read.
    pub schema: Schema,
    /// The stage.
    pub stage: Stage,
    /// The contact.
    pub id: ContactId,
    /// Contract under which the service was given.
    pub contract: ContractId,
    /// Organisation that recorded it.
    pub recorded_by: OrganisationId,
    /// Organisation that works it at the provider.
    pub organisation: OrganisationId,
    /// Participant whom it concerns, where the complaints service knows one.
    pub participant: Option<ParticipantId>,
    /// Where it goes.
    pub route: Route,
    /// Routes that were corrected, the first first.
    pub earlier: Vec<Route>,
    /// The complaint it opens, and what became of it.
    pub complaint: Option<(ComplaintId, Fate)>,
    /// Proof that the person was told where to go.
    pub told: Option<Told>,
}

/// Version of the form in which a state is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// The first.
    #[serde(rename = "1")]
    V1,
}

/// The stage of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Stage {
    /// Waits for the contract holder (XCT-06).
    Offered {
        /// Id for the complaint.
        complaint: ComplaintId,
    },
    /// The contract holder does not take it.
    Declined {
        /// Why.
        reason: RejectReason,
    },
    /// With the provider, as a complaint.
    HandedOver,
    /// The complaints service could not open it.
    NotOpened {
        /// Why, as that service says it.
        reason: String,
        /// The complaint that was there already.
        existing: Option<ComplaintId>,
    },
    /// A mixed complaint.
    Mixed {
        /// Which.
        mixed: MixedComplaintId,
    },
    /// For Jobcentre Plus; the person must still be told.
    ToBeDirected,
    /// For Jobcentre Plus, and the person was told.
    Directed,
    /// An elected member's or peer's letter.
    Correspondence {
        /// Which.
        letter: MemberLetterId,
        /// The mixed complaint that it opened.
        mixed: Option<MixedComplaintId>,
    },
    /// Nothing more is to be done.
    NotAComplaint,
}

/// The name of a stage, as on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StageName {
    /// Not recorded.
    Unrecorded,
    /// Waits for the contract holder.
    Offered,
    /// The contract holder does not take it.
    Declined,
    /// With the provider.
    HandedOver,
    /// Could not be opened.
    NotOpened,
    /// A mixed complaint.
    Mixed,
    /// The person must still be told.
    ToBeDirected,
    /// The person was told.
    Directed,
    /// A letter.
    Correspondence,
    /// Nothing more is to be done.
    NotAComplaint,
}

impl StageName {
    /// Every stage, in the order of a contact's life.
    pub const ALL: [Self; 10] = [
        Self::Unrecorded,
        Self::Offered,
        Self::Declined,
        Self::HandedOver,
        Self::NotOpened,
        Self::Mixed,
        Self::ToBeDirected,
        Self::Directed,
        Self::Correspondence,
        Self::NotAComplaint,
    ];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unrecorded => "UNRECORDED",
            Self::Offered => "OFFERED",
            Self::Declined => "DECLINED",
            Self::HandedOver => "HANDED_OVER",
            Self::NotOpened => "NOT_OPENED",
            Self::Mixed => "MIXED",
            Self::ToBeDirected => "TO_BE_DIRECTED",
            Self::Directed => "DIRECTED",
            Self::Correspondence => "CORRESPONDENCE",
            Self::NotAComplaint => "NOT_A_COMPLAINT",
        }
    }
}

impl Stage {
    /// The name of the stage.
    pub const fn name(&self) -> StageName {
        match self {
            Self::Offered { .. } => StageName::Offered,
            Self::Declined { .. } => StageName::Declined,
            Self::HandedOver => StageName::HandedOver,
            Self::NotOpened { .. } => StageName::NotOpened,
            Self::Mixed { .. } => StageName::Mixed,
            Self::ToBeDirected => StageName::ToBeDirected,
            Self::Directed => StageName::Directed,
            Self::Correspondence { .. } => StageName::Correspondence,
            Self::NotAComplaint => StageName::NotAComplaint,
        }
    }
}

impl State {
    /// The contact, once there is one.
    pub const fn contact(&self) -> Option<&Contact> {
        match self {
            Self::Unrecorded => None,
            Self::Recorded(contact) => Some(contact),
        }
    }

    /// The name of the stage.
    pub fn stage_name(&self) -> StageName {
        self.contact().map_or(StageName::Unrecorded, |contact| contact.stage.name())
    }
}

impl Contact {
    /// The mixed complaint that it opened.
    pub const fn mixed(&self) -> Option<MixedComplaintId> {
        match self.stage {
            Stage::Mixed { mixed } => Some(mixed),
            Stage::Correspondence { mixed, .. } => mixed,
            Stage::Offered { .. }
            | Stage::Declined { .. }
            | Stage::HandedOver
            | Stage::NotOpened { .. }
            | Stage::ToBeDirected
            | Stage::Directed
            | Stage::NotAComplaint => None,
        }
    }

    /// The letter that it is.
    pub const fn letter(&self) -> Option<MemberLetterId> {
        match self.stage {
            Stage::Correspondence { letter, .. } => Some(letter),
            Stage::Offered { .. }
            | Stage::Declined { .. }
            | Stage::HandedOver
            | Stage::NotOpened { .. }
            | Stage::Mixed { .. }
            | Stage::ToBeDirected
            | Stage::Directed
            | Stage::NotAComplaint => None,
        }
    }

    /// What became of the complaint it opened.
    pub fn fate(&self) -> Option<Fate> {
        self.complaint.map(|(_, fate)| fate)
    }
}
