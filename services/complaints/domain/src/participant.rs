//! A participant, and the proof that the process was explained at the very first contact (CMP-02, A0 7.01, J0 7.02).

use jiff::civil::Date;
use redress_kernel::{Checks, Decider, Decision};
use redress_policy::{Pack, pack::AgreementForm};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Channel, ContractId, DocumentId, OrganisationId, ParticipantId, Refusal,
    refusal::field,
    supply_chain::{Chain, contract::Contract},
};

/// The rules of a participant.
#[derive(Debug)]
pub enum Rules {}

/// A recorded participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The participant.
    pub id: ParticipantId,
    /// Contract under which the person takes part.
    pub contract: ContractId,
    /// Organisation that deals with the person.
    pub organisation: OrganisationId,
    /// First contact; none while the process was not explained.
    pub first_contact: Option<FirstContact>,
}

/// What happened at first contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstContact {
    /// Day on which the process was explained.
    pub explained_on: Date,
    /// How.
    pub channel: Channel,
    /// What shows that the person accepts the procedure (CMP-15).
    pub agreement_evidence: Option<AgreementEvidence>,
    /// Documents that hold the evidence.
    pub documents: Vec<DocumentId>,
}

/// What shows that a person accepts the procedure (CMP-15, A1 7.02).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AgreementEvidence {
    /// The person's signature.
    Signature,
    /// An e-mail from the person.
    Email,
}

/// The state of a participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody recorded the person.
    Unrecorded,
    /// The person was recorded.
    Recorded(Box<Participant>),
}

/// A first contact to be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Day on which the process was explained.
    pub explained_on: Date,
    /// How.
    pub channel: Channel,
    /// What shows that the person accepts the procedure.
    pub agreement_evidence: Option<AgreementEvidence>,
    /// Document that holds the evidence.
    pub document: Option<DocumentId>,
}

/// What may be asked of a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Records the person.
    Record {
        /// Id for the person.
        id: ParticipantId,
        /// Contract under which the person takes part.
        contract: ContractId,
        /// Organisation that deals with the person.
        organisation: OrganisationId,
        /// First contact, where it has taken place already.
        first_contact: Option<Contact>,
    },
    /// Records that the process was explained, and what proves it. Again it adds evidence and never removes any.
    RecordFirstContact(Contact),
}

/// What happened to a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The person was recorded.
    ParticipantRecorded {
        /// The participant.
        id: ParticipantId,
        /// Contract under which the person takes part.
        contract: ContractId,
        /// Organisation that deals with the person.
        organisation: OrganisationId,
    },
    /// The process was explained, or more evidence of it came in.
    FirstContactRecorded(Contact),
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// The pack that binds the contract today.
    pub pack: &'a Pack,
    /// The contract; none where the caller sees no such thing.
    pub contract: Option<&'a Contract>,
    /// The chain of the contract.
    pub chain: Option<&'a Chain>,
    /// The participant with the same reference under the contract.
    pub existing: Option<ParticipantId>,
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ParticipantRecorded { .. } => "ParticipantRecorded",
            Self::FirstContactRecorded(_) => "FirstContactRecorded",
        }
    }
}

impl State {
    /// The participant, once recorded.
    pub fn participant(&self) -> Option<&Participant> {
        match self {
            Self::Unrecorded => None,
            Self::Recorded(participant) => Some(participant),
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
        match (state, *command) {
            (State::Unrecorded, Command::Record { id, contract, organisation, first_contact }) => {
                let event = Event::ParticipantRecorded { id, contract, organisation };
                record(event, contract, organisation, first_contact, context)
            }
            (State::Recorded(participant), Command::Record { .. }) => {
                Err(Refusal::AlreadyThere { name: participant.id.name() })
            }
            (State::Unrecorded, Command::RecordFirstContact(_)) => {
                Err(Refusal::NotFound { name: "participants".to_owned() })
            }
            (State::Recorded(participant), Command::RecordFirstContact(contact)) => {
                explain(participant, contact, context)
            }
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Unrecorded, Event::ParticipantRecorded { id, contract, organisation }) => {
                let (id, contract, organisation) = (*id, *contract, *organisation);
                State::Recorded(Box::new(Participant { id, contract, organisation, first_contact: None }))
            }
            (State::Recorded(mut participant), Event::FirstContactRecorded(contact)) => {
                participant.first_contact = Some(merge(participant.first_contact.take(), contact));
                State::Recorded(participant)
            }
            (state, Event::ParticipantRecorded { .. } | Event::FirstContactRecorded(_)) => state,
        }
    }
}

fn record(
    event: Event,
    contract: ContractId,
    organisation: OrganisationId,
    first_contact: Option<Contact>,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let missing = || Refusal::NotFound { name: contract.name() };
    let of = context.contract.filter(|known| known.id == contract).ok_or_else(missing)?;
    let chain = context.chain.ok_or_else(missing)?;
    if !of.concerns(context.actor, chain) {
        return Err(missing());
    }
    let mut checks = Checks::default();
    checks.require(
        chain.at(context.today).contains(organisation),
        "participant.organisation",
        field::NOT_IN_CHAIN,
        "must be in the supply chain of the contract today",
    );
    let mut events = vec![event];
    if let Some(contact) = first_contact {
        check(&mut checks, "first_contact", contact, context);
        events.push(Event::FirstContactRecorded(contact));
    }
    checks.done()?;
    if let Some(existing) = context.existing {
        return Err(Refusal::AlreadyThere { name: existing.name() });
    }
    let because = vec![context.pack.stated(&context.pack.rules.first_contact_explanation, "CMP-02")];
    Ok(Decision { events, because })
}

fn explain(
    participant: &Participant,
    contact: Contact,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    check(&mut checks, "first_contact", contact, context);
    checks.done()?;
    if let Some(known) = &participant.first_contact
        && merge(Some(known.clone()), &contact) == *known
    {
        return Ok(Decision::nothing());
    }
    let rules = &context.pack.rules;
    let mut because = vec![context.pack.stated(&rules.first_contact_explanation, "CMP-02")];
    if contact.agreement_evidence.is_some() {
        because.push(context.pack.stated(&rules.agreement_evidence, "CMP-15"));
    }
    Ok(Decision::one(Event::FirstContactRecorded(contact), because))
}

fn check(checks: &mut Checks, field: &str, contact: Contact, context: &Context<'_>) {
    checks.not_future(&format!("{field}.explained_on"), contact.explained_on, context.today);
    if let (Some(evidence), Some(rule)) =
        (contact.agreement_evidence, context.pack.rules.agreement_evidence.value())
    {
        let form = match evidence {
            AgreementEvidence::Signature => AgreementForm::Signature,
            AgreementEvidence::Email => AgreementForm::Email,
        };
        checks.require(
            rule.accepted.contains(&form),
            &format!("{field}.agreement_evidence"),
            field::NOT_ALLOWED,
            "must be proof that the guidance accepts",
        );
    }
}

/// The earliest explanation stands; evidence is added to what is on file.
fn merge(known: Option<FirstContact>, contact: &Contact) -> FirstContact {
    let Some(mut known) = known else {
        return FirstContact {
            explained_on: contact.explained_on,
            channel: contact.channel,
            agreement_evidence: contact.agreement_evidence,
            documents: contact.document.into_iter().collect(),
        };
    };
    if contact.explained_on < known.explained_on {
        known.explained_on = contact.explained_on;
        known.channel = contact.channel;
    }
    known.agreement_evidence = known.agreement_evidence.or(contact.agreement_evidence);
    if let Some(document) = contact.document
        && !known.documents.contains(&document)
    {
        known.documents.push(document);
    }
    known
}
