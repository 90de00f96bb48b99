//! Approval, veto, and the ways out of a standstill.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{
    Actor, DisposalControlId, DisposalId, OrganisationId, RecordId, Refusal,
    anonymised::Method,
    disposal::{Command, Context, Ending, Event, Rules, State},
    record::{Command as OnRecord, State as RecordState},
};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Id, Ids, Moment};
use redress_policy::Rulebook;
use redress_proto::records_retention::v1 as proto;

use super::{erasure, manifest, person, propose::control_of, record};
use crate::{
    publish, render,
    store::{disposal::Disposal, record::Record},
    world::{Want, World},
};

/// A command of a caller on a disposal that exists.
pub(crate) struct Settle {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Whether somebody asks in the actor's name.
    pub(crate) by_delegate: bool,
    /// Which disposal.
    pub(crate) disposal: DisposalId,
    /// What is asked.
    pub(crate) command: Command,
    /// Draws ids for holds.
    pub(crate) ids: Arc<dyn Ids>,
}

impl shell::Command<World> for Settle {
    type Answer = proto::Disposal;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend([Want::Manifest(self.disposal), Want::Date]);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Disposal, Refusal> {
        let moment = Moment::at(now);
        let found = world.disposals.get(self.disposal);
        let found = found.filter(|row| world.sees(self.caller, row.contract, row.organisation));
        let row = found.ok_or_else(|| Refusal::NotFound { name: self.disposal.name() })?.clone();
        // What brings records back is never stopped.
        let goes_on = Command::ApproveEnding { ending: Ending::Abandon } != self.command;
        if goes_on && matches!(self.command, Command::Approve { .. } | Command::ApproveEnding { .. }) {
            not_stopped(world, control_of(row.organisation))?;
        }
        let judged = judged(&row, world, &self.rulebook, moment);
        let basis = basis(&row, world, &self.rulebook)?;
        let context = Context {
            today: moment.today,
            actor: &self.actor,
            pack: basis.pack,
            calendars: &self.rulebook.calendars,
            by_delegate: self.by_delegate,
            found: Some(&judged),
        };
        let decided = Decided::<Rules>::by(&row.state, &self.command, &context)?;
        let back = self.recalls(&row, &decided.events, moment, world)?;
        // Everything is decided; from here on it is written.
        let (moved, events) = apply(&row, &self.command, &context, world, entries)?;
        for (before, decided, moved) in back {
            // The row in which a request to be erased that is received at the same time is met.
            if let Some(person) = before.participant {
                person::meet(world, person, (before.contract, before.organisation));
            }
            record::record(&before, moved, &decided, world, entries);
        }
        if events.iter().any(|event| matches!(event, Event::DisposalResumed(_))) {
            tell_again(&moved, world, entries);
        }
        Ok(render::disposal::answer(&moved))
    }
}

/// Refuses while someone has stopped all destruction, or the date is in doubt.
pub(crate) fn not_stopped(world: &World, control: DisposalControlId) -> Result<(), Refusal> {
    if world.doubt.is_some() {
        return Err(Refusal::DateInDoubt);
    }
    match world.controls.get(control) {
        Some(row) if row.state.stopped.is_some() => Err(Refusal::DisposalsStopped { control }),
        Some(_) | None => Ok(()),
    }
}

/// What the records of a disposal come to now.
pub(crate) fn judged(
    row: &Disposal,
    world: &World,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<records_retention_domain::Digest, RecordId> {
    let items = row.state.proposal().map(|proposal| proposal.items.as_slice()).unwrap_or_default();
    let records: Vec<_> = items.iter().map(|item| item.record).collect();
    let way = row.state.proposal().map_or((Method::Destroy, None), |it| (it.method, it.assessment.as_ref()));
    match manifest::judge(&records, way, world, rulebook, moment) {
        Ok(manifest) => Ok(manifest.digest),
        Err((record, _)) => Err(record),
    }
}

/// What the dates of a disposal hang on.
pub(crate) fn basis<'a>(
    row: &Disposal,
    world: &World,
    rulebook: &'a Rulebook,
) -> Result<record::Basis<'a>, Refusal> {
    let contract = world.contracts.get(&row.contract);
    let contract = contract.ok_or_else(|| Refusal::NotFound { name: row.contract.name() })?;
    record::basis(contract, world.promises.get(row.contract), rulebook)
}

