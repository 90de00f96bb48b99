//! A person asks to be erased (RET-10 to RET-12): a holding reply at once, the department's data protection office, a decision with
//! its reason within a month, and the answer. Who never started may be erased; who started is kept for audit and payment; and a
//! hold beats erasure (Q23).
//!
//! Nothing is destroyed here. What is granted makes the person's records due, and from there they go the one way of all records.

mod command;
mod rule;
mod stage;

use jiff::civil::Date;
use redress_kernel::{Citation, Decider, Decision};
use redress_policy::{Calendars, Pack};
use serde::{Deserialize, Serialize};

pub use command::{Command, Event, Receipt};
pub use rule::answer_by;
pub use stage::StageName;

use crate::{
    Actor, ContractId, ErasureRequestId, HoldId, HoldReason, OrganisationId, PartId, ParticipantId, RecordId,
    Refusal,
};

/// The rules of an erasure request.
#[derive(Debug)]
pub enum Rules {}

/// How far a person came on the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Progress {
    /// Never started, and never attended the initial assessment.
    NeverStarted,
    /// Attended the initial assessment, and never began.
    AttendedOnly,
    /// Started.
    Started,
}

/// Why a person is kept (RET-11, RET-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Ground {
    /// They started: kept for audit and payment.
    AuditAndPayment,
    /// A legal obligation.
    LegalObligation,
    /// A task in the public interest.
    PublicTask,
    /// Legal claims, made or expected.
    LegalClaims,
    /// Archiving in the public interest, or research.
    Archiving,
    /// Statistics.
    Statistics,
}

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE", tag = "outcome", content = "ground")]
pub enum Outcome {
    /// Erased.
    Erase,
    /// Kept.
    Keep(Ground),
}

/// A request, as it stands until it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Which one.
    pub id: ErasureRequestId,
    /// Contract under which the person is known.
    pub contract: ContractId,
    /// Organisation that received it.
    pub organisation: OrganisationId,
    /// Who asks.
    pub participant: ParticipantId,
    /// Day on which it was received.
    pub received_on: Date,
    /// Who recorded it.
    pub received_by: Actor,
    /// The last day for the answer, as the holding reply promises.
    pub answer_by: Date,
    /// The record of the correspondence, which is not erased with the person: it says why they are no longer held (RET-14).
    pub correspondence: RecordId,
    /// The holding reply, a part of it.
    pub holding_reply: PartId,
    /// Day on which the holding reply was made.
    pub replied_on: Date,
    /// Reference of the department's data protection office.
    pub reference: Option<String>,
    /// The day on which to remind of it, as the pack has it; none where it came before there were reminders.
    #[serde(default)]
    pub remind_on: Option<Date>,
    /// Whether somebody was reminded.
    #[serde(default)]
    pub reminded: bool,
    /// Whether it was raised as late.
    pub raised_late: bool,
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What was decided.
    pub outcome: Outcome,
    /// How far the person came.
    pub progress: Progress,
    /// Who decided.
    pub decided_by: Actor,
    /// Day on which it was decided and the answer was made.
    pub decided_on: Date,
    /// The answer, a part of the record of the correspondence.
    pub letter: PartId,
}

/// The state of an erasure request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody asked.
    Unrequested,
    /// Received; the holding reply is out.
    Received(Box<Request>),
    /// The data protection office has given its reference.
    Referred(Box<Request>),
    /// The person is kept, and was told why.
    Refused {
        /// The request.
        request: Box<Request>,
        /// The answer.
        answer: Answer,
    },
    /// The person's records are due.
    Granted {
        /// The request.
        request: Box<Request>,
        /// The answer.
        answer: Answer,
    },
    /// They are gone.
    CarriedOut {
        /// The request.
        request: Box<Request>,
        /// The answer.
        answer: Answer,
        /// Day on which the last was found gone.
        on: Date,
    },
}

