//! What the passing of time demands of a complaint: a right opens, a limit was missed, silence closes it (CMP-08, CMP-06).

use complaints_domain::{
    Actor, ComplaintId, Refusal,
    complaint::{self, Command, Facts, due},
};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_policy::Rulebook;

use super::case::{Moved, advance, decide, not_found};
use crate::{
    pinned::pinned,
    store::complaint::Complaint,
    world::{Want, World},
};

/// Looks at one complaint and does what is due.
#[derive(Debug)]
pub(crate) struct Tick {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// At which complaint.
    pub(crate) complaint: ComplaintId,
}

/// How many things were done. It is told to nobody outside.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub(crate) struct Done {
    /// Events recorded.
    #[prost(uint32, tag = "1")]
    pub(crate) events: u32,
    /// Kinds of the clocks whose breach was recorded.
    #[prost(string, repeated, tag = "2")]
    pub(crate) breached: Vec<String>,
    /// Tier of the organisation that works it.
    #[prost(uint32, tag = "3")]
    pub(crate) tier: u32,
}

impl Done {
    /// The tier, as it is counted by.
    pub(crate) fn tier(&self) -> u8 {
        u8::try_from(self.tier).unwrap_or(u8::MAX)
    }
}

impl shell::Command<World> for Tick {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Complaint(self.complaint));
    }

    /// Everything that is due is one change: it becomes durable together, and looking twice does nothing twice.
    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let moment = Moment::at(now);
        let mut row = world.complaints.get(self.complaint).ok_or_else(|| not_found(self.complaint))?.clone();
        let pack = pinned(&self.rulebook, &row.state, row.id)?;
        let clocks = complaint::clocks(&row.state, pack, &self.rulebook.calendars, moment.today)?;
        let mut decided = Vec::new();
        let mut commands = vec![Command::RebaseClocks];
        commands.extend(due::due(&row.state, pack, &clocks, moment.today)?);
        for command in commands {
            let decision =
                match decide(&row, &command, &Actor::suite(), Facts::default(), &self.rulebook, moment) {
                    Ok(decision) => decision,
                    // An earlier command of this round has done away with it: ended the case, or given it the time that a newer
                    // calendar does.
                    Err(Refusal::StageRefuses(_) | Refusal::NotDue { .. } | Refusal::WindowOpen { .. }) => {
                        continue;
                    }
                    Err(refusal) => return Err(refusal),
                };
            let moved = advance(row, decision, &self.rulebook, moment)?;
            row = moved.row().clone();
            decided.push(moved);
        }
        let events = decided.iter().map(Moved::events).sum();
        let breached = decided.iter().flat_map(Moved::breached).map(|kind| kind.name().to_owned()).collect();
        let tier = tier(world, &row);
        for moved in decided.into_iter().filter(|moved| moved.events() > 0) {
            moved.record(world, entries);
        }
        Ok(Done { events, breached, tier })
    }
}

/// How far down the chain a case is worked; 0 is the prime.
fn tier(world: &World, row: &Complaint) -> u32 {
    let Some(file) = row.state.case().map(|case| &case.file) else { return 0 };
    let members =
        world.contracts.get(file.contract).map(|contract| contract.state.chain.at(file.received_on));
    members.as_ref().and_then(|members| members.get(file.organisation)).map_or(0, |member| member.tier.into())
}
