//! What the passing of time demands: a limit that passed goes on record, once (RTE-04, RTE-12).

use jiff::{Timestamp, civil::Date};
use redress_chain::KnownContract;
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_policy::{ClockKind, Rulebook};
use routing_domain::{
    Actor, MemberLetterId, MixedComplaintId, OrganisationId, Refusal, breach,
    letter::{self, clocks as letter_clocks},
    mixed::{self, clocks as mixed_clocks},
};

use super::{letter as letters, mixed as mixes, opened::By, pinned};
use crate::{
    chain,
    world::{Want, World},
};

/// A thing with clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    /// A mixed complaint.
    Mixed(MixedComplaintId),
    /// A letter.
    Letter(MemberLetterId),
}

/// Looks at one thing and records what passed.
#[derive(Debug)]
pub(crate) struct Tick {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// At which thing.
    pub(crate) thing: Thing,
}

/// How many things were done. It is told to nobody outside.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub(crate) struct Done {
    /// Events recorded.
    #[prost(uint32, tag = "1")]
    pub(crate) events: u32,
    /// Kinds of the clocks of a provider whose breach was recorded.
    #[prost(string, repeated, tag = "2")]
    pub(crate) breached: Vec<String>,
    /// Tier of the organisation that works it.
    #[prost(uint32, tag = "3")]
    pub(crate) tier: u32,
}

impl shell::Command<World> for Tick {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(match self.thing {
            Thing::Mixed(id) => Want::Mixed(id),
            Thing::Letter(id) => Want::Letter(id),
        });
    }

    /// Everything that passed is one change, and looking twice records nothing twice.
    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let actor = Actor::suite();
        let by = By { rulebook: &self.rulebook, actor: &actor, moment: Moment::at(now) };
        match self.thing {
            Thing::Mixed(id) => mixed(id, by, world, entries),
            Thing::Letter(id) => letter(id, by, world, entries),
        }
    }
}

impl Done {
    /// The tier, as it is counted by.
    pub(crate) fn tier(&self) -> u8 {
        u8::try_from(self.tier).unwrap_or(u8::MAX)
    }

    /// Breaches of clocks of these kinds, `of_provider` saying whether a provider was bound by one, at this tier.
    fn recorded(passed: &[(ClockKind, u8)], tier: u8, of_provider: impl Fn(ClockKind) -> bool) -> Self {
        let kinds = passed.iter().map(|(kind, _)| *kind).filter(|kind| of_provider(*kind));
        Self {
            events: u32::try_from(passed.len()).unwrap_or(u32::MAX),
            breached: kinds.map(|kind| kind.name().to_owned()).collect(),
            tier: tier.into(),
        }
    }
}

fn mixed(
    id: MixedComplaintId,
    by: By<'_>,
    world: &mut World,
    entries: &mut Entries<'_>,
) -> Result<Done, Refusal> {
    let missing = || Refusal::NotFound { name: id.name() };
    let mut row = world.mixed.get(id).ok_or_else(missing)?.clone();
    let contact = world.contacts.get(row.contact).ok_or_else(missing)?.clone();
    let state = row.state.mixed().ok_or_else(missing)?;
    let clocks = mixed_clocks(state, pinned(by.rulebook, &state.pack)?, &by.rulebook.calendars)?;
    let passed = breach::passed(&clocks, &state.breaches, by.moment.today);
    let known = world.contracts.get(&state.contract);
    let tier = known.map_or(0, |contract| tier(contract, state.organisation, state.received_on));
    let mut moves = Vec::new();
    for (kind, number) in passed.iter().copied() {
        let (moved, decided) = mixes::decide(&row, &mixed::Command::RecordBreach { kind, number }, &[], by)?;
        moves.push((std::mem::replace(&mut row, moved.clone()), moved, decided));
    }
    for (before, moved, decided) in moves {
        mixes::record(&before, moved, &decided, &contact, world, entries);
    }
    // The joint reply is owed by Jobcentre Plus.
    Ok(Done::recorded(&passed, tier, |kind| kind == ClockKind::JcpContribution))
}

fn letter(
    id: MemberLetterId,
    by: By<'_>,
    world: &mut World,
    entries: &mut Entries<'_>,
) -> Result<Done, Refusal> {
    let missing = || Refusal::NotFound { name: id.name() };
    let mut row = world.letters.get(id).ok_or_else(missing)?.clone();
    let state = row.state.letter().ok_or_else(missing)?;
    let clocks = letter_clocks(state, pinned(by.rulebook, &state.pack)?, &by.rulebook.calendars)?;
    let passed = breach::passed(&clocks, &state.breaches, by.moment.today);
    // Whoever answers it; at Jobcentre Plus no provider is late.
    let contract = world.contracts.get(&row.contract).ok_or_else(missing)?;
    let tier = tier(contract, state.organisation, state.received_on);
    let contract = chain::on(contract, state.received_on, by.rulebook)?;
    let by_provider = state.organisation != contract.jobcentre_plus;
    let mut moves = Vec::new();
    for (kind, number) in passed.iter().copied() {
        let (moved, decided) =
            letters::decide(&row, &letter::Command::RecordBreach { kind, number }, &[], by)?;
        moves.push((std::mem::replace(&mut row, moved.clone()), moved, decided));
    }
    for (before, moved, decided) in moves {
        letters::record(&before, moved, &decided, world, entries);
    }
    Ok(Done::recorded(&passed, tier, |_| by_provider))
}

/// How far down the chain an organisation works; 0 is the prime.
fn tier(contract: &KnownContract, organisation: OrganisationId, on: Date) -> u8 {
    contract.members_at(on).get(organisation).map_or(0, |member| member.tier)
}
