//! What a route opens beside the contact itself: a mixed complaint, a letter, or both; and who may see it all.

use std::collections::HashSet;

use jiff::Timestamp;
use redress_journal::append::Entries;
use redress_kernel::{Decided, Moment};
use redress_policy::{
    Rulebook,
    route::{Outcome, Writer},
};
use routing_domain::{
    Actor, Contract, OrganisationId, Refusal,
    letter::{self, Destination, Log},
    mixed::{self, Raise, RaisedAt},
};
use uuid::Uuid;

use super::{letter as letters, mixed as mixes, pinned};
use crate::{
    publish,
    store::{
        contact::Contact,
        due::Due,
        letter::Letter,
        mixed::{Limits, Mixed},
        texts::Texts,
    },
    world::World,
};

/// What a route opens, decided and not yet written.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    mixed: Option<(Mixed, Decided<mixed::Rules>)>,
    letter: Option<(Letter, Decided<letter::Rules>)>,
}

/// What is decided by.
#[derive(Clone, Copy)]
pub(crate) struct By<'a> {
    /// The guidance.
    pub(crate) rulebook: &'a Rulebook,
    /// Who asks.
    pub(crate) actor: &'a Actor,
    /// When.
    pub(crate) moment: Moment,
}

/// Decides what the route of a contact opens.
pub(crate) fn open(
    row: &Contact,
    contract: &Contract,
    office_reference: Option<&str>,
    by: By<'_>,
) -> Result<Opened, Refusal> {
    Ok(Opened { mixed: raise(row, contract, by)?, letter: log(row, contract, office_reference, by)? })
}

fn raise(
    row: &Contact,
    contract: &Contract,
    by: By<'_>,
) -> Result<Option<(Mixed, Decided<mixed::Rules>)>, Refusal> {
    let Some(contact) = row.state.contact() else { return Ok(None) };
    let Some(id) = contact.mixed() else { return Ok(None) };
    let question = &contact.route.question;
    let at_jobcentre_plus =
        question.jobcentre_plus_received_on.is_some() || question.writer == Writer::JobcentrePlus;
    let raise = Raise {
        id,
        contact: row.id,
        contract: row.contract,
        organisation: contact.organisation,
        jobcentre_plus: contract.jobcentre_plus,
        raised_at: if at_jobcentre_plus { RaisedAt::JobcentrePlus } else { RaisedAt::Provider },
        received_on: question
            .jobcentre_plus_received_on
            .filter(|_| at_jobcentre_plus)
            .unwrap_or(question.received_on),
        division: contract.division,
    };
    let context = mixed::Context {
        today: by.moment.today,
        actor: by.actor,
        pack: pinned(by.rulebook, &contact.route.pack)?,
        calendars: &by.rulebook.calendars,
        papers: &[],
    };
    let command = mixed::Command::Raise(Box::new(raise));
    let decided = Decided::<mixed::Rules>::by(&mixed::State::Unraised, &command, &context)?;
    let mut opened = Mixed {
        id,
        contact: row.id,
        contract: row.contract,
        due: Due::default(),
        limits: Limits::default(),
        texts: Texts::default(),
        state: decided.state.clone(),
        key: row.key,
        version: 0,
        revision: 0,
        created_at: by.moment.now,
        updated_at: by.moment.now,
    };
    (opened.due, opened.limits) = mixes::due(&opened, by.rulebook)?;
    Ok(Some((opened, decided)))
}

