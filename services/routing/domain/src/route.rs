//! Where a contact goes: the table of the pack, asked with what is known, and nothing else. The same for those who record
//! and those who only ask.

mod decide;
mod duty;

use jiff::civil::Date;
use redress_kernel::Channel;
use redress_policy::{
    PackRef,
    route::{Matters, Outcome, Writer},
};
use serde::{Deserialize, Serialize};

use crate::{MixedComplaintId, OrganisationId, PaperId, Standing};

pub use decide::{Asks, decide, entry_stage, pack_for, respondents};
pub use duty::{Due, citations, duties};

/// What decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Who writes.
    pub writer: Writer,
    /// About whom or what.
    pub about: Matters,
    /// Organisations complained about.
    pub respondents: Vec<OrganisationId>,
    /// How it came.
    pub channel: Channel,
    /// Day on which it reached whoever records it.
    pub received_on: Date,
    /// Day on which it was raised at Jobcentre Plus.
    pub jobcentre_plus_received_on: Option<Date>,
    /// Who else speaks for the person.
    pub representative: Option<Representative>,
    /// Whether it was asked to be formal.
    pub asked_formal: bool,
    /// Title of the member or peer.
    pub title: Option<String>,
    /// Date of the letter.
    pub letter_on: Option<Date>,
    /// Whether the writer did not come back at the last election.
    pub left_office: bool,
    /// The mixed complaint that it follows.
    pub follows: Option<MixedComplaintId>,
}

/// Who else speaks for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Representative {
    /// A relative or friend.
    RelativeOrFriend,
    /// An adviser or advocate.
    Adviser,
    /// An elected member.
    ElectedMember,
    /// A solicitor.
    Solicitor,
}

/// Where a contact goes, as it is kept. Duties and citations are read from the pinned table again when they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// What decided.
    pub question: Question,
    /// Through which door.
    pub outcome: Outcome,
    /// What a member's letter opens beside its answer.
    pub opens: Option<Outcome>,
    /// The row that decided.
    pub row: String,
    /// Whether a complaint it opens is formal (Q21).
    pub formal: bool,
    /// As what the writer counts.
    pub standing: Option<Standing>,
    /// The pack whose table was read.
    pub pack: PackRef,
    /// Day on which it was decided.
    pub decided_on: Date,
    /// Why it took the place of another.
    pub because: Option<RerouteReason>,
}

/// Why a route is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RerouteReason {
    /// What was written was misread.
    Misread,
    /// More is known now.
    MoreKnown,
    /// The person asked for it.
    PersonAsked,
    /// The contract holder did not take it.
    Declined,
    /// The complaints service could not open it.
    NotOpened,
}

/// Proof that the person was told where to go (RTE-03, RTE-08).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Day.
    pub told_on: Date,
    /// How.
    pub channel: Channel,
    /// What shows it.
    pub paper: Option<PaperId>,
}

/// What became of a complaint that was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Fate {
    /// Not yet taken up.
    Awaited,
    /// Registered, and being worked.
    Open,
    /// Not registered.
    Refused,
    /// Sent on to Jobcentre Plus by the provider.
    Redirected,
    /// The final response is out.
    Answered,
    /// With the Independent Case Examiner.
    WithIce,
    /// Closed.
    Closed,
    /// Withdrawn by the person.
    Withdrawn,
}

impl Fate {
    /// Whether being worked may follow: once it is taken up, and again once ICE did not take it (ICE-24).
    pub(crate) const fn opens(self) -> bool {
        matches!(self, Self::Awaited | Self::WithIce)
    }

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Awaited => "AWAITED",
            Self::Open => "OPEN",
            Self::Refused => "REFUSED",
            Self::Redirected => "REDIRECTED",
            Self::Answered => "ANSWERED",
            Self::WithIce => "WITH_ICE",
            Self::Closed => "CLOSED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }
}

impl Route {
    /// Whether it leads through `door`, itself or by what a member's letter opens.
    pub fn leads_to(&self, door: Outcome) -> bool {
        self.outcome == door || self.opens == Some(door)
    }

    /// Whether it is a member's letter, answered for itself.
    pub fn is_correspondence(&self) -> bool {
        self.outcome == Outcome::MemberCorrespondence
    }
}
