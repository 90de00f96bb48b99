//! Registers a complaint. Receipt anywhere in the chain counts, and what is missing on the provider's side never costs the
//! person the complaint: it is accepted with a flag.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};
use redress_policy::{Pack, Tri, pack::Party};

use super::Decided;
use crate::{
    Channel, OrganisationId, Refusal,
    complaint::{
        Context, Entry, Event, Flag, FlagCode, ProcedureSnapshot, Register, Registered, State, Subject,
        clocks, evolve,
    },
    participant::Participant,
    refusal::field,
    supply_chain::{Chain, contract::Contract},
};

pub(super) fn decide(state: &State, register: &Register, context: &Context<'_>) -> Decided {
    if let Some(case) = state.case() {
        return Err(Refusal::AlreadyThere { name: case.file.id.name() });
    }
    check(register, context)?;
    let (contract, chain, participant) = parties(register, context)?;
    in_force(contract, register)?;
    in_chain(chain, register)?;
    let mut because = Vec::new();
    let mut flags = Vec::new();
    route(register, context.pack, &mut flags)?;
    if let Some(existing) = context.facts.intake.existing {
        return Err(Refusal::DuplicateComplaint { existing });
    }
    let procedure = context.facts.intake.procedure.ok_or(Refusal::ProcedureMissing {
        organisation: register.organisation,
        contract: contract.id,
        on: register.received_on,
    })?;
    explained(register, participant, context.pack, &mut flags);
    because.extend(flags.iter().map(|flag| Citation::own(flag.code.rule())));
    because.push(Citation::own("CMP-01").with("received_on", register.received_on));
    if register.jobcentre_plus_on.is_some() {
        because.push(context.pack.stated(&context.pack.rules.jcp_referral_as_direct, "CMP-12"));
    }
    let entry_stage = entry(register, procedure, context.pack, &mut because);
    let event = Event::ComplaintRegistered(Box::new(Registered {
        id: register.id,
        participant: register.participant,
        contract: register.contract,
        contract_effective_on: contract.effective_on,
        programme: contract.programme.clone(),
        respondents: register.respondents.clone(),
        organisation: register.organisation,
        received_on: register.received_on,
        registered_on: context.today,
        channel: register.channel,
        subject: register.subject,
        formal: register.formal || written(register.channel),
        representative: register.representative,
        jobcentre_plus_on: register.jobcentre_plus_on,
        pack: context.pack.reference.clone(),
        division: contract.division.unwrap_or(context.pack.applies.calendar),
        procedure: procedure.clone(),
        entry_stage,
        flags,
    }));
    // A case whose dates cannot be counted is not accepted: its clocks would be guesses (L06).
    let registered = evolve::evolve(State::Unregistered, &event);
    let clocks = clocks(&registered, context.pack, context.calendars, context.today)?;
    because.extend(clocks.into_iter().map(|clock| clock.deadline.citation));
    Ok(Decision::one(event, because))
}

fn check(register: &Register, context: &Context<'_>) -> Result<(), Refusal> {
    let mut checks = Checks::default();
    checks.not_future("complaint.received_on", register.received_on, context.today);
    checks.require(
        !register.respondents.is_empty(),
        "complaint.respondents",
        field::REQUIRED,
        "must name at least one organisation complained about",
    );
    checks.require(
        !repeated(&register.respondents),
        "complaint.respondents",
        field::DUPLICATE,
        "must name each organisation once",
    );
    if let Some(raised_on) = register.jobcentre_plus_on
        && raised_on > register.received_on
    {
        checks.require(
            false,
            "complaint.jobcentre_plus_on",
            field::NOT_ALLOWED,
            "must not lie after the day on which the provider received the complaint",
        );
    }
    if let Entry::AfterJointReply { replied_on } = register.entry {
        checks.require(
            replied_on <= register.received_on,
            "joint_reply.replied_on",
            field::NOT_ALLOWED,
            "must not lie after the day on which the provider received what is left of the complaint",
        );
    }
    Ok(checks.done()?)
}

fn repeated(respondents: &[OrganisationId]) -> bool {
    let mut sorted = respondents.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| pair[0] == pair[1])
}

/// What the complaint refers to. What the caller may not see is not there (C2).
fn parties<'a>(
    register: &Register,
    context: &Context<'a>,
) -> Result<(&'a Contract, &'a Chain, &'a Participant), Refusal> {
    let missing_contract = || Refusal::NotFound { name: register.contract.name() };
    let contract = context.facts.intake.contract.filter(|contract| contract.id == register.contract);
    let contract = contract.ok_or_else(missing_contract)?;
    let chain = context.facts.chain.ok_or_else(missing_contract)?;
    if !contract.concerns(context.actor, chain) {
        return Err(missing_contract());
    }
    let participant = context.facts.intake.participant.filter(|person| person.contract == register.contract);
    let participant = participant.ok_or_else(|| Refusal::NotFound { name: register.participant.name() })?;
    Ok((contract, chain, participant))
}

