//! Records as callers see them.

use records_retention_domain::{
    Actor, Hold, Matter, Payment, Refusal,
    record::{Context, File, Part, State, Term, Tombstone, retention, stage},
};
use redress_chassis::{etag, wire};
use redress_kernel::{Id, Moment};
use redress_policy::Rulebook;
use redress_proto::records_retention::v1 as proto;

use super::{
    anonymised::set as render_set,
    disposal::{actor, count},
};
use crate::{
    command::record::{Basis, basis_of, context},
    convert,
    store::record::Record,
    world::World,
};

/// A record as a command answers it. The answer is kept for repetitions of the request: it holds nothing of the caller's own
/// words, not even references, because it outlives the record.
pub(crate) fn answer(
    row: &Record,
    world: &World,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<proto::Record, Refusal> {
    let basis = basis_of(row, world, rulebook)?;
    let mut answer = whole(row, &basis, rulebook, moment, wire::Telling::Dates)?;
    answer.reference = String::new();
    for hold in &mut answer.holds {
        hold.authority = String::new();
    }
    Ok(answer)
}

/// A record whole.
pub(crate) fn whole(
    row: &Record,
    basis: &Basis<'_>,
    rulebook: &Rulebook,
    moment: Moment,
    telling: wire::Telling,
) -> Result<proto::Record, Refusal> {
    let suite = Actor::suite();
    let context = context(basis, &suite, rulebook, moment);
    let anonymised = row.state.file().and_then(|file| file.anonymised.as_deref());
    let anonymised = anonymised.map(|set| render_set(set, &context)).transpose()?;
    let bare = proto::Record {
        name: row.id.name(),
        contract: row.contract.name(),
        organisation: row.organisation.name(),
        record_class: convert::class(row.class).into(),
        participant: row.participant.map(Id::name).unwrap_or_default(),
        complaint: row.complaint.map(Id::name).unwrap_or_default(),
        reference: row.reference.clone().unwrap_or_default(),
        stage: convert::stage(stage(&row.state, &context)?).into(),
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
        anonymised,
        ..proto::Record::default()
    };
    Ok(match &row.state {
        State::Unregistered => bare,
        State::Kept(file) => {
            let term = retention(file, &context)?;
            kept(bare, file, &term, &context, telling)
        }
        State::Ordered(ordered) => ended(bare, &ordered.tombstone),
        State::Destroyed(tombstone) => ended(bare, tombstone),
    })
}

fn kept(
    bare: proto::Record,
    file: &File,
    term: &Term,
    context: &Context<'_>,
    telling: wire::Telling,
) -> proto::Record {
    let (retention, gap) = match term {
        Term::Ends { last, .. } => (Some(wire::deadline(last, telling)), None),
        Term::None(gap) => (None, Some(*gap)),
    };
    proto::Record {
        completed_on: file.completed_on.map(wire::date),
        funded_start_on: file.funded_start_on.map(wire::date),
        pack: Some(convert::pack(&file.pack)),
        held: context.is_held(file),
        retention,
        gap: gap.map_or(0, |gap| convert::gap(gap).into()),
        parts: file.parts.iter().map(part).collect(),
        holds: context.holds(file).map(hold).collect(),
        payments: file.payments.iter().map(payment).collect(),
        ..bare
    }
}

fn ended(bare: proto::Record, tombstone: &Tombstone) -> proto::Record {
    proto::Record {
        disposal: tombstone.disposal.name(),
        tombstone: Some(proto::Tombstone {
            record_class: convert::class(tombstone.class).into(),
            rule: Some(wire::citation(&tombstone.rule)),
            due_on: Some(wire::date(tombstone.due_on)),
            ordered_on: Some(wire::date(tombstone.ordered_on)),
            destroyed_on: tombstone.destroyed_on.map(wire::date),
            method: convert::method(tombstone.method).into(),
            disposal: tombstone.disposal.name(),
            proposed_by: tombstone.proposed_by.clone(),
            approved_by: tombstone.approved_by.clone(),
            anonymised_in: tombstone.anonymised_in.map(Id::name).unwrap_or_default(),
        }),
        ..bare
    }
}

fn part(part: &Part) -> proto::Part {
    proto::Part {
        name: part.id.name(),
        holder: convert::holder(part.holder).into(),
        subject: part.subject.clone(),
        added_on: Some(wire::date(part.added_on)),
        readmitted_of: part.readmitted_of.map(Id::name).unwrap_or_default(),
        is_report: part.is_report,
        media_type: part.content.as_ref().map(|content| content.media_type.clone()).unwrap_or_default(),
        size_bytes: part.content.as_ref().map_or(0, |content| content.size_bytes),
        state: part.content.as_ref().map_or(0, |content| convert::state(content).into()),
    }
}

fn hold(hold: &Hold) -> proto::Hold {
    proto::Hold {
        name: hold.id.name(),
        reason: convert::hold_reason(hold.reason).into(),
        placed_by: Some(actor(&hold.placed_by)),
        placed_on: Some(wire::date(hold.placed_on)),
        authority: hold.authority.clone().unwrap_or_default(),
        review_on: Some(wire::date(hold.review_on)),
        holds_until: hold.holds_until.map(wire::date),
        matter: hold.matter.map(Matter::name).unwrap_or_default(),
        released_on: hold.released_on.map(wire::date),
    }
}

/// A payment.
pub(crate) fn payment(payment: &Payment) -> proto::Payment {
    proto::Payment {
        name: payment.id.name(),
        revision: count(payment.revision),
        received_on: Some(wire::date(payment.received_on)),
        completes: payment.completes,
        withdrawn: payment.withdrawn,
    }
}
