//! The order to destroy: the last look at every hold and date, the switch, the pace and the order itself, in one transaction
//! (design, "What must hold" 4; reliability 5.7 rule 1). A hold that is placed at the same time meets it in the record's row, or in that of its person.

pub(crate) mod execute;
#[cfg(test)]
mod race;

use jiff::Timestamp;
use records_retention_domain::{
    Actor, Digest, DisposalId, RecordId, Refusal,
    control::{self, Rules as Control},
    disposal::{self, Command, Context, Event, State},
    record,
};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Moment};
use redress_policy::Rulebook;

use super::{anonymised, person, propose::control_of, record as records, settle, tick::Done};
use crate::{
    anonymise::collect::Prepared,
    clock::Trust,
    publish,
    store::{control::Control as ControlRow, disposal::Disposal, promise::Promised},
    world::{Want, World},
};

/// What the records of a disposal come to: the digest over them, or the first that may not be destroyed.
type Found = Result<Digest, RecordId>;

/// Moves a disposal on, whose day has come: ordered, or void, or given up.
#[derive(Debug)]
pub(crate) struct MoveOn {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Which disposal.
    pub(crate) disposal: DisposalId,
    /// Whether time does it, or a person asks for it.
    pub(crate) command: Command,
    /// The anonymised set that its records make, where they make one.
    pub(crate) prepared: Option<Prepared>,
    /// How far the clock is believed.
    pub(crate) trust: Trust,
}

impl shell::Command<World> for MoveOn {
    type Answer = Done;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend([Want::Manifest(self.disposal), Want::Date]);
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<Done, Refusal> {
        let moment = Moment::at(now);
        let row = self.row(world)?;
        let suite = Actor::suite();
        let found = self.found(&row, world, moment);
        let order = self.order(&row, &found, world, now)?;
        let context = self.context(&row, &found, &suite, world, moment)?;
        let Some(Given { records, control }) = order else {
            let waits_for_approval =
                matches!((&row.state, &self.command), (State::Proposed(_), Command::Issue));
            let command = if waits_for_approval { &Command::Lapse } else { &self.command };
            let (_, events) = settle::apply(&row, command, &context, world, entries)?;
            return Ok(Done::of(events.len()));
        };
        // Everything else is decided; from here on it is written.
        if let (Some(prepared), Some(proposal)) = (&self.prepared, row.state.proposal()) {
            anonymised::keep(prepared, proposal, &self.rulebook, now, world, entries)?;
        }
        world.controls.put(control.id, control);
        // The row in which a longer schedule, or news of the contract, that comes at the same time is met.
        let promised = world.promises.get(row.contract).cloned();
        world.promises.put(row.contract, promised.unwrap_or_else(|| Promised::new(row.contract)));
        let (_, events) = settle::apply(&row, &self.command, &context, world, entries)?;
        for (before, decided, moved) in records {
            for (version, event) in decided.numbered(before.version) {
                let citations = decided.citations.clone();
                entries.append(publish::record::record(&before, version, event, citations));
            }
            // What opens at the same time about the person is met in their row, what is placed on the record itself in the record's.
            if let Some(person) = before.participant {
                person::meet(world, person, (before.contract, before.organisation));
            }
            world.records.put(moved.id, moved);
        }
        Ok(Done::of(events.len()))
    }
}

/// What is decided of an order before any of it is written.
struct Given {
    records: Vec<records::Step>,
    control: ControlRow,
}

impl MoveOn {
    /// Whether the order would be given at this moment, were the set ready that its records make: whoever makes it ready asks first.
    ///
    /// # Errors
    /// What keeps it from being given, and passes.
    pub(crate) fn would_order(&self, world: &World, now: Timestamp) -> Result<bool, Refusal> {
        let row = self.row(world)?;
        let found = settle::judged(&row, world, &self.rulebook, Moment::at(now));
        Ok(self.order(&row, &found, world, now)?.is_some())
    }

    fn row(&self, world: &World) -> Result<Disposal, Refusal> {
        let row = world.disposals.get(self.disposal).cloned();
        row.ok_or_else(|| Refusal::NotFound { name: self.disposal.name() })
    }

