//! A contract between the department and a prime. Its first day chooses the policy pack (XCT-01).

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decider, Decision};
use redress_policy::{Division, Library, PackRef};
use serde::{Deserialize, Serialize};

use super::{Chain, OrganisationKind};
use crate::{Actor, ContractId, OrganisationId, Refusal, refusal::field};

/// The rules of a contract.
#[derive(Debug)]
pub enum Rules {}

/// A recorded contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// The contract.
    pub id: ContractId,
    /// Programme, as the packs call it.
    pub programme: String,
    /// The prime provider; it alone is liable for charges (Q27).
    pub holder: OrganisationId,
    /// The organisation of the department that commissions.
    pub commissioner: OrganisationId,
    /// The Jobcentre Plus organisation that passes complaints on.
    pub jobcentre_plus: Option<OrganisationId>,
    /// Whose bank holidays count; none to take the pack's own (Q4).
    #[serde(with = "optional_division")]
    pub division: Option<Division>,
    /// First day.
    pub effective_on: Date,
    /// Last day; none while it runs.
    pub end_on: Option<Date>,
    /// Retention agreed in place of the pack's (RET-01, Q13).
    pub agreed_retention: Option<AgreedRetention>,
    /// The pack that programme and first day chose.
    pub pack: PackRef,
    /// To whom it was novated, oldest first.
    #[serde(default)]
    pub novations: Vec<Novation>,
}

/// A novation: another provider took the holder's place in what the contract still asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Novation {
    /// The provider.
    pub to: OrganisationId,
    /// Day of it.
    pub on: Date,
}

/// A retention period agreed with the department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedRetention {
    /// Months after the end of the contract.
    pub months: u16,
    /// Reference of the written agreement.
    pub agreement_reference: String,
    /// Date of the agreement.
    pub agreed_on: Date,
}

/// The state of a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody recorded it.
    Unrecorded,
    /// It was recorded.
    Recorded(Box<Contract>),
}

/// What may be asked of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Records it.
    Record(Box<Record>),
    /// Records, corrects or extends its last day (RET-01).
    End {
        /// The last day.
        end_on: Date,
    },
    /// Records that it was novated.
    Novate(Novation),
}

/// A contract to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Id for it.
    pub id: ContractId,
    /// Programme.
    pub programme: String,
    /// The prime provider.
    pub holder: OrganisationId,
    /// The organisation of the department.
    pub commissioner: OrganisationId,
    /// The Jobcentre Plus organisation.
    pub jobcentre_plus: Option<OrganisationId>,
    /// Whose bank holidays count.
    pub division: Option<Division>,
    /// First day.
    pub effective_on: Date,
    /// Last day, where it is known.
    pub end_on: Option<Date>,
    /// Retention agreed in place of the pack's.
    pub agreed_retention: Option<AgreedRetention>,
}

/// What happened to a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was recorded.
    ContractRecorded(Box<Contract>),
    /// Its last day was recorded, corrected or extended.
    ContractEnded {
        /// The last day before, where there was one.
        previous: Option<Date>,
        /// The last day.
        end_on: Date,
    },
    /// It was novated.
    ContractNovated {
        /// Who decided about its records before.
        previous: OrganisationId,
        /// To whom, and when.
        novation: Novation,
    },
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// The packs.
    pub library: &'a Library,
    /// What the organisations that it refers to are; one that is not there is left out.
    pub kinds: &'a [(OrganisationId, OrganisationKind)],
    /// A contract with the same reference.
    pub existing: Option<ContractId>,
}

impl Contract {
    /// The organisations that see the whole chain without being placed in it: the department, Jobcentre Plus, and whoever it was novated to.
    pub fn outside(&self) -> Vec<OrganisationId> {
        let outside = [Some(self.commissioner), self.jobcentre_plus].into_iter().flatten();
        outside.chain(self.novations.iter().map(|novation| novation.to)).collect()
    }

    /// Who decides about its records: the holder, until it was novated.
    pub fn controller(&self) -> OrganisationId {
        self.novations.last().map_or(self.holder, |novation| novation.to)
    }
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ContractRecorded(_) => "ContractRecorded",
            Self::ContractEnded { .. } => "ContractEnded",
            Self::ContractNovated { .. } => "ContractNovated",
        }
    }
}

impl Contract {
    /// Whether it is in force on `on`.
    pub fn in_force_on(&self, on: Date) -> bool {
        self.effective_on <= on && self.end_on.is_none_or(|end| on <= end)
    }

    /// Whether `actor` acts for a party: the department, Jobcentre Plus, the prime, whoever it was novated to, or anyone who was
    /// ever in its chain. The suite itself is party to everything.
    pub fn concerns(&self, actor: &Actor, chain: &Chain) -> bool {
        let Some(organisation) = actor.organisation else { return true };
        self.outside().contains(&organisation)
            || organisation == self.holder
            || chain.links.iter().any(|link| link.subcontractor == organisation)
    }
}

