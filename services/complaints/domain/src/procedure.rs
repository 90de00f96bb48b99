//! A provider's own complaints procedure: its stages, their steps and the limits it states (CMP-05, CMP-06). It tightens the
//! policy pack and, for a subcontractor, the prime's procedure, and loosens neither. Each version is a thing of its own and
//! never changes.

mod check;

use jiff::civil::Date;
use redress_kernel::{Checks, Decider, Decision};
use redress_policy::{Pack, PackRef};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, ContractId, OrganisationId, ProcedureId, Refusal, complaint::ProcedureSnapshot, refusal::field,
    supply_chain::Chain,
};

/// Most stages of a procedure.
pub const MOST_STAGES: usize = 5;

/// Most steps of a stage.
pub const MOST_STEPS: usize = 20;

/// The rules of a procedure.
#[derive(Debug)]
pub enum Rules {}

/// A recorded version of a procedure. Titles are kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// Contract it applies to.
    pub contract: ContractId,
    /// Organisation whose procedure it is.
    pub organisation: OrganisationId,
    /// Version in the series, from 1.
    pub version: u32,
    /// First day on which complaints received are worked by it.
    pub effective_on: Date,
    /// What it says, in the form that complaints pin.
    pub body: ProcedureSnapshot,
    /// The pack against which it was checked.
    pub pack: PackRef,
    /// Reviews, oldest first.
    pub reviews: Vec<Review>,
}

/// A review against the documents that the guidance names (CMP-10, A0 7.02).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Day of the review.
    pub reviewed_on: Date,
    /// Documents consulted, by [`document_key`].
    pub documents: Vec<String>,
    /// Whether every document the pack names was consulted.
    pub complete: bool,
    /// Who reviewed it.
    pub reviewer: Actor,
}

/// The state of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody recorded it.
    Unrecorded,
    /// It was recorded.
    Recorded(Box<Procedure>),
}

/// What may be asked of a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Records a version.
    Record {
        /// Contract it applies to.
        contract: ContractId,
        /// Organisation whose procedure it is.
        organisation: OrganisationId,
        /// First day on which complaints received are worked by it.
        effective_on: Date,
        /// What it says; its id is the procedure's own.
        body: ProcedureSnapshot,
    },
    /// Records a review.
    Review {
        /// Day of the review.
        reviewed_on: Date,
        /// Documents consulted, by [`document_key`].
        documents: Vec<String>,
    },
}

/// What happened to a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A version was recorded.
    ProcedureRecorded(Box<Procedure>),
    /// It was reviewed.
    ProcedureReviewed(Review),
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// The pack that binds the contract.
    pub pack: &'a Pack,
    /// The chain of the contract; none where the caller sees no such thing.
    pub chain: Option<&'a Chain>,
    /// The prime's procedure in force on the first day, where the organisation is a subcontractor.
    pub upper: Option<&'a ProcedureSnapshot>,
    /// The latest version of the series: its number and first day.
    pub latest: Option<(u32, Date)>,
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ProcedureRecorded(_) => "ProcedureRecorded",
            Self::ProcedureReviewed(_) => "ProcedureReviewed",
        }
    }
}

impl State {
    /// The procedure, once recorded.
    pub fn procedure(&self) -> Option<&Procedure> {
        match self {
            Self::Unrecorded => None,
            Self::Recorded(procedure) => Some(procedure),
        }
    }

    fn id(&self) -> Option<ProcedureId> {
        self.procedure().map(|procedure| procedure.body.id)
    }
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    fn initial() -> State {
        State::Unrecorded
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        match (state, command) {
            (State::Unrecorded, Command::Record { contract, organisation, effective_on, body }) => {
                record(*contract, *organisation, *effective_on, body, context)
            }
            (State::Recorded(_), Command::Record { .. }) => {
                Err(Refusal::AlreadyThere { name: state.id().map(ProcedureId::name).unwrap_or_default() })
            }
            (State::Unrecorded, Command::Review { .. }) => {
                Err(Refusal::NotFound { name: "procedures".to_owned() })
            }
            (State::Recorded(_), Command::Review { reviewed_on, documents }) => {
                review(*reviewed_on, documents, context)
            }
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Unrecorded, Event::ProcedureRecorded(procedure)) => State::Recorded(procedure.clone()),
            (State::Recorded(mut procedure), Event::ProcedureReviewed(review)) => {
                procedure.reviews.push(review.clone());
                State::Recorded(procedure)
            }
            (state, Event::ProcedureRecorded(_) | Event::ProcedureReviewed(_)) => state,
        }
    }
}

fn record(
    contract: ContractId,
    organisation: OrganisationId,
    effective_on: Date,
    body: &ProcedureSnapshot,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let missing = || Refusal::NotFound { name: contract.name() };
    let chain = context.chain.filter(|chain| chain.contract == contract).ok_or_else(missing)?;
    let members = chain.at(effective_on);
    let mut checks = Checks::default();
    checks.require(
        members.contains(organisation),
        "procedure.organisation",
        field::NOT_IN_CHAIN,
        "must be in the supply chain of the contract on the first day of the procedure",
    );
    if let Some((_, latest_on)) = context.latest {
        checks.not_before(
            "procedure.effective_on",
            effective_on,
            latest_on,
            "the first day of the version before it",
        );
    }
    check::shape(body, &mut checks);
    checks.done()?;
    if let Some(actor) = context.actor.organisation
        && actor != chain.commissioner
        && !members.visible_to(organisation).contains(&actor)
    {
        return Err(Refusal::NotAboveInChain);
    }
    check::tightens(body, context)?;
    let procedure = Procedure {
        contract,
        organisation,
        version: context.latest.map_or(1, |(version, _)| version.saturating_add(1)),
        effective_on,
        body: body.clone(),
        pack: context.pack.reference.clone(),
        reviews: Vec::new(),
    };
    let rules = &context.pack.rules;
    let because = vec![
        context.pack.stated(&rules.every_step, "CMP-05"),
        context.pack.stated(&rules.stated_timescales, "CMP-06"),
    ];
    Ok(Decision::one(Event::ProcedureRecorded(Box::new(procedure)), because))
}

/// CMP-10: a review is complete when every document that the pack names was consulted. An incomplete one is kept and says so.
fn review(
    reviewed_on: Date,
    documents: &[String],
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    checks.not_future("review.reviewed_on", reviewed_on, context.today);
    checks.require(
        !documents.is_empty(),
        "review.documents",
        field::REQUIRED,
        "must name at least one document that was consulted",
    );
    checks.done()?;
    let pack = context.pack;
    let named = pack.rules.review_documents.known(&pack.reference, "review_documents")?;
    let complete =
        named.is_none_or(|named| named.value.iter().all(|title| documents.contains(&document_key(title))));
    let review =
        Review { reviewed_on, documents: documents.to_vec(), complete, reviewer: context.actor.clone() };
    let because = pack.stated(&pack.rules.review_documents, "CMP-10");
    Ok(Decision::one(Event::ProcedureReviewed(review), vec![because]))
}

/// The key of a document that a pack names by its title, such as `dwp-customer-charter`: lower-case words joined by hyphens.
pub fn document_key(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}
