//! What a complaint upheld at investigation costs the provider (ICE-10, A0 7.06, J0 7.05): one charge for a case, excused or
//! reversed only with authority and reason.

mod rule;

use jiff::civil::Date;
use redress_kernel::{Decider, Decision};
use redress_policy::Pack;
use serde::{Deserialize, Serialize};

use crate::{
    ChargeId, ComplaintId, ContractId, ExaminationId, IceYear, OrganisationId, PostingId, Refusal,
    examination::{ChargeStanding, Outcome},
    ledger::{Account, Posting, PostingKind},
};

/// The rules of a charge.
#[derive(Debug)]
pub enum Rules {}

/// The state of a charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody decided on it.
    Undecided,
    /// It was raised.
    Raised(Raised),
    /// It was excused before it was raised.
    Excused(Excused),
}

/// A charge that was raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// The charge.
    pub id: ChargeId,
    /// What was upheld.
    pub upheld: Upheld,
    /// The amount.
    pub pence: u64,
    /// ICE year that it funds (Q24).
    pub funding_year: IceYear,
    /// Reference of the decision to charge a complaint that was upheld in part.
    pub authority: Option<String>,
    /// What was posted, oldest first.
    pub postings: Vec<Posting>,
    /// Reference of the authority that had it reversed.
    pub reversed_by: Option<String>,
}

/// A charge that was excused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excused {
    /// The charge that is not raised.
    pub id: ChargeId,
    /// What was upheld.
    pub upheld: Upheld,
    /// What it would have been.
    pub pence: u64,
    /// Reference of the authority.
    pub authority: String,
    /// Day on which it was decided.
    pub decided_on: Date,
}

/// A report at investigation, as a charge needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upheld {
    /// The examination.
    pub examination: ExaminationId,
    /// The complaint.
    pub complaint: ComplaintId,
    /// Its contract.
    pub contract: ContractId,
    /// Holder of the contract, from whom the money is recovered (Q27).
    pub liable: OrganisationId,
    /// What ICE found.
    pub outcome: Outcome,
    /// Day of its decision.
    pub decided_on: Date,
}

/// What someone asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Raise it.
    Raise {
        /// Id for it.
        id: ChargeId,
        /// Id for its posting.
        posting: PostingId,
        /// The amount asked for.
        pence: u64,
        /// Reference of the decision, where one is needed.
        authority: Option<String>,
        /// Day in whose period it is posted.
        posted_on: Date,
    },
    /// Excuse it before it is raised. That a reason was given is checked where it is sealed.
    Excuse {
        /// Id for what is not raised.
        id: ChargeId,
        /// Reference of the authority.
        authority: String,
    },
    /// Record a payment.
    Pay {
        /// Id for its posting.
        posting: PostingId,
        /// What was paid.
        pence: u64,
        /// Day in whose period it is posted.
        posted_on: Date,
    },
    /// Take it back by a contra entry.
    Reverse {
        /// Id for its posting.
        posting: PostingId,
        /// The amount asked for.
        pence: u64,
        /// Reference of the authority.
        authority: String,
        /// Day in whose period it is posted.
        posted_on: Date,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was raised.
    ChargeRaised(Box<Raised>),
    /// It was excused.
    ChargeExcused(Box<Excused>),
    /// A payment came in.
    PaymentRecorded(Posting),
    /// It was taken back.
    ChargeReversed {
        /// The contra entry.
        posting: Posting,
        /// Reference of the authority.
        authority: String,
    },
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// The pack pinned on the complaint.
    pub pack: &'a Pack,
    /// What ICE reported; none before the report, or where the caller sees no such examination.
    pub upheld: Option<Upheld>,
    /// Years of the ledger that are closed.
    pub closed_years: &'a [IceYear],
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ChargeRaised(_) => "ChargeRaised",
            Self::ChargeExcused(_) => "ChargeExcused",
            Self::PaymentRecorded(_) => "PaymentRecorded",
            Self::ChargeReversed { .. } => "ChargeReversed",
        }
    }

    /// What it posts in the ledger.
    pub fn posting(&self) -> Option<&Posting> {
        match self {
            Self::ChargeRaised(raised) => raised.postings.first(),
            Self::ChargeExcused(_) => None,
            Self::PaymentRecorded(posting) | Self::ChargeReversed { posting, .. } => Some(posting),
        }
    }
}

