//! What another service of the suite makes happen to a complaint: decided by the same rules, for no caller.

use complaints_domain::{
    Actor, ComplaintId, Refusal,
    complaint::{Command, Facts},
};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_policy::Rulebook;

use super::case::{advance, decide, not_found};
use crate::world::{Want, World};

/// A command on a complaint that an event of another service stands for.
#[derive(Debug)]
pub(crate) struct Attend {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Of which complaint.
    pub(crate) complaint: ComplaintId,
    /// What it comes to.
    pub(crate) command: Command,
}

/// How many things happened. It is told to nobody outside.
#[derive(Clone, Copy, PartialEq, Eq, prost::Message)]
pub(crate) struct Attended {
    /// Events recorded.
    #[prost(uint32, tag = "1")]
    pub(crate) events: u32,
}

impl shell::Command<World> for Attend {
    type Answer = Attended;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Complaint(self.complaint));
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Attended, Refusal> {
        let moment = Moment::at(now);
        let row = world.complaints.get(self.complaint).ok_or_else(|| not_found(self.complaint))?.clone();
        let (actor, facts) = (Actor::suite(), Facts::default());
        let decision = decide(&row, &self.command, &actor, facts, &self.rulebook, moment)?;
        let moved = advance(row, decision, &self.rulebook, moment)?;
        let events = moved.events();
        moved.record(world, entries);
        Ok(Attended { events })
    }
}
