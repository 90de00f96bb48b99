//! Reading what another service recorded. What cannot be read is the entry's own fault, and a person's to look at.

use jiff::civil::Date;
use prost::Message;
use redress_journal::{entry::Entry, subscription::HandleFault};
use redress_kernel::{Id, id::Noun};
use redress_proto::r#type::v1::CivilDate;

use crate::wire;

/// The payload of an entry.
pub fn payload<M: Message + Default>(entry: &Entry) -> Result<M, HandleFault> {
    M::decode(entry.content.payload.as_slice()).map_err(|_| poison("the payload cannot be read"))
}

/// A name.
pub fn name<K: Noun>(name: &str) -> Result<Id<K>, HandleFault> {
    Id::parse_name(name).map_err(|_| poison("a name is none"))
}

/// A name, or nothing where it is empty.
pub fn optional_name<K: Noun>(text: &str) -> Result<Option<Id<K>>, HandleFault> {
    if text.is_empty() { Ok(None) } else { name(text).map(Some) }
}

/// A date that is always there.
pub fn date(date: Option<&CivilDate>) -> Result<Date, HandleFault> {
    date.and_then(wire::read_date).ok_or_else(|| poison("a date is none"))
}

/// A date that may be left out.
pub fn optional_date(date: Option<&CivilDate>) -> Result<Option<Date>, HandleFault> {
    date.map(|date| self::date(Some(date))).transpose()
}

/// The entry cannot be acted on, for this reason.
pub fn poison(why: &str) -> HandleFault {
    HandleFault::Poison(why.to_owned())
}