impl State {
    /// The contract, once recorded.
    pub fn contract(&self) -> Option<&Contract> {
        match self {
            Self::Unrecorded => None,
            Self::Recorded(contract) => Some(contract),
        }
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
            (State::Unrecorded, Command::Record(new)) => record(new, context),
            (State::Recorded(contract), Command::Record(_)) => {
                Err(Refusal::AlreadyThere { name: contract.id.name() })
            }
            (State::Unrecorded, Command::End { .. } | Command::Novate(_)) => {
                Err(Refusal::NotFound { name: "contracts".to_owned() })
            }
            (State::Recorded(contract), Command::End { end_on }) => end(contract, *end_on),
            (State::Recorded(contract), Command::Novate(novation)) => novate(contract, *novation, context),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Unrecorded, Event::ContractRecorded(contract)) => State::Recorded(contract.clone()),
            (State::Recorded(mut contract), Event::ContractEnded { end_on, .. }) => {
                contract.end_on = Some(*end_on);
                State::Recorded(contract)
            }
            (State::Recorded(mut contract), Event::ContractNovated { novation, .. }) => {
                contract.novations.push(*novation);
                State::Recorded(contract)
            }
            (
                state,
                Event::ContractRecorded(_) | Event::ContractEnded { .. } | Event::ContractNovated { .. },
            ) => state,
        }
    }
}

fn record(new: &Record, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    let kind = |id| context.kinds.iter().find(|(known, _)| *known == id).map(|(_, kind)| *kind);
    let mut checks = Checks::default();
    for (field, organisation, wanted, what) in [
        ("contract.holder", Some(new.holder), OrganisationKind::Provider, "must be a provider"),
        (
            "contract.commissioner",
            Some(new.commissioner),
            OrganisationKind::Department,
            "must be the department",
        ),
        (
            "contract.jobcentre_plus",
            new.jobcentre_plus,
            OrganisationKind::JobcentrePlus,
            "must be Jobcentre Plus",
        ),
    ] {
        let fits = organisation.is_none_or(|organisation| kind(organisation) == Some(wanted));
        checks.require(fits, field, field::NOT_ALLOWED, what);
    }
    if let Some(end_on) = new.end_on {
        checks.not_before("contract.end_on", end_on, new.effective_on, "the first day of the contract");
    }
    if let Some(retention) = &new.agreed_retention {
        checks.not_future("contract.agreed_retention.agreed_on", retention.agreed_on, context.today);
        checks.require(
            !retention.agreement_reference.trim().is_empty(),
            "contract.agreed_retention.agreement_reference",
            field::REQUIRED,
            "must name the written agreement; without one the guidance's own period stands",
        );
    }
    checks.done()?;
    if let Some(existing) = context.existing {
        return Err(Refusal::AlreadyThere { name: existing.name() });
    }
    // The version that holds when the contract begins, or today's where it runs already; each complaint pins its own.
    let choice =
        context.library.choose(&new.programme, new.effective_on, context.today.max(new.effective_on))?;
    let mut because = vec![choice.because];
    if new.agreed_retention.is_some() {
        because.push(choice.pack.stated(&choice.pack.rules.contract_record, "RET-01"));
    }
    let contract = Contract {
        id: new.id,
        programme: new.programme.clone(),
        holder: new.holder,
        commissioner: new.commissioner,
        jobcentre_plus: new.jobcentre_plus,
        division: new.division,
        effective_on: new.effective_on,
        end_on: new.end_on,
        agreed_retention: new.agreed_retention.clone(),
        pack: choice.pack.reference.clone(),
        novations: Vec::new(),
    };
    Ok(Decision::one(Event::ContractRecorded(Box::new(contract)), because))
}

fn end(contract: &Contract, end_on: Date) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    checks.not_before("end_on", end_on, contract.effective_on, "the first day of the contract");
    checks.done()?;
    if contract.end_on == Some(end_on) {
        return Ok(Decision::nothing());
    }
    let event = Event::ContractEnded { previous: contract.end_on, end_on };
    Ok(Decision::one(event, vec![Citation::own("RET-01").with("end_on", end_on)]))
}

/// Another provider takes the holder's place in what the contract still asks for: its records (RET-01). Told again, it is the same.
fn novate(
    contract: &Contract,
    novation: Novation,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    if contract.novations.last() == Some(&novation) {
        return Ok(Decision::nothing());
    }
    let kind = context.kinds.iter().find(|(known, _)| *known == novation.to).map(|(_, kind)| *kind);
    let mut checks = Checks::default();
    let fits = kind == Some(OrganisationKind::Provider) && novation.to != contract.controller();
    checks.require(fits, "novated_to", field::NOT_ALLOWED, "must be another provider");
    checks.not_future("novated_on", novation.on, context.today);
    let earliest = contract.novations.last().map_or(contract.effective_on, |last| last.on);
    checks.not_before(
        "novated_on",
        novation.on,
        earliest,
        "the first day of the contract or its last novation",
    );
    checks.done()?;
    let event = Event::ContractNovated { previous: contract.controller(), novation };
    Ok(Decision::one(event, vec![Citation::own("RET-01").with("novated_on", novation.on)]))
}

mod optional_division {
    use redress_policy::Division;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands over a reference to the field"
    )]
    pub(super) fn serialize<S: Serializer>(
        division: &Option<Division>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        division.map(Division::slug).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Division>, D::Error> {
        Option::<Division>::deserialize(deserializer)
    }
}
