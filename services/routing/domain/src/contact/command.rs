//! What may be asked of a contact.

use redress_policy::route::{Matters, Writer};
use serde::{Deserialize, Serialize};

use crate::{
    ComplaintId, ContactId, Fate, MemberLetterId, MixedComplaintId, OrganisationId, ParticipantId, Question,
    RerouteReason, Told,
};

/// What may be asked of a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Records it and sends it through the right door.
    Record(Box<Record>),
    /// Takes it for the contract holder.
    Accept {
        /// Organisation that works it; none for the one the contact names.
        organisation: Option<OrganisationId>,
    },
    /// Does not take it.
    Reject {
        /// Why.
        reason: RejectReason,
    },
    /// Corrects its route.
    Reroute(Box<Reroute>),
    /// Records that the person was told where to go.
    Direct {
        /// Proof.
        told: Told,
    },
    /// Records what the complaints service made of it.
    RecordFate {
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

/// A contact to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Id for it.
    pub id: ContactId,
    /// Organisation that records it.
    pub recorded_by: OrganisationId,
    /// Organisation that is to work it; none for the contract holder.
    pub organisation: Option<OrganisationId>,
    /// Participant, where known by name.
    pub participant: Option<ParticipantId>,
    /// Whether it says who the person is, where no participant is named.
    pub has_person: bool,
    /// Whether it names the member and the office.
    pub has_member: bool,
    /// What decides.
    pub question: Question,
    /// Ids for what it may open.
    pub fresh: Fresh,
}

/// Ids for what a route may open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// For a complaint.
    pub complaint: ComplaintId,
    /// For a mixed complaint.
    pub mixed: MixedComplaintId,
    /// For a letter.
    pub letter: MemberLetterId,
}

/// A route to be corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reroute {
    /// Who writes, where that was misread.
    pub writer: Option<Writer>,
    /// About whom or what, as now known.
    pub about: Matters,
    /// Organisations complained about; empty leaves them.
    pub respondents: Vec<OrganisationId>,
    /// Why.
    pub reason: RerouteReason,
    /// Ids for what it may open.
    pub fresh: Fresh,
    /// Whether what the contact opened so far can be given up.
    pub can_be_given_up: bool,
}

/// Why a contract holder does not take a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RejectReason {
    /// It is about a service that is not under this contract.
    NotOurService,
    /// It is about an organisation that was not in the chain.
    NotOurSubcontractor,
    /// It is being worked already.
    AlreadyWorked,
    /// The person never took part.
    WrongPerson,
}

/// The kind of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommandKind {
    /// `Record`.
    Record,
    /// `Accept`.
    Accept,
    /// `Reject`.
    Reject,
    /// `Reroute`.
    Reroute,
    /// `Direct`.
    Direct,
    /// `RecordFate`.
    RecordFate,
}

impl Command {
    /// Its kind.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Record(_) => CommandKind::Record,
            Self::Accept { .. } => CommandKind::Accept,
            Self::Reject { .. } => CommandKind::Reject,
            Self::Reroute(_) => CommandKind::Reroute,
            Self::Direct { .. } => CommandKind::Direct,
            Self::RecordFate { .. } => CommandKind::RecordFate,
        }
    }
}

impl CommandKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Record, Self::Accept, Self::Reject, Self::Reroute, Self::Direct, Self::RecordFate];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Record => "Record",
            Self::Accept => "Accept",
            Self::Reject => "Reject",
            Self::Reroute => "Reroute",
            Self::Direct => "Direct",
            Self::RecordFate => "RecordFate",
        }
    }
}
