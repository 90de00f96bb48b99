//! What happened to a complaint, as its journal has it.

use jiff::civil::Date;
use prost_reflect::{DynamicMessage, ReflectMessage as _, Value};
use redress_chassis::wire;
use redress_journal::Content;
use redress_kernel::london_date;
use redress_proto::{complaints::v1 as proto, r#type::v1 as common};

use crate::store::complaint::Complaint;

const CIVIL_DATE: &str = "redress.type.v1.CivilDate";

/// An entry of the journal as an entry of a timeline, without its note.
pub(crate) fn entry(content: &Content, row: &Complaint) -> proto::TimelineEntry {
    let event = event(content);
    let recorded = content.record_time.and_then(|at| at.timestamp().ok());
    let day = event.as_ref().and_then(happened_on).or_else(|| recorded.map(london_date));
    proto::TimelineEntry {
        version: content.version,
        r#type: content.entry_type.rsplit('.').next().unwrap_or_default().to_owned(),
        occurrence: Some(common::Occurrence {
            record_time: recorded.map(wire::timestamp),
            happened_on: day.map(wire::date),
        }),
        actor: Some(common::Actor {
            organisation: match content.actor_organisation.as_str() {
                "" => String::new(),
                organisation => format!("organisations/{organisation}"),
            },
            subject: content.actor_subject.clone(),
        }),
        citations: content.citations.iter().map(|short| citation(short, row)).collect(),
        details: event.as_ref().map(details).unwrap_or_default(),
        journal_entry_id: content.entry_id.clone(),
        note: String::new(),
    }
}

/// The event, by the name under which it was written; none for one that this contract does not know.
fn event(content: &Content) -> Option<DynamicMessage> {
    let descriptor = redress_proto::pool().get_message_by_name(&content.entry_type)?;
    DynamicMessage::decode(descriptor, content.payload.as_slice()).ok()
}

/// Fields of events that tell the day on which it happened, the more telling first.
const HAPPENED: [&str; 13] = [
    "on",
    "received_on",
    "told_on",
    "acknowledged_on",
    "done_on",
    "issued_on",
    "requested_on",
    "notified_on",
    "returned_on",
    "withdrawn_on",
    "closed_on",
    "opens_on",
    "due_on",
];

/// The day on which it happened; none where the event tells of none but that of its recording.
fn happened_on(event: &DynamicMessage) -> Option<Date> {
    HAPPENED.iter().find_map(|name| event.get_field_by_name(name).and_then(|value| date(&value)))
}

fn date(value: &Value) -> Option<Date> {
    let message = value.as_message().filter(|message| message.descriptor().full_name() == CIVIL_DATE)?;
    wire::read_date(&message.transcode_to::<common::CivilDate>().ok()?)
}

/// What the event says, field by field: identifiers, dates and enum values.
fn details(event: &DynamicMessage) -> Vec<common::CitationInput> {
    let shown = |(field, value): (prost_reflect::FieldDescriptor, &Value)| {
        let value = show(&field, value)?;
        Some(common::CitationInput { name: field.name().to_owned(), value })
    };
    event.fields().filter_map(shown).collect()
}

fn show(field: &prost_reflect::FieldDescriptor, value: &Value) -> Option<String> {
    Some(match value {
        Value::Bool(value) => value.to_string(),
        Value::I32(value) => value.to_string(),
        Value::I64(value) => value.to_string(),
        Value::U32(value) => value.to_string(),
        Value::U64(value) => value.to_string(),
        Value::String(value) => value.clone(),
        Value::EnumNumber(number) => {
            let known = field.kind().as_enum().and_then(|kind| kind.get_value(*number));
            known.map_or_else(|| number.to_string(), |value| value.name().to_owned())
        }
        Value::Message(message) => date(value).map_or_else(
            || {
                let parts = message.fields().filter_map(|(field, value)| show(&field, value));
                parts.collect::<Vec<_>>().join(" ")
            },
            |date| date.to_string(),
        ),
        Value::List(values) => {
            values.iter().filter_map(|value| show(field, value)).collect::<Vec<_>>().join(", ")
        }
        // The contract's events have none of these.
        Value::F32(_) | Value::F64(_) | Value::Bytes(_) | Value::Map(_) => return None,
    })
}

/// A short citation of the journal, such as `CMP-07 (J0 7.04)`, under the pack pinned on the case.
fn citation(short: &str, row: &Complaint) -> common::Citation {
    let (rule, source) = short.split_once(" (").unwrap_or((short, ""));
    let (document, paragraph) = source.trim_end_matches(')').split_once(' ').unwrap_or_default();
    let pack = row.state.case().map(|case| &case.file.pack).filter(|_| !document.is_empty());
    common::Citation {
        rule: rule.to_owned(),
        pack: pack.map(|pack| pack.id.clone()).unwrap_or_default(),
        pack_version: pack.map(|pack| pack.version.clone()).unwrap_or_default(),
        document: document.to_owned(),
        paragraph: paragraph.to_owned(),
        inputs: Vec::new(),
    }
}