/// A granted request, as the dates of the person's records know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// Which one.
    pub request: ErasureRequestId,
    /// Day on which it was received.
    pub received_on: Date,
    /// Day on which it was granted.
    pub decided_on: Date,
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// The pack of the contract.
    pub pack: &'a Pack,
    /// Bank holidays.
    pub calendars: &'a Calendars,
    /// Holds on the person's records, but for those of the request itself.
    pub held: &'a [(RecordId, HoldId, HoldReason)],
    /// Whether nothing of the person's records is left that could be erased.
    pub gone: bool,
}

impl State {
    /// Where it stands.
    pub const fn stage_name(&self) -> StageName {
        match self {
            Self::Unrequested => StageName::Unrequested,
            Self::Received(_) => StageName::Received,
            Self::Referred(_) => StageName::Referred,
            Self::Refused { .. } => StageName::Refused,
            Self::Granted { .. } => StageName::Granted,
            Self::CarriedOut { .. } => StageName::CarriedOut,
        }
    }

    /// The request.
    pub fn request(&self) -> Option<&Request> {
        match self {
            Self::Unrequested => None,
            Self::Received(request)
            | Self::Referred(request)
            | Self::Refused { request, .. }
            | Self::Granted { request, .. }
            | Self::CarriedOut { request, .. } => Some(request),
        }
    }

    /// The answer.
    pub const fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Unrequested | Self::Received(_) | Self::Referred(_) => None,
            Self::Refused { answer, .. } | Self::Granted { answer, .. } | Self::CarriedOut { answer, .. } => {
                Some(answer)
            }
        }
    }

    /// Whether it waits for its answer, and holds the person's records until then.
    pub const fn is_pending(&self) -> bool {
        match self {
            Self::Received(_) | Self::Referred(_) => true,
            Self::Unrequested | Self::Refused { .. } | Self::Granted { .. } | Self::CarriedOut { .. } => {
                false
            }
        }
    }

    /// What makes the person's records due.
    pub fn granted(&self) -> Option<Granted> {
        match self {
            Self::Granted { request, answer } | Self::CarriedOut { request, answer, .. } => Some(Granted {
                request: request.id,
                received_on: request.received_on,
                decided_on: answer.decided_on,
            }),
            Self::Unrequested | Self::Received(_) | Self::Referred(_) | Self::Refused { .. } => None,
        }
    }

    /// When time moves it on: a reminder, then late the day after the promised answer; a granted one is looked at daily until all is gone.
    pub fn look_on(&self, today: Date) -> Option<Date> {
        match self {
            Self::Received(request) | Self::Referred(request) if !request.raised_late => {
                let remind_on = request.remind_on.filter(|_| !request.reminded);
                remind_on.into_iter().chain(request.answer_by.tomorrow().ok()).min()
            }
            Self::Granted { .. } => today.tomorrow().ok(),
            Self::Unrequested
            | Self::Received(_)
            | Self::Referred(_)
            | Self::Refused { .. }
            | Self::CarriedOut { .. } => None,
        }
    }
}

impl Granted {
    /// The rule behind it.
    pub fn citation(&self) -> Citation {
        Citation::own("RET-11")
            .with("erasure_request", self.request.name())
            .with("decided_on", self.decided_on)
    }
}

impl Progress {
    /// Every one, in the order of the contract.
    pub const ALL: [Self; 3] = [Self::NeverStarted, Self::AttendedOnly, Self::Started];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NeverStarted => "NEVER_STARTED",
            Self::AttendedOnly => "ATTENDED_ONLY",
            Self::Started => "STARTED",
        }
    }
}

impl Ground {
    /// Every one, in the order of the contract.
    pub const ALL: [Self; 6] = [
        Self::AuditAndPayment,
        Self::LegalObligation,
        Self::PublicTask,
        Self::LegalClaims,
        Self::Archiving,
        Self::Statistics,
    ];
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    fn initial() -> State {
        State::Unrequested
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        rule::decide(state, command, context)
    }

    fn evolve(state: State, event: &Event) -> State {
        rule::evolve(state, event)
    }
}
