//! Any command on a mixed complaint that exists.

use jiff::Timestamp;
use redress_chassis::wire::Telling;
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Moment};
use redress_policy::{ClockKind, Rulebook};
use redress_proto::routing::v1 as proto;
use redress_store::sealed::Sealed;
use routing_domain::{
    Actor, MixedComplaintId, OrganisationId, PaperId, Refusal,
    mixed::{Command, Context, Event, Rules, clocks},
};

use super::{expect, opened::By, pinned, proof_is_there, summarise};
use crate::{
    publish, render,
    seal::Part,
    store::{
        contact::Contact,
        due::Due,
        mixed::{Limits, Mixed},
    },
    world::{Want, World},
};

/// A command of a caller, with the text that belongs to it.
#[derive(Debug)]
pub(crate) struct ActOnMixed {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Of which mixed complaint.
    pub(crate) mixed: MixedComplaintId,
    /// The version the caller last read; none takes whatever version there is.
    pub(crate) expected: Option<i64>,
    /// What is asked.
    pub(crate) command: Command,
    /// The text that it brings, under seal.
    pub(crate) text: Option<(Part, Sealed)>,
}

impl shell::Command<World> for ActOnMixed {
    type Answer = proto::MixedComplaint;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Mixed(self.mixed));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::MixedComplaint, Refusal> {
        let missing = || Refusal::NotFound { name: self.mixed.name() };
        let found = world.mixed.get(self.mixed).filter(|_| world.is_party(self.caller, self.mixed.uuid()));
        let row = found.ok_or_else(missing)?.clone();
        expect(self.expected, row.version, || self.mixed.name())?;
        let contact = world.contacts.get(row.contact).ok_or_else(missing)?.clone();
        let by = By { rulebook: &self.rulebook, actor: &self.actor, moment: Moment::at(now) };
        let papers = world.papers_of(row.contact);
        if let Command::Direct { told } = &self.command {
            proof_is_there(told, papers)?;
        }
        let (mut moved, decided) = decide(&row, &self.command, papers, by)?;
        let texts = self.keep_text(&mut moved, &decided);
        let answer = render::mixed::mixed(&moved, &self.rulebook, Telling::Dates)?;
        if let Some(text) = texts {
            world.add_sealed(text);
        }
        record(&row, moved, &decided, &contact, world, entries);
        Ok(answer)
    }
}

impl ActOnMixed {
    /// The text that came with what happened, under the version that it came with.
    fn keep_text(&self, moved: &mut Mixed, decided: &Decided<Rules>) -> Option<Sealed> {
        let (part, sealed) = self.text.as_ref()?;
        let version = moved.version;
        for event in &decided.events {
            match event {
                Event::ContributionSent { .. } => {
                    let asked = moved.state.mixed().map_or(0, |mixed| mixed.contributions.len());
                    moved.texts.contributions.resize(asked, None);
                    if let Some(last) = moved.texts.contributions.last_mut() {
                        *last = Some(version);
                    }
                }
                Event::JointReplyProposed { .. } => moved.texts.wording = Some(version),
                Event::MixedComplaintRaised { .. }
                | Event::MixedComplaintDirected { .. }
                | Event::ContributionRequested { .. }
                | Event::MixedClockBreached { .. }
                | Event::WordingAgreed { .. }
                | Event::JointReplyIssued { .. }
                | Event::SatisfactionRecorded { .. }
                | Event::ResidualRecorded { .. }
                | Event::ComplaintHandedOver { .. }
                | Event::MixedComplaintAbandoned { .. }
                | Event::HandoverAnswered { .. } => {}
            }
        }
        let kept = !decided.events.is_empty();
        kept.then(|| Sealed { part: part.at(version), ..sealed.clone() })
    }
}

/// Decides a command on a row, and moves a copy of the row on.
pub(super) fn decide(
    row: &Mixed,
    command: &Command,
    papers: &[PaperId],
    by: By<'_>,
) -> Result<(Mixed, Decided<Rules>), Refusal> {
    let mixed = row.state.mixed().ok_or_else(|| Refusal::NotFound { name: row.id.name() })?;
    let context = Context {
        today: by.moment.today,
        actor: by.actor,
        pack: pinned(by.rulebook, &mixed.pack)?,
        calendars: &by.rulebook.calendars,
        papers,
    };
    let decided = Decided::<Rules>::by(&row.state, command, &context)?;
    let mut moved = Mixed {
        state: decided.state.clone(),
        version: decided.version_after(row.version),
        updated_at: by.moment.now,
        ..row.clone()
    };
    (moved.due, moved.limits) = due(&moved, by.rulebook)?;
    Ok((moved, decided))
}

/// Writes a row that was moved on, and what happened to it.
pub(super) fn record(
    before: &Mixed,
    moved: Mixed,
    decided: &Decided<Rules>,
    contact: &Contact,
    world: &mut World,
    entries: &mut Entries<'_>,
) {
    for (version, event) in decided.numbered(before.version) {
        entries.append(publish::mixed(&moved, contact, version, event, decided.citations.clone()));
    }
    if !decided.events.is_empty() || (&moved.due, moved.limits) != (&before.due, before.limits) {
        world.mixed.put(moved.id, moved);
    }
}

/// Gives one up whose contact goes through another door.
pub(super) fn given_up(row: &Mixed, by: By<'_>) -> Result<(Mixed, Decided<Rules>), Refusal> {
    let (moved, decided) = decide(row, &Command::Abandon, &[], by)?;
    Ok((Mixed { version: row.version, ..moved }, decided))
}

/// What its clocks come to, together and by whom they bind.
pub(super) fn due(row: &Mixed, rulebook: &Rulebook) -> Result<(Due, Limits), Refusal> {
    let Some(mixed) = row.state.mixed() else { return Ok((Due::default(), Limits::default())) };
    let clocks = clocks(mixed, pinned(rulebook, &mixed.pack)?, &rulebook.calendars)?;
    let first = |kind: ClockKind| {
        let open = clocks.iter().filter(|clock| clock.is_open() && clock.deadline.kind == kind);
        open.map(|clock| clock.deadline.due_on).min()
    };
    let limits = Limits {
        contribution_on: first(ClockKind::JcpContribution),
        reply_on: first(ClockKind::DepartmentReply),
    };
    Ok((summarise(&clocks, &mixed.breaches)?, limits))
}
