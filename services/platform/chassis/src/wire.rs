//! Kernel values as the shared messages of the contract, and back.

use jiff::{Timestamp, civil::Date};
use redress_kernel::Citation;
use redress_policy::Computed;
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

/// A computed date with its derivation as its message.
pub fn deadline(computed: &Computed) -> proto::Deadline {
    proto::Deadline {
        kind: computed.kind.name().to_owned(),
        due_on: Some(date(computed.due_on)),
        warn_on: Some(date(computed.warn_on)),
        start_on: Some(date(computed.start_on)),
        calendar_version: computed.calendar_version.clone(),
        derivation: computed
            .steps
            .iter()
            .map(|step| proto::DerivationStep { on: Some(date(step.on)), note: step.note.clone() })
            .collect(),
        citations: vec![citation(&computed.citation)],
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
