//! Any command on a letter that exists.

use jiff::Timestamp;
use redress_chassis::wire::Telling;
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Moment, Violation};
use redress_policy::Rulebook;
use redress_proto::routing::v1 as proto;
use redress_store::sealed::Sealed;
use routing_domain::{
    Actor, MemberLetterId, OrganisationId, PaperId, Refusal,
    letter::{Command, Context, Rules, clocks, quotes},
    refusal::field,
};

use super::{expect, opened::By, pinned, summarise};
use crate::{
    publish, render,
    seal::Part,
    store::{due::Due, letter::Letter},
    world::{Want, World},
};

/// A command of a caller, with the text that belongs to it.
#[derive(Debug)]
pub(crate) struct ActOnLetter {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Of which letter.
    pub(crate) letter: MemberLetterId,
    /// The version the caller last read; none takes whatever version there is.
    pub(crate) expected: Option<i64>,
    /// What is asked.
    pub(crate) command: Command,
    /// The text that it brings, in words for the check of what it must quote, and under seal.
    pub(crate) text: Option<(Part, String, Sealed)>,
}

impl shell::Command<World> for ActOnLetter {
    type Answer = proto::MemberLetter;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Letter(self.letter));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::MemberLetter, Refusal> {
        let found =
            world.letters.get(self.letter).filter(|_| world.is_party(self.caller, self.letter.uuid()));
        let row = found.ok_or_else(|| Refusal::NotFound { name: self.letter.name() })?.clone();
        expect(self.expected, row.version, || self.letter.name())?;
        self.receiver_is_there(&row, world)?;
        let by = By { rulebook: &self.rulebook, actor: &self.actor, moment: Moment::at(now) };
        let (mut moved, decided) =
            decide(&row, &self.looked_through(&row), world.papers_of(row.contact), by)?;
        let text = self.keep_text(&mut moved, &decided);
        let answer = render::letter::letter(&moved, &self.rulebook, Telling::Dates)?;
        if let Some(text) = text {
            world.add_sealed(text);
        }
        if let Command::Transfer { organisation, .. } = self.command
            && !decided.events.is_empty()
        {
            show_to(&row, organisation, world);
        }
        record(&row, moved, &decided, world, entries);
        Ok(answer)
    }
}

impl ActOnLetter {
    /// What the text of a reply was found to quote (RTE-13).
    fn looked_through(&self, row: &Letter) -> Command {
        let mut command = self.command.clone();
        if let (Command::Reply { quotes_reference, .. }, Some((_, text, _))) = (&mut command, &self.text) {
            *quotes_reference =
                row.office_reference.as_deref().is_some_and(|reference| quotes(text, reference));
        }
        command
    }

    /// A letter goes to somebody who takes part under the contract.
    fn receiver_is_there(&self, row: &Letter, world: &World) -> Result<(), Refusal> {
        match self.command {
            Command::Transfer { organisation, .. } if !world.is_member(organisation, row.contract) => {
                let said = "must take part under the contract";
                Err(Refusal::Invalid(vec![Violation::new("organisation", field::NOT_IN_CHAIN, said)]))
            }
            Command::Log(_)
            | Command::Transfer { .. }
            | Command::Assign { .. }
            | Command::RecordAuthority { .. }
            | Command::SendHolding { .. }
            | Command::Reply { .. }
            | Command::Close
            | Command::Abandon
            | Command::RecordBreach { .. } => Ok(()),
        }
    }

    /// The text that came with what happened, under the version that it came with.
    fn keep_text(&self, moved: &mut Letter, decided: &Decided<Rules>) -> Option<Sealed> {
        let (part, _, sealed) = self.text.as_ref().filter(|_| !decided.events.is_empty())?;
        match self.command {
            Command::SendHolding { .. } => moved.texts.holding = Some(moved.version),
            Command::Reply { .. } => moved.texts.reply = Some(moved.version),
            Command::Log(_)
            | Command::Transfer { .. }
            | Command::Assign { .. }
            | Command::RecordAuthority { .. }
            | Command::Close
            | Command::Abandon
            | Command::RecordBreach { .. } => {}
        }
        Some(Sealed { part: part.at(moved.version), ..sealed.clone() })
    }
}

/// Whoever answers a letter reads it: what was said and by whom, and the papers, which are those of its contact (RTE-13). So do
/// those who see what that organisation does.
fn show_to(row: &Letter, organisation: OrganisationId, world: &mut World) {
    let mut readers = world.seen_by(row.contract, organisation);
    readers.insert(organisation);
    world.add_parties(row.id.uuid(), readers.iter().copied());
    world.add_parties(row.contact.uuid(), readers);
    // What is written is listed anew, for each of its parties.
    if let Some(contact) = world.contacts.get(row.contact).cloned() {
        world.contacts.put(row.contact, contact);
    }
}

/// Decides a command on a row, and moves a copy of the row on.
pub(super) fn decide(
    row: &Letter,
    command: &Command,
    papers: &[PaperId],
    by: By<'_>,
) -> Result<(Letter, Decided<Rules>), Refusal> {
    let letter = row.state.letter().ok_or_else(|| Refusal::NotFound { name: row.id.name() })?;
    let context = Context {
        today: by.moment.today,
        actor: by.actor,
        pack: pinned(by.rulebook, &letter.pack)?,
        calendars: &by.rulebook.calendars,
        persons_complained_about: &row.persons_complained_about,
        papers,
    };
    let decided = Decided::<Rules>::by(&row.state, command, &context)?;
    let mut moved = Letter {
        state: decided.state.clone(),
        version: decided.version_after(row.version),
        updated_at: by.moment.now,
        ..row.clone()
    };
    moved.due = due(&moved, by.rulebook)?;
    Ok((moved, decided))
}

/// Writes a row that was moved on, and what happened to it.
pub(super) fn record(
    before: &Letter,
    moved: Letter,
    decided: &Decided<Rules>,
    world: &mut World,
    entries: &mut Entries<'_>,
) {
    for (version, event) in decided.numbered(before.version) {
        entries.append(publish::letter(&moved, version, event, decided.citations.clone()));
    }
    if !decided.events.is_empty() || moved.due != before.due {
        world.letters.put(moved.id, moved);
    }
}

/// Gives one up whose contact goes through another door.
pub(super) fn given_up(row: &Letter, by: By<'_>) -> Result<(Letter, Decided<Rules>), Refusal> {
    let (moved, decided) = decide(row, &Command::Abandon, &[], by)?;
    Ok((Letter { version: row.version, ..moved }, decided))
}

/// What its clocks come to.
pub(super) fn due(row: &Letter, rulebook: &Rulebook) -> Result<Due, Refusal> {
    let Some(letter) = row.state.letter() else { return Ok(Due::default()) };
    let clocks = clocks(letter, pinned(rulebook, &letter.pack)?, &rulebook.calendars)?;
    summarise(&clocks, &letter.breaches)
}
