//! What the complaints service made of a complaint that was handed over.

use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Moment};
use redress_policy::Rulebook;
use routing_domain::{
    Actor, ComplaintId, Fate, Refusal,
    contact::{self, Context},
    mixed,
};

use super::{contract_of, mixed as mixes, opened::By, pinned, tick::Done};
use crate::{
    publish,
    store::contact::Contact,
    world::{Want, World},
};

/// Records what became of a complaint, where this service handed it over.
#[derive(Debug)]
pub(crate) struct RecordFate {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// The complaint.
    pub(crate) complaint: ComplaintId,
    /// What became of it.
    pub(crate) fate: Fate,
    /// Why it could not be opened.
    pub(crate) reason: String,
    /// The complaint that was there already.
    pub(crate) existing: Option<ComplaintId>,
}

impl shell::Command<World> for RecordFate {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Opened(self.complaint));
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let moment = Moment::at(now);
        let mut events = 0;
        if let Some(row) = world.opened_by_contact.get(&self.complaint).and_then(|id| world.contacts.get(*id))
        {
            events += self.of_contact(&row.clone(), world, entries, moment)?;
        }
        if let Some(row) = world.opened_by_mixed.get(&self.complaint).and_then(|id| world.mixed.get(*id)) {
            let row = row.clone();
            let contact = world.contacts.get(row.contact).cloned();
            let contact = contact.ok_or_else(|| Refusal::NotFound { name: row.contact.name() })?;
            let command = mixed::Command::RecordFate {
                complaint: self.complaint,
                fate: self.fate,
                reason: self.reason.clone(),
                existing: self.existing,
            };
            let actor = Actor::suite();
            let by = By { rulebook: &self.rulebook, actor: &actor, moment };
            let (moved, decided) = mixes::decide(&row, &command, &[], by)?;
            events += decided.events.len();
            mixes::record(&row, moved, &decided, &contact, world, entries);
        }
        Ok(Done { events: u32::try_from(events).unwrap_or(u32::MAX), ..Done::default() })
    }
}

impl RecordFate {
    fn of_contact(
        &self,
        row: &Contact,
        world: &mut World,
        entries: &mut Entries<'_>,
        moment: Moment,
    ) -> Result<usize, Refusal> {
        let contract = contract_of(row, world, &self.rulebook)?;
        let contact = row.state.contact().ok_or_else(|| Refusal::NotFound { name: row.id.name() })?;
        let actor = Actor::suite();
        let context = Context {
            today: moment.today,
            actor: &actor,
            contract: &contract,
            pack: pinned(&self.rulebook, &contact.route.pack)?,
            library: &self.rulebook.library,
            calendars: &self.rulebook.calendars,
            joint_reply_is_out: false,
        };
        let command = contact::Command::RecordFate {
            complaint: self.complaint,
            fate: self.fate,
            reason: self.reason.clone(),
            existing: self.existing,
        };
        let decided = Decided::<contact::Rules>::by(&row.state, &command, &context)?;
        if decided.events.is_empty() {
            return Ok(0);
        }
        let version = decided.version_after(row.version);
        let moved = Contact { state: decided.state.clone(), version, updated_at: moment.now, ..row.clone() };
        for (version, event) in decided.numbered(row.version) {
            entries.append(publish::contact(&moved, version, event, decided.citations.clone()));
        }
        let events = decided.events.len();
        world.contacts.put(moved.id, moved);
        Ok(events)
    }
}
