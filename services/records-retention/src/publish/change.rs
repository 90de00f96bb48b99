//! Events of changes of schedules, and of what was promised of a contract's records.

use jiff::civil::Date;
use records_retention_domain::{
    ContractId,
    change::{Amendment, Event},
};
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_proto::records_retention::v1 as proto;

use crate::{convert::change as convert, render::disposal::actor, store::change::Change};

/// An event of a change as it is after it. Where its reasons are written down stays with it.
pub(crate) fn change(row: &Change, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let about =
        About { kind: "scheduleChanges", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::ScheduleChangeMade(it) => {
            let message = proto::ScheduleChangeMade {
                schedule_change: it.id.name(),
                contract: it.contract.name(),
                kind: convert::kind(&it.amendment).into(),
                agreed_months: months(&it.amendment),
                end_on: end_on(&it.amendment).map(wire::date),
                reason: convert::reason(it.reason).into(),
                digest: it.digest.as_str().to_owned(),
                made_by: Some(actor(&it.proposed_by)),
                made_on: Some(wire::date(it.proposed_on)),
            };
            entry(about, &message, citations)
        }
        Event::ScheduleChangeProposed(it) => {
            let message = proto::ScheduleChangeProposed {
                schedule_change: it.id.name(),
                contract: it.contract.name(),
                kind: convert::kind(&it.amendment).into(),
                agreed_months: months(&it.amendment),
                end_on: end_on(&it.amendment).map(wire::date),
                reason: convert::reason(it.reason).into(),
                digest: it.digest.as_str().to_owned(),
                proposed_by: Some(actor(&it.proposed_by)),
                proposed_on: Some(wire::date(it.proposed_on)),
                approve_until: Some(wire::date(it.approve_until)),
            };
            entry(about, &message, citations)
        }
        Event::ScheduleChangeApproved { digest, approval } => {
            let message = proto::ScheduleChangeApproved {
                digest: digest.as_str().to_owned(),
                approved_by: Some(actor(&approval.by)),
                approved_on: Some(wire::date(approval.on)),
                cooling_until: Some(wire::date(approval.cooling_until)),
            };
            entry(about, &message, citations)
        }
        Event::ScheduleChangeApplied { on } => {
            let contract = row.contract.name();
            entry(about, &proto::ScheduleChangeApplied { contract, on: Some(wire::date(*on)) }, citations)
        }
        Event::ScheduleChangeVoided { obstacle, on, by } => {
            let message = proto::ScheduleChangeVoided {
                obstacle: convert::obstacle(*obstacle).into(),
                on: Some(wire::date(*on)),
                by: by.as_ref().map(actor),
            };
            entry(about, &message, citations)
        }
    }
}

/// A contract told a last day that does not count yet.
pub(crate) fn withheld(contract: ContractId, version: i64, told: Date, kept: Date) -> Draft {
    let about = About { kind: "promises", id: contract.uuid(), version, contract: Some(contract.uuid()) };
    let message = proto::ContractEndWithheld {
        contract: contract.name(),
        told_end_on: Some(wire::date(told)),
        kept_end_on: Some(wire::date(kept)),
    };
    entry(about, &message, vec!["RET-01".to_owned()])
}

fn months(amendment: &Amendment) -> i32 {
    match amendment {
        Amendment::Period(agreed) => agreed.months.into(),
        Amendment::ContractEnd { .. } => 0,
    }
}

fn end_on(amendment: &Amendment) -> Option<Date> {
    match amendment {
        Amendment::Period(_) => None,
        Amendment::ContractEnd { end_on, .. } => Some(*end_on),
    }
}