/// C4: the contract's first and last day bound what can be complained about under it.
fn in_force(contract: &Contract, register: &Register) -> Result<(), Refusal> {
    if contract.in_force_on(register.received_on) {
        return Ok(());
    }
    Err(Refusal::ContractNotInForce {
        contract: contract.id,
        on: register.received_on,
        effective_on: contract.effective_on,
        end_on: contract.end_on,
    })
}

/// C10, C11: respondents and the working organisation belong to the chain on the day of receipt.
fn in_chain(chain: &Chain, register: &Register) -> Result<(), Refusal> {
    let members = chain.at(register.received_on);
    let outside: Vec<OrganisationId> = register
        .respondents
        .iter()
        .chain([&register.organisation])
        .copied()
        .filter(|organisation| !members.contains(*organisation))
        .collect();
    if outside.is_empty() {
        return Ok(());
    }
    Err(Refusal::SupplyChainEdgeMissing {
        contract: register.contract,
        organisations: outside,
        on: register.received_on,
    })
}

/// Sends programme policy and mixed complaints to Jobcentre Plus where the pack's guidance says so (C44). Where it is
/// silent there is no such rule and the provider works the complaint; where it is not known, it is accepted and flagged,
/// because ignorance must not cost the person the complaint.
///
/// Registering one is refused here rather than redirected at once, so that nobody mistakes it for a provider complaint
/// with clocks of its own; what turns out to be one only after triage is redirected by the command for that.
fn route(register: &Register, pack: &Pack, flags: &mut Vec<Flag>) -> Result<(), Refusal> {
    let rules = &pack.rules;
    let (lead, unknown, citation): (Option<Party>, bool, Citation) = match register.subject {
        Subject::Service | Subject::DataProtection => return Ok(()),
        Subject::ProgrammePolicy => (
            rules.policy_complaints.value().copied(),
            matches!(rules.policy_complaints, Tri::Unknown { .. }),
            pack.stated(&rules.policy_complaints, "RTE-08"),
        ),
        Subject::Mixed => (
            rules.mixed_routing.value().map(|routing| routing.lead),
            matches!(rules.mixed_routing, Tri::Unknown { .. }),
            pack.stated(&rules.mixed_routing, "RTE-03"),
        ),
    };
    match lead {
        Some(Party::JobcentrePlus | Party::Department) => {
            Err(Refusal::RouteToJobcentrePlus { subject: register.subject, citation: Box::new(citation) })
        }
        Some(Party::Provider) => Ok(()),
        None => {
            if unknown {
                flags.push(Flag { code: FlagCode::RoutingNotKnown, since: register.received_on });
            }
            Ok(())
        }
    }
}

/// CMP-02, CMP-15, Q20: what was not explained or not proved is flagged, and never a reason to turn the person away.
fn explained(register: &Register, participant: &Participant, pack: &Pack, flags: &mut Vec<Flag>) {
    let since: Date = register.received_on;
    let first = participant.first_contact.as_ref();
    let told = first.is_some_and(|contact| contact.explained_on <= register.received_on);
    if pack.rules.first_contact_explanation.is_required() && !told {
        flags.push(Flag { code: FlagCode::FirstContactNotExplained, since });
    }
    let proved = first.is_some_and(|contact| contact.agreement_evidence.is_some());
    if pack.rules.agreement_evidence.value().is_some() && !proved {
        flags.push(Flag { code: FlagCode::AgreementEvidenceMissing, since });
    }
}

/// The stage at which it enters. A joint reply counts as the first stage where the pack says so (CMP-13); a procedure of
/// one stage answers what is left at that stage, or no final response would ever tell of the examiner (Q8).
fn entry(register: &Register, procedure: &ProcedureSnapshot, pack: &Pack, because: &mut Vec<Citation>) -> u8 {
    match (register.entry, pack.rules.joint_reply_stage.value()) {
        (Entry::First, _) | (Entry::AfterJointReply { .. }, None) => 1,
        (Entry::AfterJointReply { replied_on }, Some(stage)) => {
            because.push(pack.stated(&pack.rules.joint_reply_stage, "CMP-13").with("replied_on", replied_on));
            stage.saturating_add(1).min(procedure.last_stage()).max(1)
        }
    }
}

/// Q21: what is written is formal.
const fn written(channel: Channel) -> bool {
    match channel {
        Channel::Post | Channel::Email | Channel::Online => true,
        Channel::InPerson | Channel::Telephone => false,
    }
}
