//! One report in its anonymised form, walked along the descriptors.

use std::collections::BTreeSet;

use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, ReflectMessage as _, Value};
use records_retention_domain::anonymised::Coarseness;

use super::treatment::{Treatment, is_free, treatment};

const DATE: &str = "redress.type.v1.CivilDate";

/// A report in its anonymised form, and what became of its fields, by their paths.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// The form itself.
    pub(crate) message: DynamicMessage,
    /// Fields that were taken out.
    pub(crate) removed: BTreeSet<String>,
    /// Fields that became coarser.
    pub(crate) generalised: BTreeSet<String>,
    /// Everything that still narrows down, by which reports fall into groups.
    pub(crate) group: Vec<(String, String)>,
    /// Coded special categories that stay, and their values.
    pub(crate) guarded: Vec<(String, String)>,
    /// Texts that name someone and were taken out, to be looked for in what stays.
    pub(crate) taken: Vec<String>,
}

/// The anonymised form of a report.
pub(crate) fn form(report: &DynamicMessage, coarseness: Coarseness) -> Form {
    let mut form = Form {
        message: DynamicMessage::new(report.descriptor()),
        removed: BTreeSet::new(),
        generalised: BTreeSet::new(),
        group: Vec::new(),
        guarded: Vec::new(),
        taken: Vec::new(),
    };
    let mut into = DynamicMessage::new(report.descriptor());
    form.walk(report, &mut into, "", coarseness);
    form.message = into;
    form
}

impl Form {
    /// Fields that this program does not know are not taken along: they were never declared.
    fn walk(
        &mut self,
        from: &DynamicMessage,
        into: &mut DynamicMessage,
        before: &str,
        coarseness: Coarseness,
    ) {
        for (field, value) in from.fields() {
            let path = if before.is_empty() {
                field.name().to_owned()
            } else {
                format!("{before}.{}", field.name())
            };
            match treatment(&field) {
                Treatment::Keep => self.keep(&field, value, into, &path, coarseness),
                Treatment::Guard => {
                    self.guarded.push((path, shown(value)));
                    into.set_field(&field, value.clone());
                }
                Treatment::Generalise => match coarser(&field, value, coarseness) {
                    Some(value) => {
                        self.group.push((path.clone(), shown(&value)));
                        self.generalised.insert(path);
                        into.set_field(&field, value);
                    }
                    None => {
                        self.removed.insert(path);
                    }
                },
                Treatment::Forget => {
                    collect_texts(value, &mut self.taken);
                    self.removed.insert(path);
                }
                Treatment::Remove => {
                    self.removed.insert(path);
                }
            }
        }
    }

    /// What says nothing about a person stays; a message is looked into.
    fn keep(
        &mut self,
        field: &FieldDescriptor,
        value: &Value,
        into: &mut DynamicMessage,
        path: &str,
        coarseness: Coarseness,
    ) {
        let mut inner = |message: &DynamicMessage| {
            let mut inside = DynamicMessage::new(message.descriptor());
            self.walk(message, &mut inside, path, coarseness);
            inside
        };
        let kept = if let Value::Message(message) = value {
            Value::Message(inner(message))
        } else if let (Value::List(items), Kind::Message(_)) = (value, field.kind()) {
            let items = items.iter().filter_map(Value::as_message).map(|item| Value::Message(inner(item)));
            Value::List(items.collect())
        } else {
            value.clone()
        };
        into.set_field(field, kept);
    }
}

/// A coarser value of what narrows down; nothing where it has to go.
fn coarser(field: &FieldDescriptor, value: &Value, coarseness: Coarseness) -> Option<Value> {
    if field.is_map() {
        return None;
    }
    if field.is_list() {
        let is_coded = matches!(field.kind(), Kind::String) && !is_free(field);
        return is_coded.then(|| codes(value, coarseness)).flatten();
    }
    match coarseness {
        Coarseness::Gone => None,
        Coarseness::Quarter | Coarseness::Year => match field.kind() {
            Kind::Message(message) if message.full_name() == DATE => {
                Some(Value::Message(period(value.as_message()?, coarseness)?))
            }
            Kind::Int32 if coarseness == Coarseness::Quarter => {
                Some(Value::I32(i32::try_from(leading(value.as_i32()?.into())).ok()?))
            }
            Kind::Int64 if coarseness == Coarseness::Quarter => Some(Value::I64(leading(value.as_i64()?))),
            Kind::String if coarseness == Coarseness::Quarter => area(value.as_str()?).map(Value::String),
            Kind::Enum(_) if coarseness == Coarseness::Quarter => Some(value.clone()),
            // What cannot be made coarser goes.
            Kind::Double
            | Kind::Float
            | Kind::Int32
            | Kind::Int64
            | Kind::Uint32
            | Kind::Uint64
            | Kind::Sint32
            | Kind::Sint64
            | Kind::Fixed32
            | Kind::Fixed64
            | Kind::Sfixed32
            | Kind::Sfixed64
            | Kind::Bool
            | Kind::String
            | Kind::Bytes
            | Kind::Message(_)
            | Kind::Enum(_) => None,
        },
    }
}

/// Codes as a set: in which order they were written, and how often, is nobody's business. One that is coarser is the first word of the other.
fn codes(value: &Value, coarseness: Coarseness) -> Option<Value> {
    let coarser = |code: &str| match coarseness {
        Coarseness::Quarter => Some(code.to_owned()),
        Coarseness::Year => code.split('-').next().map(str::to_owned),
        Coarseness::Gone => None,
    };
    let codes = value.as_list()?.iter().map(|code| code.as_str().and_then(coarser));
    let codes = codes.collect::<Option<BTreeSet<String>>>()?;
    Some(Value::List(codes.into_iter().map(Value::String).collect()))
}

/// The first day of the quarter or year that a date lies in.
fn period(date: &DynamicMessage, coarseness: Coarseness) -> Option<DynamicMessage> {
    let mut first = date.clone();
    let month = date.get_field_by_name("month")?.as_i32()?;
    let from = match coarseness {
        Coarseness::Quarter => (month - 1).div_euclid(3) * 3 + 1,
        Coarseness::Year | Coarseness::Gone => 1,
    };
    first.set_field_by_name("month", Value::I32(from));
    first.set_field_by_name("day", Value::I32(1));
    Some(first)
}

/// A number rounded down to its leading digit.
fn leading(number: i64) -> i64 {
    let mut unit = 1_i64;
    while number / unit >= 10 {
        unit *= 10;
    }
    number / unit * unit
}

/// The area of a postcode: the letters it begins with.
fn area(postcode: &str) -> Option<String> {
    let letters: String = postcode
        .trim()
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    (1..=2).contains(&letters.len()).then_some(letters)
}

/// A value as a word of a group's key.
fn shown(value: &Value) -> String {
    value.to_string()
}

/// Every text in a value.
fn collect_texts(value: &Value, texts: &mut Vec<String>) {
    if let Some(text) = value.as_str() {
        texts.push(text.to_owned());
    } else if let Some(message) = value.as_message() {
        for (_, inner) in message.fields() {
            collect_texts(inner, texts);
        }
    } else if let Some(items) = value.as_list() {
        for item in items {
            collect_texts(item, texts);
        }
    }
}