impl Raised {
    /// What is still owed, in pence; below zero for what is owed back.
    pub fn balance(&self) -> i64 {
        let owed = Account::Receivable(self.upheld.liable);
        let lines = self.postings.iter().flat_map(Posting::lines);
        lines.filter(|line| line.account == owed).map(|line| line.pence).sum()
    }

    /// Whether it was taken back.
    pub fn is_reversed(&self) -> bool {
        self.reversed_by.is_some()
    }
}

impl State {
    /// The name of the state on the wire, without the enum's prefix.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Undecided => "UNDECIDED",
            Self::Excused(_) => "EXCUSED",
            Self::Raised(raised) if raised.is_reversed() => "REVERSED",
            Self::Raised(raised) if raised.balance() <= 0 => "RECOVERED",
            Self::Raised(_) => "RAISED",
        }
    }

    /// The charge, once somebody decided on it.
    pub const fn id(&self) -> Option<ChargeId> {
        match self {
            Self::Undecided => None,
            Self::Raised(raised) => Some(raised.id),
            Self::Excused(excused) => Some(excused.id),
        }
    }

    /// What was upheld, once somebody decided on it.
    pub const fn upheld(&self) -> Option<&Upheld> {
        match self {
            Self::Undecided => None,
            Self::Raised(raised) => Some(&raised.upheld),
            Self::Excused(excused) => Some(&excused.upheld),
        }
    }
}

/// Whether a charge is due for `outcome` under `pack` (ICE-10, Q10).
pub fn standing(outcome: Outcome, pack: &Pack) -> ChargeStanding {
    use redress_policy::Tri;
    match (outcome, &pack.rules.ice_charge) {
        (Outcome::NotUpheld, _) => ChargeStanding::None,
        (Outcome::Upheld | Outcome::PartiallyUpheld, Tri::Silent { .. }) => ChargeStanding::NotInPack,
        (Outcome::Upheld | Outcome::PartiallyUpheld, Tri::Unknown { .. }) => ChargeStanding::NotKnown,
        (Outcome::Upheld, Tri::Value(_)) => ChargeStanding::Due,
        (Outcome::PartiallyUpheld, Tri::Value(_)) if pack.practice.charge_partially_upheld.value => {
            ChargeStanding::Due
        }
        (Outcome::PartiallyUpheld, Tri::Value(_)) => ChargeStanding::DecisionNeeded,
    }
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    fn initial() -> State {
        State::Undecided
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        rule::decide(state, command, context)
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Undecided, Event::ChargeRaised(raised)) => State::Raised(raised.as_ref().clone()),
            (State::Undecided, Event::ChargeExcused(excused)) => State::Excused(excused.as_ref().clone()),
            (State::Raised(mut raised), Event::PaymentRecorded(posting)) => {
                raised.postings.push(*posting);
                State::Raised(raised)
            }
            (State::Raised(mut raised), Event::ChargeReversed { posting, authority }) => {
                raised.postings.push(*posting);
                raised.reversed_by = Some(authority.clone());
                State::Raised(raised)
            }
            (
                state,
                Event::ChargeRaised(_)
                | Event::ChargeExcused(_)
                | Event::PaymentRecorded(_)
                | Event::ChargeReversed { .. },
            ) => state,
        }
    }
}

impl Raised {
    fn post(
        &self,
        id: PostingId,
        kind: PostingKind,
        debit: Account,
        credit: Account,
        of: (u64, Date),
    ) -> Posting {
        Posting { id, charge: self.id, kind, debit, credit, pence: of.0, posted_on: of.1 }
    }
}
