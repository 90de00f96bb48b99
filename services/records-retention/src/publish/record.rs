//! Events of records.

use jiff::civil::Date;
use prost::Message as _;
use records_retention_domain::{
    Hold, HoldId, Matter, RecordId,
    anonymised::Method,
    record::{Event, Holder, Ordered, Part, Registered, Tombstone},
};
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::{Citation, Id};
use redress_proto::records_retention::v1 as proto;

use crate::{
    convert,
    render::{anonymised::told as told_set, disposal::count, record::payment},
    store::{disposal::Disposal, record::Record},
};

fn about(row: &Record, version: i64) -> About {
    About { kind: "records", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) }
}

/// An event of a record as it was before it.
pub(crate) fn record(row: &Record, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let about = about(row, version);
    match event {
        Event::RecordRegistered(it) => entry(about, &registered(it), citations),
        Event::PartAdded(part) => entry(about, &added(part), citations),
        Event::RecordAttributed { participant } => {
            entry(about, &proto::RecordAttributed { participant: participant.name() }, citations)
        }
        Event::PaymentRecorded(it) => {
            entry(about, &proto::PaymentRecorded { payment: Some(payment(it)) }, citations)
        }
        Event::HoldPlaced(hold) => entry(about, &placed(hold), citations),
        Event::HoldCameLate(hold) => {
            let message = proto::HoldCameLate {
                hold: hold.id.name(),
                reason: convert::hold_reason(hold.reason).into(),
                placed_on: Some(wire::date(hold.placed_on)),
                matter: hold.matter.map(Matter::name).unwrap_or_default(),
            };
            entry(about, &message, citations)
        }
        Event::DisposalRecalled { disposal, on } => {
            let message = proto::DisposalRecalled { disposal: disposal.name(), on: Some(wire::date(*on)) };
            entry(about, &message, citations)
        }
        Event::ErasureReplayed(tombstone) => entry(about, &replayed(tombstone), citations),
        Event::HoldReviewed { hold, review_on } => entry(about, &reviewed(*hold, *review_on), citations),
        Event::HoldReleased { hold, released_on, still_held } => {
            entry(about, &released(*hold, *released_on, *still_held), citations)
        }
        Event::RecordFellDue { due_on, held } => {
            let message = proto::RecordFellDue { due_on: Some(wire::date(*due_on)), held: *held };
            entry(about, &message, citations)
        }
        Event::ReportUnpaid { due_on } => {
            entry(about, &proto::ReportUnpaid { due_on: Some(wire::date(*due_on)) }, citations)
        }
        Event::AnonymityReviewDue { due_on } => {
            entry(about, &proto::AnonymityReviewDue { due_on: Some(wire::date(*due_on)) }, citations)
        }
        Event::AnonymityReviewed { on, still_anonymous } => {
            let message =
                proto::AnonymityReviewed { on: Some(wire::date(*on)), still_anonymous: *still_anonymous };
            entry(about, &message, citations)
        }
        Event::DisposalOrdered { order, due_on, rule, ordered_on } => {
            let parts = row.state.file().map(|file| file.parts.as_slice()).unwrap_or_default();
            let told = Told {
                due_on: *due_on,
                rule,
                ordered_on: *ordered_on,
                disposal: order.disposal,
                method: order.method,
                telling: 0,
                by: (&order.proposed_by, &order.approved_by),
                anonymised_in: order.anonymised_in,
            };
            entry(about, &order_message(row, parts, &told, order.digest.as_str()), citations)
        }
        Event::HolderDone { holder } => {
            entry(about, &proto::HolderDone { holder: convert::holder(*holder).into() }, citations)
        }
        Event::RecordDestroyed { destroyed_on } => {
            let tombstone = row.state.tombstone();
            let text = |of: fn(&Tombstone) -> String| tombstone.map(of).unwrap_or_default();
            let message = proto::RecordDestroyed {
                disposal: text(|tombstone| tombstone.disposal.name()),
                destroyed_on: Some(wire::date(*destroyed_on)),
                proposed_by: text(|tombstone| tombstone.proposed_by.clone()),
                approved_by: text(|tombstone| tombstone.approved_by.clone()),
                method: tombstone.map_or(0, |tombstone| convert::method(tombstone.method).into()),
                anonymised_in: text(|tombstone| tombstone.anonymised_in.map(Id::name).unwrap_or_default()),
            };
            entry(about, &message, citations)
        }
    }
}

fn added(part: &Part) -> proto::PartAdded {
    proto::PartAdded {
        part: part.id.name(),
        holder: convert::holder(part.holder).into(),
        subject: part.subject.clone(),
        added_on: Some(wire::date(part.added_on)),
        readmitted_of: part.readmitted_of.map(Id::name).unwrap_or_default(),
        size_bytes: part.content.as_ref().map_or(0, |content| content.size_bytes),
        state: part.content.as_ref().map_or(0, |content| convert::state(content).into()),
    }
}

