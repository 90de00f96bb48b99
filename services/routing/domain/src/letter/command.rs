//! What may be asked of a letter, and what happened to it.

use jiff::civil::Date;
use redress_kernel::Digest;
use redress_policy::{ClockKind, Division, PackRef};

use super::{Authority, Destination};
use crate::{
    ComplaintId, ContactId, ContractId, MemberLetterId, MixedComplaintId, OrganisationId, PaperId, Standing,
    breach::Breach,
};

/// What may be asked of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Logs it; fired when a contact is routed.
    Log(Box<Log>),
    /// Hands it to another organisation.
    Transfer {
        /// Who answers from now on.
        organisation: OrganisationId,
        /// Day on which it accepted the letter.
        received_on: Date,
    },
    /// Names the person who answers.
    Assign {
        /// Opaque id of the person.
        handler: String,
    },
    /// Records the participant's consent.
    RecordAuthority {
        /// Day.
        on: Date,
        /// What shows it.
        paper: Option<PaperId>,
    },
    /// Sends a holding reply.
    SendHolding {
        /// Day.
        sent_on: Date,
        /// Whether it apologises.
        apologises: bool,
        /// Whether it gives the reason.
        explains: bool,
        /// The date promised.
        new_due_on: Option<Date>,
        /// Digest of its text.
        digest: Digest,
    },
    /// Sends the reply.
    Reply {
        /// Day.
        replied_on: Date,
        /// Whether it quotes the office's reference.
        quotes_reference: bool,
        /// Digest of its text.
        digest: Digest,
    },
    /// Closes it.
    Close,
    /// Gives it up because the contact goes through another door.
    Abandon,
    /// Records that a limit passed.
    RecordBreach {
        /// Which clock.
        kind: ClockKind,
        /// Which of several of its kind.
        number: u8,
    },
}

/// A letter to be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Id for it.
    pub id: MemberLetterId,
    /// The contact it came with.
    pub contact: ContactId,
    /// Contract under which the service was given.
    pub contract: ContractId,
    /// Organisation that answers.
    pub organisation: OrganisationId,
    /// As what the writer counts.
    pub standing: Standing,
    /// Where what it is about is worked.
    pub destination: Option<Destination>,
    /// Date of the letter.
    pub letter_on: Date,
    /// Day of receipt.
    pub received_on: Date,
    /// The complaint it opens.
    pub complaint: Option<ComplaintId>,
    /// The mixed complaint it opens.
    pub mixed: Option<MixedComplaintId>,
    /// Whose bank holidays count.
    pub division: Division,
    /// Whether the office gave a reference of its own.
    pub referenced: bool,
}

/// What happened to a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was logged and classified.
    MemberLetterLogged {
        /// As it was logged.
        log: Box<Log>,
        /// Day on which it was recorded.
        recorded_on: Date,
        /// The pack pinned.
        pack: PackRef,
    },
    /// It went to another organisation.
    MemberLetterTransferred {
        /// Who answers now.
        organisation: OrganisationId,
        /// Day on which it accepted the letter.
        received_on: Date,
        /// Day on which that was recorded.
        recorded_on: Date,
    },
    /// Somebody was named to answer.
    MemberLetterAssigned {
        /// Opaque id of the person.
        handler: String,
    },
    /// Authority came.
    AuthorityRecorded {
        /// Of which kind.
        authority: Authority,
        /// Day.
        on: Date,
        /// What shows it.
        paper: Option<PaperId>,
    },
    /// A holding reply went out.
    HoldingReplySent {
        /// Day.
        sent_on: Date,
        /// The date promised.
        new_due_on: Date,
        /// Digest of its text.
        digest: Digest,
    },
    /// The reply went out.
    MemberLetterReplied {
        /// Day.
        replied_on: Date,
        /// Digest of its text.
        digest: Digest,
        /// Whether it went after its day.
        late: bool,
    },
    /// It was closed.
    MemberLetterClosed {
        /// Day.
        on: Date,
    },
    /// The contact goes through another door.
    MemberLetterAbandoned {
        /// Day.
        on: Date,
    },
    /// A limit passed.
    MemberLetterClockBreached {
        /// Which.
        breach: Breach,
    },
}

/// The kind of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommandKind {
    /// `Log`.
    Log,
    /// `Transfer`.
    Transfer,
    /// `Assign`.
    Assign,
    /// `RecordAuthority`.
    RecordAuthority,
    /// `SendHolding`.
    SendHolding,
    /// `Reply`.
    Reply,
    /// `Close`.
    Close,
    /// `Abandon`.
    Abandon,
    /// `RecordBreach`.
    RecordBreach,
}

impl Command {
    /// Its kind.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Log(_) => CommandKind::Log,
            Self::Transfer { .. } => CommandKind::Transfer,
            Self::Assign { .. } => CommandKind::Assign,
            Self::RecordAuthority { .. } => CommandKind::RecordAuthority,
            Self::SendHolding { .. } => CommandKind::SendHolding,
            Self::Reply { .. } => CommandKind::Reply,
            Self::Close => CommandKind::Close,
            Self::Abandon => CommandKind::Abandon,
            Self::RecordBreach { .. } => CommandKind::RecordBreach,
        }
    }
}

impl CommandKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Log,
        Self::Transfer,
        Self::Assign,
        Self::RecordAuthority,
        Self::SendHolding,
        Self::Reply,
        Self::Close,
        Self::Abandon,
        Self::RecordBreach,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Log => "Log",
            Self::Transfer => "Transfer",
            Self::Assign => "Assign",
            Self::RecordAuthority => "RecordAuthority",
            Self::SendHolding => "SendHolding",
            Self::Reply => "Reply",
            Self::Close => "Close",
            Self::Abandon => "Abandon",
            Self::RecordBreach => "RecordBreach",
        }
    }
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MemberLetterLogged { .. } => "MemberLetterLogged",
            Self::MemberLetterTransferred { .. } => "MemberLetterTransferred",
            Self::MemberLetterAssigned { .. } => "MemberLetterAssigned",
            Self::AuthorityRecorded { .. } => "AuthorityRecorded",
            Self::HoldingReplySent { .. } => "HoldingReplySent",
            Self::MemberLetterReplied { .. } => "MemberLetterReplied",
            Self::MemberLetterClosed { .. } => "MemberLetterClosed",
            Self::MemberLetterAbandoned { .. } => "MemberLetterAbandoned",
            Self::MemberLetterClockBreached { .. } => "MemberLetterClockBreached",
        }
    }
}
