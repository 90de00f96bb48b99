//! Messages into values of the domain, everything wrong at once.
//!
//! The inspector has checked each field on its own before the message was decoded; here is what is left: turning a checked
//! field into a value, and rules between fields. A fault names the field as the contract does.

use jiff::civil::Date;
use redress_kernel::{Id, Violation, id::Noun, text};
use redress_proto::r#type::v1::CivilDate;
use uuid::Uuid;

use crate::wire;

/// Collects what is wrong with a message while its values are taken out.
#[derive(Debug, Default)]
pub struct Parse {
    violations: Vec<Violation>,
}

impl Parse {
    /// Nothing wrong yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records what is wrong with a field.
    pub fn fault(&mut self, field: &str, reason: &'static str, description: &str) {
        self.violations.push(Violation::new(field, reason, description));
    }

    /// The id in a resource name.
    pub fn name<K: Noun>(&mut self, field: &str, name: &str) -> Option<Id<K>> {
        match Id::parse_name(name) {
            Ok(id) => Some(id),
            Err(invalid) => {
                self.fault(field, "INVALID_NAME", &invalid.to_string());
                None
            }
        }
    }

    /// The id in a resource name that may be left out.
    pub fn optional_name<K: Noun>(&mut self, field: &str, name: &str) -> Option<Id<K>> {
        if name.is_empty() { None } else { self.name(field, name) }
    }

    /// The ids in a list of resource names.
    pub fn names<K: Noun>(&mut self, field: &str, names: &[String]) -> Vec<Id<K>> {
        names.iter().enumerate().filter_map(|(at, name)| self.name(&format!("{field}[{at}]"), name)).collect()
    }

    /// A date that must be there.
    pub fn date(&mut self, field: &str, date: Option<&CivilDate>) -> Option<Date> {
        let read = self.optional_date(field, date);
        if date.is_none() {
            self.fault(field, "REQUIRED", "must be set");
        }
        read
    }

    /// A date that may be left out.
    pub fn optional_date(&mut self, field: &str, date: Option<&CivilDate>) -> Option<Date> {
        let date = date?;
        let read = wire::read_date(date);
        if read.is_none() {
            self.fault(field, "INVALID_DATE", "must be a day of the calendar");
        }
        read
    }

    /// A bare UUID that may be left out.
    pub fn optional_uuid(&mut self, field: &str, uuid: &str) -> Option<Uuid> {
        if uuid.is_empty() {
            return None;
        }
        let read = Uuid::try_parse(uuid).ok();
        if read.is_none() {
            self.fault(field, "INVALID_UUID", "must be a UUID");
        }
        read
    }

    /// A choice that must have been made.
    pub fn chosen<T>(&mut self, field: &str, choice: Option<T>) -> Option<T> {
        if choice.is_none() {
            self.fault(field, "REQUIRED", "must be one of the documented values");
        }
        choice
    }

    /// A message that must be there.
    pub fn message<'m, M>(&mut self, field: &str, message: Option<&'m M>) -> Option<&'m M> {
        if message.is_none() {
            self.fault(field, "REQUIRED", "must be set");
        }
        message
    }

    /// The value, if nothing was wrong; all that was, otherwise.
    pub fn finish<T>(mut self, value: Option<T>) -> Result<T, Vec<Violation>> {
        match value {
            Some(value) if self.violations.is_empty() => Ok(value),
            Some(_) | None => {
                if self.violations.is_empty() {
                    self.fault("(body)", "INVALID", "is not complete");
                }
                Err(self.violations)
            }
        }
    }
}

/// A reference in its one form; nothing when left out.
pub fn reference(text: &str) -> Option<String> {
    Some(text::canonical_reference(text)).filter(|canonical| !canonical.is_empty())
}

/// Text as it is kept; nothing when left out.
pub fn optional_text(text: &str) -> Option<String> {
    Some(text::normalise(text)).filter(|text| !text.is_empty())
}