/// Decides, moves and records.
pub(crate) fn apply(
    row: &Disposal,
    command: &Command,
    context: &Context<'_>,
    world: &mut World,
    entries: &mut Entries<'_>,
) -> Result<(Disposal, Vec<Event>), Refusal> {
    let decided = Decided::<Rules>::by(&row.state, command, context)?;
    let moved = Disposal {
        act_on: act_on(&decided.state),
        since: if decided.state.stage_name() == row.state.stage_name() {
            row.since
        } else {
            Some(context.today)
        },
        version: decided.version_after(row.version),
        state: decided.state.clone(),
        ..row.clone()
    };
    for (version, event) in decided.numbered(row.version) {
        entries.append(publish::disposal::disposal(&moved, version, event, decided.citations.clone()));
    }
    if moved.version > row.version {
        world.disposals.put(moved.id, moved.clone());
    }
    Ok((moved, decided.events))
}

/// When time moves a disposal on: the day after the last for a veto, or for approval.
fn act_on(state: &State) -> Option<Date> {
    match state {
        State::Proposed(proposal) => proposal.approve_until.tomorrow().ok(),
        State::Approved { approval, .. } => approval.veto_until.tomorrow().ok(),
        State::Unproposed
        | State::Ordered(_)
        | State::Halted { .. }
        | State::Certified { .. }
        | State::Void { .. } => None,
    }
}

impl Settle {
    /// Decides of each record that comes back, by its own rules: it is kept again, and held by the request of its person to be erased that came
    /// while it was ordered (RET-10). What cases hold their person by holds it as well; what people hold records by they place anew.
    fn recalls(
        &self,
        disposal: &Disposal,
        events: &[Event],
        moment: Moment,
        world: &World,
    ) -> Result<Vec<record::Step>, Refusal> {
        let recall = OnRecord::Recall { disposal: disposal.id };
        let mut steps = Vec::new();
        for id in recalled(events) {
            let before = world.records.get(*id).cloned();
            let before = before.ok_or_else(|| Refusal::NotFound { name: id.name() })?;
            let back = record::weigh(before, &recall, world, &self.rulebook, moment)?;
            let held = self.held_by_request(&back.2, moment, world)?;
            steps.push(back);
            steps.extend(held);
        }
        Ok(steps)
    }

    fn held_by_request(
        &self,
        back: &Record,
        moment: Moment,
        world: &World,
    ) -> Result<Option<record::Step>, Refusal> {
        let Some(person) = back.participant else { return Ok(None) };
        let basis = record::basis_of(back, world, &self.rulebook)?;
        let id = Id::fresh(self.ids.as_ref());
        let hold = erasure::hold_of_request(world, person, id, &basis, &self.rulebook, moment)?;
        let place =
            |hold| record::weigh(back.clone(), &OnRecord::PlaceHold(hold), world, &self.rulebook, moment);
        hold.map(place).transpose()
    }
}

/// The records that come back.
fn recalled(events: &[Event]) -> &[RecordId] {
    let recalled = events.iter().find_map(|event| match event {
        Event::DisposalAbandoned { recalled, .. } => Some(recalled.as_slice()),
        Event::DisposalProposed(_)
        | Event::DisposalApproved { .. }
        | Event::DisposalVoided { .. }
        | Event::DisposalIssued { .. }
        | Event::ReceiptRecorded(_)
        | Event::DisposalHalted { .. }
        | Event::EndingProposed(_)
        | Event::DisposalResumed(_)
        | Event::CountsAccepted(_)
        | Event::DisposalCertified { .. } => None,
    });
    recalled.unwrap_or_default()
}

/// Tells the holders again of every record that is not gone yet. A holder that has done its part says so again.
fn tell_again(disposal: &Disposal, world: &mut World, entries: &mut Entries<'_>) {
    let items = disposal.state.proposal().map(|proposal| proposal.items.as_slice()).unwrap_or_default();
    let rows: Vec<Record> = items.iter().filter_map(|item| world.records.get(item.record)).cloned().collect();
    for row in rows {
        let RecordState::Ordered(ordered) = &row.state else { continue };
        let version = row.version + 1;
        entries.append(publish::record::told_again(&row, ordered, disposal, version));
        world.records.put(row.id, Record { version, ..row });
    }
}
