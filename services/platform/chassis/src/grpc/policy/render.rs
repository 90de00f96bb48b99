//! Values of policy as messages.

use jiff::civil::Date;
use redress_policy::{
    Calendar, Clock, ClockKind, Document, Pack, PackRef, Source, Term, Unit,
    deadline::{Roll, Stated},
    overlay::Breach,
    pack::{Applies, Duty, Entry, Standing},
};
use redress_proto::{policy::v1 as proto, r#type::v1 as types};

use crate::wire;

pub(super) fn reference(reference: &PackRef) -> proto::PackReference {
    proto::PackReference { id: reference.id.clone(), version: reference.version.clone() }
}

/// A pack without what it says.
pub(super) fn summary(pack: &Pack) -> proto::Pack {
    proto::Pack {
        reference: Some(reference(&pack.reference)),
        programme: pack.programme.clone(),
        title: pack.title.clone(),
        person: pack.person.clone(),
        applies: Some(applies(pack, &pack.applies)),
        documents: Vec::new(),
        rules: Vec::new(),
        duties: Vec::new(),
        clocks: Vec::new(),
    }
}

/// A pack with everything.
pub(super) fn pack(pack: &Pack, documents: &[Document]) -> proto::Pack {
    proto::Pack {
        documents: documents
            .iter()
            .filter(|document| pack.documents.contains(&document.key))
            .map(document_of)
            .collect(),
        rules: pack.entries().iter().map(|entry| rule(pack, entry)).collect(),
        duties: pack.duties.iter().map(|duty| duty_of(pack, duty)).collect(),
        clocks: pack.clocks().iter().map(clock).collect(),
        ..summary(pack)
    }
}

fn applies(pack: &Pack, applies: &Applies) -> proto::Applicability {
    proto::Applicability {
        territory: applies.territory.iter().map(|one| wire::division(*one).into()).collect(),
        territory_stated: applies.territory_stated,
        calendar: wire::division(applies.calendar).into(),
        contracts_from: applies.contracts_from.map(wire::date),
        contracts_before: applies.contracts_before.map(wire::date),
        in_force_from: applies.in_force_from.map(wire::date),
        withdrawn_on: applies.withdrawn_on.map(wire::date),
        successor: applies.successor.clone().unwrap_or_default(),
        citation: Some(cite(pack, &applies.source)),
    }
}

fn document_of(document: &Document) -> proto::Document {
    proto::Document {
        key: document.key.clone(),
        title: document.title.clone(),
        updated_on: document.updated_on.map(wire::date),
        withdrawn_on: document.withdrawn_on.map(wire::date),
        coverage: document.coverage.clone(),
    }
}

fn rule(pack: &Pack, entry: &Entry) -> proto::PackRule {
    let standing = match entry.standing {
        Standing::Stated => proto::Standing::Stated,
        Standing::Silent => proto::Standing::Silent,
        Standing::Unknown => proto::Standing::Unknown,
        Standing::Practice => proto::Standing::Practice,
    };
    proto::PackRule {
        name: entry.name.to_owned(),
        rule: entry.rule.to_owned(),
        standing: standing.into(),
        text: entry.text.clone(),
        citation: entry.source.as_ref().map(|source| cite(pack, source)),
    }
}

fn duty_of(pack: &Pack, duty: &Duty) -> proto::Duty {
    proto::Duty {
        actor: duty.actor.slug().to_owned(),
        text: duty.text.clone(),
        citation: Some(cite(pack, &duty.source)),
    }
}

fn cite(pack: &Pack, source: &Source) -> types::Citation {
    wire::citation(&pack.cite(source))
}

fn clock(clock: &Clock) -> proto::Clock {
    proto::Clock {
        kind: kind(clock.kind).into(),
        term: Some(term(clock.term)),
        allowance: clock.allowance.map(term),
        open_to_working_day: clock.roll == Roll::OpenToWorkingDay,
        stated_may_shorten: clock.stated == Stated::MayShorten,
        stated_may_extend: clock.stated == Stated::MayExtend,
        citation: Some(wire::citation(&clock.citation)),
    }
}

fn kind(kind: ClockKind) -> proto::ClockKind {
    proto::ClockKind::from_str_name(&format!("CLOCK_KIND_{}", kind.name())).unwrap_or_default()
}

fn term(term: Term) -> proto::Term {
    let unit = match term.unit {
        Unit::WorkingDays => proto::TermUnit::WorkingDays,
        Unit::CalendarDays => proto::TermUnit::CalendarDays,
        Unit::Weeks => proto::TermUnit::Weeks,
        Unit::Months => proto::TermUnit::Months,
        Unit::Years => proto::TermUnit::Years,
    };
    proto::Term { amount: term.amount.into(), unit: unit.into() }
}

/// A calendar as someone saw it who asked on `known_on`.
pub(super) fn calendar(calendar: &Calendar, known_on: Date) -> proto::Calendar {
    let holidays = calendar
        .holidays
        .iter()
        .filter(|holiday| holiday.known_on(known_on))
        .map(|holiday| proto::Holiday {
            on: Some(wire::date(holiday.on)),
            name: holiday.name.clone(),
            substitute: holiday.substitute,
            known_from: holiday.known_from.map(wire::date),
        })
        .collect();
    proto::Calendar {
        division: wire::division(calendar.division).into(),
        version: calendar.version_known_on(known_on).to_owned(),
        covers_from: Some(wire::date(calendar.covers_from)),
        covers_until: Some(wire::date(calendar.covers_until)),
        extend_from: Some(wire::date(calendar.extend_from())),
        holidays,
    }
}

pub(super) fn breach(breach: &Breach) -> proto::OverlayBreach {
    proto::OverlayBreach {
        field: breach.violation.field.clone(),
        reason: breach.violation.reason.to_owned(),
        description: breach.violation.description.clone(),
        citation: Some(wire::citation(&breach.citation)),
    }
}