    /// The order, where this is the moment to give it; nothing is changed yet.
    fn order(
        &self,
        row: &Disposal,
        found: &Found,
        world: &World,
        now: Timestamp,
    ) -> Result<Option<Given>, Refusal> {
        let moment = Moment::at(now);
        if matches!(row.state, State::Proposed(_)) && self.command == Command::Issue {
            return Ok(None);
        }
        if !self.issues(row, found, world, moment)? {
            return Ok(None);
        }
        // Whoever asks does so between two looks at the clock, and it may have jumped since the last (reliability threat 31).
        if self.trust.is_broken(world.seen, now) {
            return Err(Refusal::DateInDoubt);
        }
        // Nor is anything ordered by hours that nobody saw pass: it would be ordered without them, too.
        let witnessed = Moment::at(self.trust.witnessed(world.seen, now));
        if witnessed.today < moment.today {
            let then = settle::judged(row, world, &self.rulebook, witnessed);
            if !self.issues(row, &then, world, witnessed).unwrap_or(false) {
                return Err(Refusal::DateInDoubt);
            }
        }
        let records = self.orders(row, world, moment)?;
        let most_a_day = settle::basis(row, world, &self.rulebook)?.pack.practice.disposals_a_day.value;
        let control = take(row, world, records.len(), most_a_day, moment)?;
        Ok(Some(Given { records, control }))
    }

    /// Whether the rules of the disposal have it ordered at a moment.
    fn issues(&self, row: &Disposal, found: &Found, world: &World, moment: Moment) -> Result<bool, Refusal> {
        let suite = Actor::suite();
        let context = self.context(row, found, &suite, world, moment)?;
        let decided = Decided::<disposal::Rules>::by(&row.state, &self.command, &context)?;
        Ok(decided.events.iter().any(|event| matches!(event, Event::DisposalIssued { .. })))
    }

    fn context<'a>(
        &'a self,
        row: &Disposal,
        found: &'a Found,
        suite: &'a Actor,
        world: &World,
        moment: Moment,
    ) -> Result<Context<'a>, Refusal> {
        Ok(Context {
            today: moment.today,
            actor: suite,
            pack: settle::basis(row, world, &self.rulebook)?.pack,
            calendars: &self.rulebook.calendars,
            by_delegate: false,
            found: Some(found),
        })
    }

    /// What the records come to now. A set that is not what two people agreed on is a record that changed.
    fn found(&self, row: &Disposal, world: &World, moment: Moment) -> Found {
        let found = settle::judged(row, world, &self.rulebook, moment)?;
        match row.state.proposal() {
            Some(proposal) if !anonymised::is_as_agreed(proposal, self.prepared.as_ref()) => {
                Err(proposal.items.first().map_or(RecordId::new(row.id.uuid()), |item| item.record))
            }
            Some(_) | None => Ok(found),
        }
    }

    /// Decides the order of each record, by the rules of each.
    fn orders(&self, row: &Disposal, world: &World, moment: Moment) -> Result<Vec<records::Step>, Refusal> {
        let (Some(proposal), Some(approval)) = (row.state.proposal(), row.state.approval()) else {
            return Ok(Vec::new());
        };
        let order = record::Command::Order(record::Order {
            disposal: row.id,
            digest: proposal.digest.clone(),
            proposed_by: proposal.proposed_by.subject.clone(),
            approved_by: approval.by.subject.clone(),
            method: proposal.method,
            anonymised_in: self.prepared.as_ref().map(|prepared| prepared.record),
        });
        let one = |item: &disposal::Item| {
            let before = world.records.get(item.record).cloned();
            let before = before.ok_or_else(|| Refusal::NotFound { name: item.record.name() })?;
            records::weigh(before, &order, world, &self.rulebook, moment)
        };
        proposal.items.iter().map(one).collect()
    }
}

/// Takes the records from what may be ordered today; refuses while someone has stopped it, or the date is in doubt.
fn take(
    row: &Disposal,
    world: &World,
    records: usize,
    most_a_day: u32,
    moment: Moment,
) -> Result<ControlRow, Refusal> {
    let id = control_of(row.organisation);
    settle::not_stopped(world, id)?;
    let suite = Actor::suite();
    let control = world.controls.get(id).cloned().unwrap_or_else(|| ControlRow::new(id));
    let context = control::Context { today: moment.today, actor: &suite, control: id, most_a_day };
    let records = u32::try_from(records).unwrap_or(u32::MAX);
    let take = control::Command::Take { records };
    let decided = Decided::<Control>::by(&control.state, &take, &context)?;
    Ok(ControlRow { state: decided.state, ..control })
}
