//! Changes of schedules: made or proposed here, settled and moved on by its parts.

pub(crate) mod settle;

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use records_retention_domain::{
    Actor, ContractId, Digest, OrganisationId, Refusal, ScheduleChangeId,
    change::{Amendment, Command, Context, Event, Proposal, Reason, Rules, State, approve_until},
    contract::{Agreed, ContractFacts},
};
use redress_chain::KnownContract;
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Moment, hexadecimal};
use redress_policy::{Pack, Rulebook};
use redress_proto::records_retention::v1 as proto;

use super::record;
use crate::{
    publish, render,
    store::{change::Change, promise::Promised},
    world::{Want, World},
};

/// What a caller wants changed, as far as the caller says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Another agreed period.
    Period(Agreed),
    /// The last day that the contract now has.
    ContractEnd,
}

/// Whether one person makes it, or proposes it to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// At once.
    Make,
    /// For another person to approve.
    Propose,
}

/// Asks for a change.
#[derive(Debug)]
pub(crate) struct AskForChange {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Id for it.
    pub(crate) id: ScheduleChangeId,
    /// Of which contract.
    pub(crate) contract: ContractId,
    /// How.
    pub(crate) how: How,
    /// What.
    pub(crate) wish: Wish,
    /// Why.
    pub(crate) reason: Reason,
    /// Where the reasons are written down.
    pub(crate) reference: String,
}

/// The schedule of a contract as it is, and as it would be.
pub(crate) struct Weighed<'a> {
    pack: &'a Pack,
    before: ContractFacts,
    after: ContractFacts,
    digest: Digest,
}

impl shell::Command<World> for AskForChange {
    type Answer = proto::ScheduleChange;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Contract(self.contract));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::ScheduleChange, Refusal> {
        let moment = Moment::at(now);
        let known = world.contracts.get(&self.contract);
        let known = known.filter(|_| world.sees(self.caller, self.contract, self.caller));
        let known = known.ok_or_else(|| Refusal::NotFound { name: self.contract.name() })?;
        let organisation = known.holder;
        let controls = controls(known, self.caller);
        let amendment = self.amendment(world);
        let weighed = weigh(self.contract, &amendment, world, &self.rulebook)?;
        let proposal = Box::new(Proposal {
            id: self.id,
            contract: self.contract,
            organisation,
            amendment,
            reason: self.reason,
            reference: self.reference.clone(),
            digest: weighed.digest.clone(),
            proposed_by: self.actor.clone(),
            proposed_on: moment.today,
            approve_until: approve_until(weighed.pack, &self.rulebook.calendars, moment.today)?,
        });
        let command = match self.how {
            How::Make => Command::Make(proposal),
            How::Propose => Command::Propose(proposal),
        };
        let row = Change {
            id: self.id,
            contract: self.contract,
            organisation,
            state: State::Unproposed,
            version: 0,
            revision: 0,
            created_at: now,
        };
        let by = Asking { actor: &self.actor, by_delegate: false, controls };
        let (moved, _) = apply(&row, &command, by, &weighed, (&self.rulebook, moment), world, entries)?;
        Ok(render::change::answer(&moved))
    }
}

impl AskForChange {
    /// What is wanted, with the last day that the contract has told.
    fn amendment(&self, world: &World) -> Amendment {
        match &self.wish {
            Wish::Period(agreed) => Amendment::Period(agreed.clone()),
            Wish::ContractEnd => {
                let told = world.promises.get(self.contract).and_then(|row| row.state.told());
                // A contract that has told none is refused by the rules: nothing would change.
                let (version, end_on) = told.unwrap_or_default();
                Amendment::ContractEnd { version, end_on }
            }
        }
    }
}

/// Who asks, as far as the rules look at it.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) by_delegate: bool,
    pub(crate) controls: bool,
}

/// Whether an organisation decides how long the records of a contract are kept: its present holder, and the department (reliability D41).
pub(crate) fn controls(contract: &KnownContract, caller: OrganisationId) -> bool {
    caller == contract.controller() || caller == contract.commissioner
}

/// Weighs the schedule of a contract as it is against what it would be.
///
/// # Errors
/// Refuses where nobody knows the contract or its pack.
pub(crate) fn weigh<'a>(
    contract: ContractId,
    amendment: &Amendment,
    world: &World,
    rulebook: &'a Rulebook,
) -> Result<Weighed<'a>, Refusal> {
    let name = || Refusal::NotFound { name: contract.name() };
    let known = world.contracts.get(&contract).ok_or_else(name)?;
    let row = world.promises.get(contract).cloned();
    let now = record::basis(known, row.as_ref(), rulebook)?;
    let mut changed = row.unwrap_or_else(|| Promised::new(contract));
    amendment.apply(&mut changed.state);
    let then = record::basis(known, Some(&changed), rulebook)?;
    let line = amendment.line(contract, &now.contract, &then.contract);
    let digest =
        Digest::parse(&hexadecimal(digest(&SHA256, line.as_bytes()).as_ref())).map_err(|_| name())?;
    Ok(Weighed { pack: now.pack, before: now.contract, after: then.contract, digest })
}

/// Decides, moves and records; a change that takes effect is made to what was promised.
pub(crate) fn apply(
    row: &Change,
    command: &Command,
    by: Asking<'_>,
    weighed: &Weighed<'_>,
    (rulebook, moment): (&Rulebook, Moment),
    world: &mut World,
    entries: &mut Entries<'_>,
) -> Result<(Change, Vec<Event>), Refusal> {
    let context = Context {
        today: moment.today,
        actor: by.actor,
        by_delegate: by.by_delegate,
        controls: by.controls,
        pack: weighed.pack,
        calendars: &rulebook.calendars,
        before: &weighed.before,
        after: &weighed.after,
        found: &weighed.digest,
    };
    let decided = Decided::<Rules>::by(&row.state, command, &context)?;
    let moved =
        Change { version: decided.version_after(row.version), state: decided.state.clone(), ..row.clone() };
    for (version, event) in decided.numbered(row.version) {
        entries.append(publish::change::change(&moved, version, event, decided.citations.clone()));
    }
    if moved.version > row.version {
        world.changes.put(moved.id, moved.clone());
    }
    if let Some(proposal) = moved.state.proposal().filter(|_| decided.events.iter().any(Event::moves_dates)) {
        let promised = world.promises.get(row.contract).cloned();
        let mut promised = promised.unwrap_or_else(|| Promised::new(row.contract));
        proposal.amendment.apply(&mut promised.state);
        world.promises.put(row.contract, promised);
    }
    Ok((moved, decided.events))
}