pub(super) fn reviewed(hold: HoldId, review_on: Date) -> proto::HoldReviewed {
    proto::HoldReviewed { hold: hold.name(), review_on: Some(wire::date(review_on)) }
}

pub(super) fn released(hold: HoldId, released_on: Date, still_held: bool) -> proto::HoldReleased {
    proto::HoldReleased { hold: hold.name(), released_on: Some(wire::date(released_on)), still_held }
}

pub(super) fn placed(hold: &Hold) -> proto::HoldPlaced {
    proto::HoldPlaced {
        hold: hold.id.name(),
        reason: convert::hold_reason(hold.reason).into(),
        placed_on: Some(wire::date(hold.placed_on)),
        review_on: Some(wire::date(hold.review_on)),
        holds_until: hold.holds_until.map(wire::date),
        matter: hold.matter.map(Matter::name).unwrap_or_default(),
    }
}

fn replayed(tombstone: &Tombstone) -> proto::ErasureReplayed {
    proto::ErasureReplayed {
        disposal: tombstone.disposal.name(),
        due_on: Some(wire::date(tombstone.due_on)),
        ordered_on: Some(wire::date(tombstone.ordered_on)),
        destroyed_on: tombstone.destroyed_on.map(wire::date),
    }
}

/// The order of a record that was ordered already, told again.
pub(crate) fn told_again(row: &Record, ordered: &Ordered, disposal: &Disposal, version: i64) -> Draft {
    let tombstone = &ordered.tombstone;
    let told = Told {
        telling: disposal.state.issued().map_or(0, |issued| count(issued.tellings)),
        ..of_tombstone(tombstone)
    };
    let message = order_message(row, &ordered.parts, &told, &digest(disposal));
    entry(about(row, version), &message, vec![tombstone.rule.short()])
}

/// The order by which a record ended, as the erasure ledger keeps it: without parts, for they are gone.
pub(crate) fn order_of(row: &Record, tombstone: &Tombstone) -> Vec<u8> {
    order_message(row, &[], &of_tombstone(tombstone), "").encode_to_vec()
}

fn of_tombstone(tombstone: &Tombstone) -> Told<'_> {
    Told {
        due_on: tombstone.due_on,
        rule: &tombstone.rule,
        ordered_on: tombstone.ordered_on,
        disposal: tombstone.disposal,
        method: tombstone.method,
        telling: 0,
        by: (&tombstone.proposed_by, &tombstone.approved_by),
        anonymised_in: tombstone.anonymised_in,
    }
}

/// What an order tells beside the parts.
struct Told<'a> {
    due_on: Date,
    rule: &'a Citation,
    ordered_on: Date,
    disposal: records_retention_domain::DisposalId,
    method: Method,
    telling: i32,
    by: (&'a str, &'a str),
    anonymised_in: Option<RecordId>,
}

fn order_message(row: &Record, parts: &[Part], told: &Told<'_>, digest: &str) -> proto::DisposalOrdered {
    proto::DisposalOrdered {
        disposal: told.disposal.name(),
        record: row.id.name(),
        contract: row.contract.name(),
        parts: parts.iter().map(ordered_part).collect(),
        method: convert::method(told.method).into(),
        digest: digest.to_owned(),
        due_on: Some(wire::date(told.due_on)),
        rule: told.rule.short(),
        ordered_on: Some(wire::date(told.ordered_on)),
        telling: told.telling,
        proposed_by: told.by.0.to_owned(),
        approved_by: told.by.1.to_owned(),
        anonymised_in: told.anonymised_in.map(Id::name).unwrap_or_default(),
    }
}

fn digest(disposal: &Disposal) -> String {
    disposal.state.proposal().map(|proposal| proposal.digest.as_str().to_owned()).unwrap_or_default()
}

/// A part as its holder knows it; what lies with the record itself is known by the part's own name.
fn ordered_part(part: &Part) -> proto::OrderedPart {
    let subject = match part.holder {
        Holder::RecordsRetention => part.id.name(),
        Holder::Complaints | Holder::Routing | Holder::IceLiaison => part.subject.clone(),
    };
    proto::OrderedPart { holder: convert::holder(part.holder).into(), subject }
}

fn registered(it: &Registered) -> proto::RecordRegistered {
    proto::RecordRegistered {
        record: it.id.name(),
        contract: it.contract.name(),
        organisation: it.organisation.name(),
        record_class: convert::class(it.class).into(),
        participant: it.participant.map(Id::name).unwrap_or_default(),
        complaint: it.complaint.map(Id::name).unwrap_or_default(),
        completed_on: it.completed_on.map(wire::date),
        funded_start_on: it.funded_start_on.map(wire::date),
        pack: Some(convert::pack(&it.pack)),
        registered_on: Some(wire::date(it.registered_on)),
        anonymised: it.anonymised.as_deref().map(told_set),
    }
}
