//! The state of a letter as it is kept.

use jiff::civil::Date;
use redress_kernel::Digest;
use redress_policy::{Division, PackRef};
use serde::{Deserialize, Serialize};

use crate::{
    ComplaintId, ContactId, ContractId, MemberLetterId, MixedComplaintId, OrganisationId, PaperId, Standing,
    breach::Breach,
};

/// The state of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody logged it.
    Unlogged,
    /// It was logged.
    Logged(Box<Letter>),
}

/// A letter: its stage, and what every stage knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Version of this form; a form that is not known is not read.
    pub schema: Schema,
    /// The stage.
    pub stage: Stage,
    /// The letter.
    pub id: MemberLetterId,
    /// The contact it came with.
    pub contact: ContactId,
    /// Contract under which the service was given.
    pub contract: ContractId,
    /// Organisation that answers now.
    pub organisation: OrganisationId,
    /// As what the writer counts.
    pub standing: Standing,
    /// Where what it is about is worked.
    pub destination: Option<Destination>,
    /// Date of the letter.
    pub letter_on: Date,
    /// Day of receipt by whoever answers now.
    pub received_on: Date,
    /// Day on which that was recorded: its calendar counts.
    pub recorded_on: Date,
    /// The complaint it opened.
    pub complaint: Option<ComplaintId>,
    /// The mixed complaint it opened.
    pub mixed: Option<MixedComplaintId>,
    /// The pack pinned.
    pub pack: PackRef,
    /// Whose bank holidays count.
    #[serde(with = "crate::division")]
    pub division: Division,
    /// Whether the office gave a reference of its own.
    pub referenced: bool,
    /// Authority to act for the participant.
    pub authority: Option<Authority>,
    /// What shows it.
    pub authority_paper: Option<PaperId>,
    /// Opaque id of the person who answers.
    pub handler: Option<String>,
    /// Where it came from to whoever answers now, the first first.
    pub transfers: Vec<Transfer>,
    /// The date that the last holding reply promised.
    pub promised_on: Option<Date>,
    /// Day of the reply, and the digest of its text.
    pub replied: Option<(Date, Digest)>,
    /// Whether the reply went after its day.
    pub late: bool,
    /// Limits that passed.
    pub breaches: Vec<Breach>,
}

/// Version of the form in which a state is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// The first.
    #[serde(rename = "1")]
    V1,
}

/// A letter that went to another organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Who had it.
    pub from: OrganisationId,
    /// Day on which that one received it.
    pub received_on: Date,
}

/// Where what a letter is about is worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Destination {
    /// In the provider's process (RTE-11).
    ProviderProcess,
    /// At Jobcentre Plus (RTE-08).
    JobcentrePlus,
    /// At both.
    Mixed,
}

/// Authority to act for the participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Authority {
    /// Follows from being elected and asked (RTE-14).
    Elected,
    /// The participant's consent is on file.
    Consent,
}

/// The stage of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Stage {
    /// Recorded, and where it is worked is known.
    Classified,
    /// A holding reply is out.
    HoldingSent,
    /// The reply is out.
    Replied,
    /// Closed.
    Closed,
    /// The contact went through another door.
    Abandoned,
}

/// The name of a stage, as on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StageName {
    /// Not logged.
    Unlogged,
    /// Recorded.
    Classified,
    /// A holding reply is out.
    HoldingSent,
    /// The reply is out.
    Replied,
    /// Closed.
    Closed,
    /// Given up.
    Abandoned,
}

impl StageName {
    /// Every stage, in the order of a letter's life.
    pub const ALL: [Self; 6] =
        [Self::Unlogged, Self::Classified, Self::HoldingSent, Self::Replied, Self::Closed, Self::Abandoned];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unlogged => "UNLOGGED",
            Self::Classified => "CLASSIFIED",
            Self::HoldingSent => "HOLDING_SENT",
            Self::Replied => "REPLIED",
            Self::Closed => "CLOSED",
            Self::Abandoned => "ABANDONED",
        }
    }
}

impl Stage {
    /// The name of the stage.
    pub const fn name(self) -> StageName {
        match self {
            Self::Classified => StageName::Classified,
            Self::HoldingSent => StageName::HoldingSent,
            Self::Replied => StageName::Replied,
            Self::Closed => StageName::Closed,
            Self::Abandoned => StageName::Abandoned,
        }
    }
}

impl State {
    /// The letter, once there is one.
    pub const fn letter(&self) -> Option<&Letter> {
        match self {
            Self::Unlogged => None,
            Self::Logged(letter) => Some(letter),
        }
    }

    /// The name of the stage.
    pub fn stage_name(&self) -> StageName {
        self.letter().map_or(StageName::Unlogged, |letter| letter.stage.name())
    }
}

impl Letter {
    /// Whether the contact may still go through another door: nothing went out yet.
    pub const fn can_be_given_up(&self) -> bool {
        matches!(self.stage, Stage::Classified)
    }
}
