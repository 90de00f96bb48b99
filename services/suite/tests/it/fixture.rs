//! Values that many tests look at.

use jiff::civil::{Date, date};
use redress::present::{self, Screen};
use redress_proto::{
    complaints::v1::{
        Clock, ClockState, Complaint, ComplianceFlag, EarlyAccess, EarlyAccessState, Letter, LetterKind,
        LetterState, Outcome, Stage, Statement, Step, Subject, TimelineEntry,
    },
    supply_chain::v1::PackReference,
    r#type::v1::Channel,
    r#type::v1::{Actor, Citation, CitationInput, CivilDate, Deadline, DerivationStep, Occurrence},
};

/// The day on which everything is shown.
pub(crate) const TODAY: Date = date(2024, 2, 24);

/// A plain screen.
pub(crate) fn screen(width: u16) -> Screen {
    Screen { width, colour: false, today: TODAY }
}

#[expect(clippy::unnecessary_wraps, reason = "fields of messages are optional")]
pub(crate) fn on(year: i16, month: i8, day: i8) -> Option<CivilDate> {
    Some(present::date::wire(date(year, month, day)))
}

pub(crate) fn cite(rule: &str, document: &str, paragraph: &str) -> Citation {
    Citation {
        rule: rule.to_owned(),
        pack: "jets-scotland".to_owned(),
        pack_version: "2022-02-25".to_owned(),
        document: document.to_owned(),
        paragraph: paragraph.to_owned(),
        inputs: vec![CitationInput { name: "received_on".to_owned(), value: "2024-01-02".to_owned() }],
    }
}

/// Eight weeks from 2 January 2024 (domain 7.3).
pub(crate) fn eight_weeks() -> Deadline {
    Deadline {
        kind: "EIGHT_WEEK_RIGHT".to_owned(),
        due_on: on(2024, 2, 27),
        warn_on: on(2024, 2, 20),
        start_on: on(2024, 1, 2),
        calendar_version: "scotland/2026-08-21@2024-01-01".to_owned(),
        derivation: vec![
            DerivationStep { on: on(2024, 1, 2), note: "received; not counted".to_owned() },
            DerivationStep { on: on(2024, 2, 27), note: "end of week 8".to_owned() },
        ],
        citations: vec![cite("CMP-08", "J0", "7.01")],
    }
}

fn clock(
    kind: &str,
    due: Option<CivilDate>,
    state: ClockState,
    met: Option<CivilDate>,
    rule: Citation,
) -> Clock {
    Clock {
        deadline: Some(Deadline {
            kind: kind.to_owned(),
            due_on: due,
            citations: vec![rule],
            ..Deadline::default()
        }),
        state: state.into(),
        met_on: met,
        original_due_on: None,
    }
}

/// A case that was answered late at its first stage and is at its second.
pub(crate) fn case() -> Complaint {
    let own = Citation {
        rule: "CMP-06".to_owned(),
        document: "J0".to_owned(),
        paragraph: "7.01".to_owned(),
        ..Citation::default()
    };
    Complaint {
        name: "complaints/0190c2f6-7d5e-7000-8000-000000000001".to_owned(),
        case_reference: "C-7K3M-9QXD".to_owned(),
        participant: "participants/0190c2f6-7d5e-7000-8000-000000000002".to_owned(),
        contract: "contracts/0190c2f6-7d5e-7000-8000-000000000003".to_owned(),
        respondents: vec!["organisations/5c0e0003-0000-4000-8000-000000000003".to_owned()],
        organisation: "organisations/5c0e0002-0000-4000-8000-000000000002".to_owned(),
        reference: "EXAMPLE-1-CASE".to_owned(),
        received_on: on(2024, 1, 2),
        channel: Channel::Telephone.into(),
        subject: Subject::Service.into(),
        formal: true,
        statement: Some(Statement {
            narrative: "Three appointments were cancelled and nobody told me.".to_owned(),
            ..Statement::default()
        }),
        stage: Stage::AtStage.into(),
        stage_number: 2,
        pack: Some(PackReference { id: "jets-scotland".to_owned(), version: "2022-02-25".to_owned() }),
        procedure: "procedures/0190c2f6-7d5e-7000-8000-000000000004".to_owned(),
        handler: "officer-1".to_owned(),
        clocks: vec![
            clock("STAGE_RESPONSE", on(2024, 2, 22), ClockState::Breached, None, own.clone()),
            Clock { deadline: Some(eight_weeks()), state: ClockState::Running.into(), ..Clock::default() },
            clock("STAGE_RESPONSE", on(2024, 1, 17), ClockState::MetLate, on(2024, 1, 19), own.clone()),
            clock("ACKNOWLEDGEMENT", on(2024, 1, 5), ClockState::Met, on(2024, 1, 3), own),
        ],
        steps: vec![
            Step {
                stage_number: 1,
                id: "call-complainant".to_owned(),
                title: "Speak to the person who complained".to_owned(),
                done_on: on(2024, 1, 8),
                evidence: vec!["documents/0190c2f6-7d5e-7000-8000-000000000005".to_owned()],
                ..Step::default()
            },
            Step {
                stage_number: 2,
                id: "senior-review".to_owned(),
                title: "Have a senior manager look at it afresh".to_owned(),
                evidence_required: true,
                ..Step::default()
            },
        ],
        early_access: Some(EarlyAccess {
            state: EarlyAccessState::NotYet.into(),
            opens_on: on(2024, 2, 28),
            citations: vec![cite("CMP-08", "J0", "7.01")],
        }),
        letters: vec![Letter {
            name: "letters/0190c2f6-7d5e-7000-8000-000000000006".to_owned(),
            kind: LetterKind::StageResponse.into(),
            stage_number: 1,
            state: LetterState::Issued.into(),
            digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
            outcome: Outcome::PartiallyUpheld.into(),
            issued_on: on(2024, 1, 19),
            ..Letter::default()
        }],
        flags: vec![ComplianceFlag {
            code: "FIRST_CONTACT_NOT_EXPLAINED".to_owned(),
            since: on(2024, 1, 2),
            citations: vec![cite("CMP-02", "J0", "7.02")],
        }],
        etag: "3".to_owned(),
        ..Complaint::default()
    }
}

/// The beginning of its timeline.
pub(crate) fn timeline() -> Vec<TimelineEntry> {
    vec![
        TimelineEntry {
            version: 1,
            r#type: "ComplaintRegistered".to_owned(),
            occurrence: Some(Occurrence { record_time: None, happened_on: on(2024, 1, 2) }),
            actor: Some(Actor { organisation: String::new(), subject: "officer-1".to_owned() }),
            citations: vec![cite("CMP-01", "J0", "7.02"), cite("CMP-08", "J0", "7.01")],
            details: vec![
                CitationInput { name: "contract".to_owned(), value: "contracts/0190c2f6".to_owned() },
                CitationInput { name: "channel".to_owned(), value: "CHANNEL_IN_PERSON".to_owned() },
                CitationInput { name: "entry_stage".to_owned(), value: "1".to_owned() },
            ],
            ..TimelineEntry::default()
        },
        TimelineEntry {
            version: 2,
            r#type: "EarlyAccessOpened".to_owned(),
            occurrence: Some(Occurrence { record_time: None, happened_on: on(2024, 2, 28) }),
            citations: vec![cite("CMP-08", "J0", "7.01")],
            ..TimelineEntry::default()
        },
    ]
}