fn log(
    row: &Contact,
    contract: &Contract,
    office_reference: Option<&str>,
    by: By<'_>,
) -> Result<Option<(Letter, Decided<letter::Rules>)>, Refusal> {
    let Some(contact) = row.state.contact() else { return Ok(None) };
    let (Some(id), Some(standing)) = (contact.letter(), contact.route.standing) else { return Ok(None) };
    let question = &contact.route.question;
    let by_jobcentre_plus = contact.recorded_by == contract.jobcentre_plus;
    let log = Log {
        id,
        contact: row.id,
        contract: row.contract,
        // Whoever received it answers, until it goes to somebody else (RTE-13).
        organisation: if by_jobcentre_plus { contract.jobcentre_plus } else { contact.organisation },
        standing,
        destination: destination(contact.route.opens),
        letter_on: question.letter_on.unwrap_or(question.received_on),
        received_on: question.received_on,
        complaint: contact.complaint.map(|(complaint, _)| complaint),
        mixed: contact.mixed(),
        division: contract.division,
        referenced: office_reference.is_some(),
    };
    let context = letter::Context {
        today: by.moment.today,
        actor: by.actor,
        pack: pinned(by.rulebook, &contact.route.pack)?,
        calendars: &by.rulebook.calendars,
        persons_complained_about: &row.persons_complained_about,
        papers: &[],
    };
    let command = letter::Command::Log(Box::new(log));
    let decided = Decided::<letter::Rules>::by(&letter::State::Unlogged, &command, &context)?;
    let mut opened = Letter {
        id,
        contact: row.id,
        contract: row.contract,
        due: Due::default(),
        title: question.title.clone().unwrap_or_default(),
        office_reference: office_reference.map(str::to_owned),
        persons_complained_about: row.persons_complained_about.clone(),
        texts: Texts::default(),
        state: decided.state.clone(),
        key: row.key,
        version: 0,
        revision: 0,
        created_at: by.moment.now,
        updated_at: by.moment.now,
    };
    opened.due = letters::due(&opened, by.rulebook)?;
    Ok(Some((opened, decided)))
}

/// Where what a letter is about is worked.
fn destination(opens: Option<Outcome>) -> Option<Destination> {
    match opens? {
        Outcome::ProviderComplaint => Some(Destination::ProviderProcess),
        Outcome::Mixed => Some(Destination::Mixed),
        Outcome::JobcentrePlus => Some(Destination::JobcentrePlus),
        Outcome::MemberCorrespondence | Outcome::NotAComplaint => None,
    }
}

impl Opened {
    /// Writes what was opened, seen by those who see the contact.
    pub(crate) fn record(self, contact: &Contact, world: &mut World, entries: &mut Entries<'_>) {
        let parties = world.parties_of(contact.id.uuid());
        if let Some((row, decided)) = self.mixed {
            for (version, event) in decided.numbered(0) {
                entries.append(publish::mixed(&row, contact, version, event, decided.citations.clone()));
            }
            let row = Mixed { version: decided.version_after(0), ..row };
            world.add_parties(row.id.uuid(), parties.iter().copied());
            world.mixed.put(row.id, row);
        }
        if let Some((row, decided)) = self.letter {
            for (version, event) in decided.numbered(0) {
                entries.append(publish::letter(&row, version, event, decided.citations.clone()));
            }
            let row = Letter { version: decided.version_after(0), ..row };
            world.add_parties(row.id.uuid(), parties);
            world.letters.put(row.id, row);
        }
    }
}

/// Who may see a contact: whoever recorded it, those above them, the provider where something comes to it, and Jobcentre
/// Plus where it leads, takes it or brought it. What people say of a provider alone is not its business, and what they say
/// of it alone is not the provider's (RTE-07, J0 7.10).
pub(crate) fn parties(row: &Contact, contract: &Contract, world: &World) -> HashSet<OrganisationId> {
    let Some(contact) = row.state.contact() else { return HashSet::new() };
    let route = &contact.route;
    let mut parties = world.seen_by(row.contract, contact.recorded_by);
    if route.leads_to(Outcome::ProviderComplaint) || route.leads_to(Outcome::Mixed) {
        parties.extend(world.seen_by(row.contract, contact.organisation));
        for respondent in &route.question.respondents {
            parties.extend(world.seen_by(row.contract, *respondent));
        }
    }
    let jobcentre_plus = contract.jobcentre_plus;
    if route.leads_to(Outcome::Mixed) || route.leads_to(Outcome::JobcentrePlus) {
        parties.insert(jobcentre_plus);
    } else {
        parties.remove(&jobcentre_plus);
    }
    parties.insert(contact.recorded_by);
    parties
}

/// A row that has not happened yet.
pub(crate) fn unrecorded(
    id: routing_domain::ContactId,
    contract: routing_domain::ContractId,
    recorded_by: OrganisationId,
    key: Uuid,
    now: Timestamp,
) -> Contact {
    Contact {
        id,
        contract,
        recorded_by,
        reference: None,
        participant_reference: None,
        fingerprint: Vec::new(),
        persons_complained_about: Vec::new(),
        state: routing_domain::contact::State::Unrecorded,
        key,
        version: 0,
        revision: 0,
        created_at: now,
        updated_at: now,
    }
}
