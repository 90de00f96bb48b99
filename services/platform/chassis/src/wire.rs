//! Kernel values as the shared messages of the contract, and back.

use jiff::{Timestamp, civil::Date};
use redress_kernel::{Channel, Citation};
use redress_policy::{Computed, Division, Step};
use redress_proto::r#type::v1 as proto;

/// A citation as its message.
pub fn citation(citation: &Citation) -> proto::Citation {
    proto::Citation {
        rule: citation.rule.clone(),
        pack: citation.pack.clone(),
        pack_version: citation.pack_version.clone(),
        document: citation.document.clone(),
        paragraph: citation.paragraph.clone(),
        inputs: citation
            .inputs
            .iter()
            .map(|(name, value)| proto::CitationInput { name: name.clone(), value: value.clone() })
            .collect(),
    }
}

/// How much of a deadline to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Telling {
    /// The dates and the rule. What a command answers is kept for repetitions, and the days in between can be had again.
    Dates,
    /// Every day that mattered, too.
    Derivation,
}

/// A computed date as its message.
pub fn deadline(computed: &Computed, telling: Telling) -> proto::Deadline {
    let step = |step: &Step| proto::DerivationStep { on: Some(date(step.on)), note: step.note.to_string() };
    proto::Deadline {
        kind: computed.kind.name().to_owned(),
        due_on: Some(date(computed.due_on)),
        warn_on: Some(date(computed.warn_on)),
        start_on: Some(date(computed.start_on)),
        calendar_version: computed.calendar_version.clone(),
        derivation: match telling {
            Telling::Dates => Vec::new(),
            Telling::Derivation => computed.steps.iter().map(step).collect(),
        },
        citations: vec![citation(&computed.citation)],
    }
}

/// The way in which something reached somebody, as its enum.
pub const fn channel(channel: Channel) -> proto::Channel {
    match channel {
        Channel::InPerson => proto::Channel::InPerson,
        Channel::Telephone => proto::Channel::Telephone,
        Channel::Post => proto::Channel::Post,
        Channel::Email => proto::Channel::Email,
        Channel::Online => proto::Channel::Online,
    }
}

/// The way in which something reached somebody; nothing where none was chosen.
pub fn read_channel(channel: i32) -> Option<Channel> {
    match proto::Channel::try_from(channel).ok()? {
        proto::Channel::Unspecified => None,
        proto::Channel::InPerson => Some(Channel::InPerson),
        proto::Channel::Telephone => Some(Channel::Telephone),
        proto::Channel::Post => Some(Channel::Post),
        proto::Channel::Email => Some(Channel::Email),
        proto::Channel::Online => Some(Channel::Online),
    }
}

/// Whose bank holidays count, as its enum.
pub const fn division(division: Division) -> proto::Division {
    match division {
        Division::EnglandAndWales => proto::Division::EnglandAndWales,
        Division::Scotland => proto::Division::Scotland,
        Division::NorthernIreland => proto::Division::NorthernIreland,
    }
}

/// Whose bank holidays count; nothing where no division was chosen.
pub fn read_division(division: i32) -> Option<Division> {
    match proto::Division::try_from(division).ok()? {
        proto::Division::Unspecified => None,
        proto::Division::EnglandAndWales => Some(Division::EnglandAndWales),
        proto::Division::Scotland => Some(Division::Scotland),
        proto::Division::NorthernIreland => Some(Division::NorthernIreland),
    }
}

/// A civil date as its message.
pub fn date(date: Date) -> proto::CivilDate {
    proto::CivilDate { year: date.year().into(), month: date.month().into(), day: date.day().into() }
}

/// A civil date from its message, which the inspector has checked; `None` when it is no date all the same.
pub fn read_date(date: &proto::CivilDate) -> Option<Date> {
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
        .ok()
}

/// An instant as its message.
pub fn timestamp(instant: Timestamp) -> prost_types::Timestamp {
    let (seconds, nanos) = (instant.as_second(), instant.subsec_nanosecond());
    // The well-known type counts nanoseconds forward from the second, also before 1970.
    if nanos < 0 {
        return prost_types::Timestamp { seconds: seconds - 1, nanos: nanos + 1_000_000_000 };
    }
    prost_types::Timestamp { seconds, nanos }
}

/// An instant from its message; `None` outside what can be kept.
pub fn read_timestamp(instant: &prost_types::Timestamp) -> Option<Timestamp> {
    Timestamp::new(instant.seconds, instant.nanos).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_dates_read_back() {
        for text in ["1969-12-31T23:59:59.5Z", "2026-06-30T23:30:00.000001Z", "1900-01-01T00:00:00Z"] {
            let instant: Timestamp = text.parse().expect("instant");
            let message = timestamp(instant);
            assert!((0..1_000_000_000).contains(&message.nanos));
            assert_eq!(read_timestamp(&message), Some(instant));
        }
        let day = jiff::civil::date(2028, 2, 29);
        assert_eq!(read_date(&date(day)), Some(day));
        assert_eq!(read_date(&proto::CivilDate { year: 2026, month: 2, day: 30 }), None);
    }
}
