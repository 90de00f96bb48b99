//! The decision.

use jiff::civil::Date;
use redress_kernel::{Channel, Checks};
use redress_policy::{
    Calendars, Library, Pack, Rulebook,
    route::{Asked, Matter, Outcome, Writer},
};

use super::{Question, RerouteReason, Route};
use crate::{
    Contract, MixedComplaintId, OrganisationId, Refusal, Standing,
    member::{self, Writes},
    refusal::field,
};

/// What a route may look at besides the question.
#[derive(Clone, Copy, Debug)]
pub struct Asks<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// The contract on the day of receipt.
    pub contract: &'a Contract,
    /// The pack that binds it.
    pub pack: &'a Pack,
    /// Packs and legislatures.
    pub library: &'a Library,
    /// Bank holidays.
    pub calendars: &'a Calendars,
    /// Whether the joint reply of the mixed complaint that it follows is out.
    pub joint_reply_is_out: bool,
}

/// The pack for a contact received on `received_on` (XCT-01, Q19).
///
/// # Errors
/// Refuses where no guidance is known that held on the day.
pub fn pack_for<'a>(
    rulebook: &'a Rulebook,
    contract: &Contract,
    received_on: Date,
) -> Result<&'a Pack, Refusal> {
    let chosen = rulebook.library.choose(&contract.programme, contract.effective_on, received_on)?;
    Ok(chosen.pack)
}

/// The stage of the provider's procedure at which what a joint reply left over starts: the one after that for which the
/// reply stands (CMP-13, J0 7.08 action 2).
pub fn entry_stage(pack: &Pack) -> u8 {
    pack.rules.joint_reply_stage.value().copied().unwrap_or(1).saturating_add(1)
}

/// Where a contact goes.
///
/// # Errors
/// Refuses what cannot be routed, with everything that is wrong.
pub fn decide(
    question: &Question,
    because: Option<RerouteReason>,
    asks: &Asks<'_>,
) -> Result<Route, Refusal> {
    check(question, asks)?;
    let contract = asks.contract;
    if !contract.in_force(question.received_on) {
        return Err(Refusal::ContractNotInForce {
            contract: contract.id,
            on: question.received_on,
            effective_on: contract.effective_on,
            end_on: contract.end_on,
        });
    }
    let standing = standing(question, asks)?;
    let asked =
        Asked { writer: writer(question.writer, standing), about: question.about, channel: question.channel };
    // A table that was loaded fits whatever is asked; only an empty question finds no row, and it was refused above.
    let row = asks.pack.routes.first(asked).ok_or_else(nothing_asked)?;
    let route = Route {
        question: Question { respondents: respondents(question, contract), ..question.clone() },
        outcome: row.outcome,
        opens: row.opens,
        row: row.name.clone(),
        // Q21: what is written is formal, whether or not it was asked to be.
        formal: question.asked_formal || is_written(question.channel),
        standing,
        pack: asks.pack.reference.clone(),
        decided_on: asks.today,
        because,
    };
    if let Some(mixed) = question.follows
        && asks.joint_reply_is_out
        && route.leads_to(Outcome::ProviderComplaint)
    {
        return Err(at_the_next_stage(mixed, asks.pack));
    }
    Ok(route)
}

/// CMP-13: the joint reply was the first stage, and another first stage would be answered twice (R5).
fn at_the_next_stage(mixed: MixedComplaintId, pack: &Pack) -> Refusal {
    let citation = pack.stated(&pack.rules.joint_reply_stage, "CMP-13");
    Refusal::CombinedResponseIsStageOne { mixed, stage: entry_stage(pack), citation: Box::new(citation) }
}

fn check(question: &Question, asks: &Asks<'_>) -> Result<(), Refusal> {
    let mut checks = Checks::default();
    let holder = asks.contract.holder;
    checks.require(!question.about.is_empty(), "about", field::REQUIRED, "must say about whom or what it is");
    checks.not_future("received_on", question.received_on, asks.today);
    if let Some(raised_on) = question.jobcentre_plus_received_on {
        let early = raised_on <= question.received_on;
        let said = "must not lie after the day of receipt";
        checks.require(early, "jobcentre_plus_received_on", field::NOT_ALLOWED, said);
    }
    if let Some(letter_on) = question.letter_on {
        let early = letter_on <= question.received_on;
        checks.require(early, "letter_on", field::NOT_ALLOWED, "must not lie after the day of receipt");
    }
    let of_subcontractor = question.about.has(Matter::Subcontractor);
    let named = question.respondents.iter().any(|respondent| *respondent != holder);
    let said = "must name the subcontractor that it is about";
    checks.require(!of_subcontractor || named, "respondents", field::REQUIRED, said);
    let of_provider = of_subcontractor || question.about.has(Matter::Provider);
    let said = "must be empty where no provider is complained about";
    checks.require(of_provider || question.respondents.is_empty(), "respondents", field::NOT_ALLOWED, said);
    let in_chain = question.respondents.iter().all(|respondent| asks.contract.members.contains(respondent));
    let said = "must be in the supply chain of the contract on the day of receipt";
    checks.require(in_chain, "respondents", field::NOT_IN_CHAIN, said);
    let titled = matches!(question.writer, Writer::ElectedMember | Writer::Peer);
    let said = "must be given for an elected member or peer";
    checks.require(!titled || question.title.is_some(), "title", field::REQUIRED, said);
    checks.done().map_err(Refusal::Invalid)
}

fn nothing_asked() -> Refusal {
    let said = "must say about whom or what it is";
    Refusal::Invalid(vec![redress_kernel::Violation::new("about", field::REQUIRED, said)])
}

fn standing(question: &Question, asks: &Asks<'_>) -> Result<Option<Standing>, Refusal> {
    match (question.writer, question.title.as_deref()) {
        (Writer::ElectedMember | Writer::Peer, Some(title)) => {
            let writes = Writes {
                title,
                letter_on: question.letter_on.unwrap_or(question.received_on),
                left_office: question.left_office,
                known_on: asks.today,
            };
            let (standing, _) =
                member::standing(writes, asks.pack, asks.library.legislatures(), asks.calendars)?;
            Ok(Some(standing))
        }
        (
            Writer::Participant
            | Writer::Representative
            | Writer::ElectedMember
            | Writer::Peer
            | Writer::JobcentrePlus
            | Writer::Subcontractor,
            _,
        ) => Ok(None),
    }
}

/// Who writes, once the title was judged: a councillor is a representative, whatever the letterhead says.
fn writer(said: Writer, standing: Option<Standing>) -> Writer {
    match standing {
        None => said,
        Some(Standing::Elected | Standing::ElectedUnderNewTitle | Standing::ElectedUntilFourthDay) => {
            Writer::ElectedMember
        }
        Some(Standing::Peer) => Writer::Peer,
        Some(Standing::Representative) => Writer::Representative,
    }
}

/// Whether somebody can read it again.
fn is_written(channel: Channel) -> bool {
    match channel {
        Channel::Post | Channel::Email | Channel::Online => true,
        Channel::InPerson | Channel::Telephone => false,
    }
}

/// Organisations complained about: the contract holder where it is about the provider.
pub fn respondents(question: &Question, contract: &Contract) -> Vec<OrganisationId> {
    let mut respondents = question.respondents.clone();
    if question.about.has(Matter::Provider) && !respondents.contains(&contract.holder) {
        respondents.insert(0, contract.holder);
    }
    respondents
}
