//! What happened to a contact.

use crate::{
    ComplaintId, ContactId, ContractId, Fate, MemberLetterId, MixedComplaintId, OrganisationId,
    ParticipantId, Route, Told,
};

use super::RejectReason;

/// What happened to a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was recorded and its route decided.
    ContactRouted(Box<Recorded>),
    /// It waits for the contract holder.
    ContactOffered {
        /// Id for the complaint.
        complaint: ComplaintId,
        /// The contract holder.
        organisation: OrganisationId,
    },
    /// The contract holder took it.
    ContactAccepted {
        /// Organisation that works it.
        organisation: OrganisationId,
    },
    /// The contract holder did not take it.
    ContactRejected {
        /// Why.
        reason: RejectReason,
    },
    /// It goes to the provider as a complaint.
    ComplaintHandedOver {
        /// Id of the complaint.
        complaint: ComplaintId,
        /// Organisation that works it.
        organisation: OrganisationId,
        /// What it is, as the complaints service must know it.
        handed: Box<Recorded>,
    },
    /// Its route was corrected.
    ContactRerouted {
        /// The route now.
        route: Box<Route>,
        /// The mixed complaint that it opens.
        mixed: Option<MixedComplaintId>,
        /// The letter that it is.
        letter: Option<MemberLetterId>,
    },
    /// The person was told where to go.
    PersonDirected {
        /// Proof.
        told: Told,
    },
    /// The complaints service told what became of the complaint.
    HandoverAnswered {
        /// The complaint.
        complaint: ComplaintId,
        /// What became of it.
        fate: Fate,
        /// Why it could not be opened.
        reason: String,
        /// The complaint that was there already.
        existing: Option<ComplaintId>,
    },
}

/// A contact as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The contact.
    pub id: ContactId,
    /// Contract under which the service was given.
    pub contract: ContractId,
    /// Organisation that recorded it.
    pub recorded_by: OrganisationId,
    /// Organisation that works it at the provider.
    pub organisation: OrganisationId,
    /// Participant, where known by name.
    pub participant: Option<ParticipantId>,
    /// Where it goes.
    pub route: Route,
    /// The mixed complaint that it opens.
    pub mixed: Option<MixedComplaintId>,
    /// The letter that it is.
    pub letter: Option<MemberLetterId>,
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ContactRouted(_) => "ContactRouted",
            Self::ContactOffered { .. } => "ContactOffered",
            Self::ContactAccepted { .. } => "ContactAccepted",
            Self::ContactRejected { .. } => "ContactRejected",
            Self::ComplaintHandedOver { .. } => "ComplaintHandedOver",
            Self::ContactRerouted { .. } => "ContactRerouted",
            Self::PersonDirected { .. } => "PersonDirected",
            Self::HandoverAnswered { .. } => "HandoverAnswered",
        }
    }
}
