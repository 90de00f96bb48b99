//! What all commands on examinations share: deciding, and turning a decision into rows, entries and facts.

use ice_liaison_domain::{
    IceYear, Refusal,
    examination::{Command, Context, Event, Facts, Rules, State},
    figures,
};
use redress_journal::append::Entries;
use redress_kernel::{Citation, Decider as _, Decision, Moment};
use redress_policy::Rulebook;

use super::pinned::pinned;
use crate::{
    publish,
    store::{
        examination::Examination,
        fact::{Counted, Of, Source},
    },
    world::World,
};

/// An examination moved on by a decision, not yet written.
#[derive(Debug)]
pub(crate) struct Moved {
    /// The row as it will be.
    pub(crate) row: Examination,
    /// The rules behind it.
    pub(crate) because: Vec<Citation>,
    /// Each event with the version it reaches and what it counts for.
    steps: Vec<(i64, Event, Vec<Counted>)>,
}

/// Decides a command on a row and moves it on. The complaint is the caller's to see, or this is not called.
///
/// # Errors
/// Refuses what the rules refuse, and where a date cannot be computed; nothing has been changed then.
pub(crate) fn decide(
    row: &Examination,
    command: &Command,
    world: &World,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Moved, Refusal> {
    let record = world.records.get(&row.complaint);
    let pinned_on =
        record.map(|record| &record.pack).or_else(|| row.state.case().map(|case| &case.file.pack));
    let pack = pinned_on.ok_or_else(|| Refusal::NotFound { name: row.complaint.name() })?;
    let pack = pinned(rulebook, pack, row.complaint)?;
    let contract = world.contracts.get(&row.contract);
    let context = Context {
        today: moment.today,
        pack,
        calendars: &rulebook.calendars,
        facts: Facts {
            record,
            holder: contract.map(|contract| contract.holder),
            tier: contract.map_or(0, |contract| {
                let working = record.map_or(moment.today, |record| record.received_on);
                contract.members_at(working).get(row.organisation).map_or(0, |member| member.tier)
            }),
            live: world.live.get(&row.complaint).copied().filter(|live| *live != row.id),
            procedures: world.procedures(row.contract),
        },
    };
    let Decision { events, because } = Rules::decide(&row.state, command, &context)?;
    let mut moved = row.clone();
    let mut steps = Vec::with_capacity(events.len());
    for event in events {
        let facts = figures::of_examination(&moved.state, &event, pack, &rulebook.calendars)?;
        moved.state = Rules::evolve(moved.state, &event);
        moved.version += 1;
        let of = whose(&moved.state);
        let counted = (0..).zip(facts).filter_map(|(ordinal, fact)| {
            Some(Counted {
                entry: uuid::Uuid::nil(),
                ordinal,
                source: Source::Own,
                position: None,
                year: IceYear::of(fact.on, pack).begins().into(),
                of: of.clone()?,
                fact,
            })
        });
        let counted = counted.collect();
        steps.push((moved.version, event, counted));
    }
    if !steps.is_empty() {
        moved.updated_at = moment.now;
    }
    Ok(Moved { row: moved, because, steps })
}

impl Moved {
    /// How many things happened.
    pub(crate) fn events(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(u32::MAX)
    }

    /// Writes the row into the world, its events into the journal, and what they count for beside them.
    pub(crate) fn record(self, world: &mut World, entries: &mut Entries<'_>) {
        let citations: Vec<String> = self.because.iter().map(Citation::short).collect();
        for (version, event, counted) in self.steps {
            let entry = entries.append(publish::examination(&self.row, version, &event, citations.clone()));
            world.count(counted.into_iter().map(|fact| Counted { entry, ..fact }));
        }
        world.examinations.put(self.row.id, self.row);
    }
}

/// Whose the figures of an examination are: the organisation that works the complaint.
fn whose(state: &State) -> Option<Of> {
    let file = &state.case()?.file;
    Some(Of {
        contract: file.contract,
        organisation: file.organisation,
        programme: file.programme.clone(),
        tier: file.tier,
    })
}
