//! Any command of a caller on a contact that exists.

use jiff::Timestamp;
use redress_chassis::wire::Telling;
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Moment};
use redress_policy::Rulebook;
use redress_proto::routing::v1 as proto;
use routing_domain::{
    Actor, ContactId, Contract, OrganisationId, Refusal,
    contact::{Command, Context, Reroute, Rules},
    letter, mixed,
};

use super::{
    contract_of,
    letter::given_up as give_up_letter,
    mixed::given_up as give_up_mixed,
    opened::{By, open, parties},
    pinned, proof_is_there, visible,
};
use crate::{
    publish, render,
    store::{contact::Contact, letter::Letter, mixed::Mixed},
    world::{Want, World},
};

/// A command of a caller.
#[derive(Debug)]
pub(crate) struct ChangeContact {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Of which contact.
    pub(crate) contact: ContactId,
    /// The version the caller last read; none takes whatever version there is.
    pub(crate) expected: Option<i64>,
    /// What is asked.
    pub(crate) command: Command,
}

/// What a contact opened before its route was corrected, given up.
struct GivenUp {
    mixed: Option<(Mixed, Decided<mixed::Rules>)>,
    letter: Option<(Letter, Decided<letter::Rules>)>,
}

impl shell::Command<World> for ChangeContact {
    type Answer = proto::Contact;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Contact(self.contact));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Contact, Refusal> {
        let moment = Moment::at(now);
        let row = visible(world, self.caller, self.contact, self.expected)?.clone();
        if let Command::Direct { told } = &self.command {
            proof_is_there(told, world.papers_of(row.id))?;
        }
        let contract = contract_of(&row, world, &self.rulebook)?;
        let decided = self.decide(&row, &contract, world, moment)?;
        let version = decided.version_after(row.version);
        let moved = Contact { state: decided.state.clone(), version, updated_at: now, ..row.clone() };
        let by = By { rulebook: &self.rulebook, actor: &self.actor, moment };
        let rerouted = matches!(self.command, Command::Reroute(_)) && !decided.events.is_empty();
        let before = row.state.contact().and_then(routing_domain::contact::Contact::letter);
        let office = before.and_then(|id| world.letters.get(id)).and_then(|row| row.office_reference.clone());
        let (given_up, opened) = if rerouted {
            (Some(give_up(&row, world, by)?), Some(open(&moved, &contract, office.as_deref(), by)?))
        } else {
            (None, None)
        };
        let answer = render::contact::contact(&moved, contract.division, &self.rulebook, Telling::Dates)?;

        for (version, event) in decided.numbered(row.version) {
            entries.append(publish::contact(&moved, version, event, decided.citations.clone()));
        }
        if let Some(given_up) = given_up {
            given_up.record(&row, world, entries);
        }
        if rerouted {
            let parties = parties(&moved, &contract, world);
            world.add_parties(moved.id.uuid(), parties);
        }
        if let Some(opened) = opened {
            opened.record(&moved, world, entries);
        }
        if !decided.events.is_empty() {
            world.contacts.put(moved.id, moved);
        }
        Ok(answer)
    }
}

impl ChangeContact {
    fn decide(
        &self,
        row: &Contact,
        contract: &Contract,
        world: &World,
        moment: Moment,
    ) -> Result<Decided<Rules>, Refusal> {
        let missing = || Refusal::NotFound { name: row.id.name() };
        let contact = row.state.contact().ok_or_else(missing)?;
        let context = Context {
            today: moment.today,
            actor: &self.actor,
            contract,
            pack: pinned(&self.rulebook, &contact.route.pack)?,
            library: &self.rulebook.library,
            calendars: &self.rulebook.calendars,
            joint_reply_is_out: false,
        };
        let command = match &self.command {
            Command::Reroute(reroute) => Command::Reroute(Box::new(Reroute {
                can_be_given_up: can_be_given_up(contact, world),
                ..reroute.as_ref().clone()
            })),
            other @ (Command::Record(_)
            | Command::Accept { .. }
            | Command::Reject { .. }
            | Command::Direct { .. }
            | Command::RecordFate { .. }) => other.clone(),
        };
        Decided::by(&row.state, &command, &context)
    }
}

/// Gives up whatever a contact opened.
fn give_up(row: &Contact, world: &World, by: By<'_>) -> Result<GivenUp, Refusal> {
    let contact = row.state.contact();
    let mixed = contact.and_then(routing_domain::contact::Contact::mixed);
    let letter = contact.and_then(routing_domain::contact::Contact::letter);
    let mixed = mixed.and_then(|id| world.mixed.get(id)).map(|row| give_up_mixed(row, by));
    let letter = letter.and_then(|id| world.letters.get(id)).map(|row| give_up_letter(row, by));
    Ok(GivenUp { mixed: mixed.transpose()?, letter: letter.transpose()? })
}

/// Whether what a contact opened can still be given up, all of it.
fn can_be_given_up(contact: &routing_domain::contact::Contact, world: &World) -> bool {
    let mixed = contact.mixed().and_then(|id| world.mixed.get(id)).and_then(|row| row.state.mixed());
    let letter = contact.letter().and_then(|id| world.letters.get(id)).and_then(|row| row.state.letter());
    mixed.is_none_or(mixed::Mixed::can_be_given_up) && letter.is_none_or(letter::Letter::can_be_given_up)
}

impl GivenUp {
    fn record(self, contact: &Contact, world: &mut World, entries: &mut Entries<'_>) {
        if let Some((row, decided)) = self.mixed {
            let version = decided.version_after(row.version);
            for (version, event) in decided.numbered(row.version) {
                entries.append(publish::mixed(&row, contact, version, event, decided.citations.clone()));
            }
            world.mixed.put(row.id, Mixed { version, ..row });
        }
        if let Some((row, decided)) = self.letter {
            let version = decided.version_after(row.version);
            for (version, event) in decided.numbered(row.version) {
                entries.append(publish::letter(&row, version, event, decided.citations.clone()));
            }
            world.letters.put(row.id, Letter { version, ..row });
        }
    }
}
