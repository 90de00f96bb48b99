//! What all commands on complaints share: deciding, and turning a decision into rows and entries.

use complaints_domain::{
    Actor, ComplaintId, Refusal,
    complaint::{self, Clock, Context, Event, Facts, Rules, due},
};
use redress_journal::append::Entries;
use redress_kernel::{Decider as _, Decision, Moment};
use redress_policy::{ClockKind, Pack, Rulebook};

use crate::{
    pinned::pinned,
    publish,
    store::complaint::{Complaint, Summary},
    world::World,
};

/// A complaint moved on by a decision, not yet written.
#[derive(Debug)]
pub(crate) struct Moved {
    row: Complaint,
    clocks: Vec<Clock>,
    events: Vec<Event>,
    because: Vec<redress_kernel::Citation>,
    first_version: i64,
}

/// Decides a command on a row that exists.
pub(crate) fn decide(
    row: &Complaint,
    command: &complaint::Command,
    actor: &Actor,
    facts: Facts<'_>,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Decision<Event>, Refusal> {
    let pack = pinned(rulebook, &row.state, row.id)?;
    let Moment { now, today } = moment;
    let context = Context { now, today, actor, pack, calendars: &rulebook.calendars, facts };
    Rules::decide(&row.state, command, &context)
}

/// Moves a row on by a decision, with all its dates counted anew.
///
/// # Errors
/// Refuses where a date cannot be computed; nothing has been changed then.
pub(crate) fn advance(
    mut row: Complaint,
    decision: Decision<Event>,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Moved, Refusal> {
    let first_version = row.version + 1;
    for event in &decision.events {
        row.state = Rules::evolve(row.state, event);
        row.version += 1;
    }
    row.updated_at = moment.now;
    let pack = pinned(rulebook, &row.state, row.id)?;
    let clocks = complaint::clocks(&row.state, pack, &rulebook.calendars, moment.today)?;
    row.summary = summarise(&row, pack, &clocks)?;
    Ok(Moved { row, clocks, events: decision.events, because: decision.because, first_version })
}

impl Moved {
    /// The row as it will be.
    pub(crate) const fn row(&self) -> &Complaint {
        &self.row
    }

    /// Its clocks, as they will stand.
    pub(crate) fn clocks(&self) -> &[Clock] {
        &self.clocks
    }

    /// How many things happened.
    pub(crate) fn events(&self) -> u32 {
        u32::try_from(self.events.len()).unwrap_or(u32::MAX)
    }

    /// The clocks whose breach is among them.
    pub(crate) fn breached(&self) -> impl Iterator<Item = ClockKind> {
        self.events.iter().filter_map(|event| {
            if let Event::ClockBreached { clock, .. } = event { Some(clock.kind) } else { None }
        })
    }

    /// Writes the row into the world and its events into the journal.
    pub(crate) fn record(self, world: &mut World, entries: &mut Entries<'_>) {
        let citations: Vec<String> = self.because.iter().map(redress_kernel::Citation::short).collect();
        for (version, event) in (self.first_version..).zip(&self.events) {
            entries.append(publish::complaint(&self.row, version, event, citations.clone()));
        }
        world.complaints.put(self.row.id, self.row);
    }
}

/// What the state and the clocks come to.
fn summarise(row: &Complaint, pack: &Pack, clocks: &[Clock]) -> Result<Summary, Refusal> {
    let case = row.state.case().ok_or_else(|| not_found(row.id))?;
    let next = complaint::next_due(&row.state, clocks);
    Ok(Summary {
        stage: row.state.stage_name(),
        stage_number: case.stage_number().into(),
        received_on: case.file.received_on,
        next_due_kind: next.map(|clock| clock.key.kind.name().to_owned()),
        next_due_on: next.map(|clock| clock.deadline.due_on),
        wake_on: due::wake_on(&row.state, pack, clocks)?,
        handler: case.file.handler.clone(),
    })
}

/// There is no such complaint, or it is not this caller's to see; the two look the same.
pub(crate) fn not_found(complaint: ComplaintId) -> Refusal {
    Refusal::NotFound { name: complaint.name() }
}
