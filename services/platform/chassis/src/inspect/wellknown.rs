//! Messages whose parts only make sense together: civil dates, instants, lengths of time.

use super::{
    fault::Fault,
    schema::Special,
    wire::{Malformed, Reader, Value},
};

/// 1900-01-01T00:00:00Z and the last second of 2200.
const SECONDS: std::ops::RangeInclusive<i64> = -2_208_988_800..=7_289_654_399;
/// What `google.protobuf.Duration` allows.
const LONGEST: i64 = 315_576_000_000;

/// Checks one such message; `None` is no fault.
pub(super) fn check(special: Special, bytes: &[u8]) -> Result<Option<Fault>, Malformed> {
    Ok(match special {
        Special::None => None,
        Special::CivilDate => {
            let [year, month, day] = numbers(bytes)?.map(narrow);
            let date = (1900..=2200).contains(&year)
                && i16::try_from(year)
                    .ok()
                    .zip(i8::try_from(month).ok())
                    .zip(i8::try_from(day).ok())
                    .is_some_and(|((year, month), day)| jiff::civil::Date::new(year, month, day).is_ok());
            (!date).then_some(Fault::NotDate)
        }
        Special::Timestamp => {
            let [seconds, nanos, _] = numbers(bytes)?;
            let instant = SECONDS.contains(&seconds) && (0..1_000_000_000).contains(&narrow(nanos));
            (!instant).then_some(Fault::NotInstant)
        }
        Special::Duration => {
            let [seconds, nanos, _] = numbers(bytes)?;
            let nanos = i64::from(narrow(nanos));
            let one_sign = seconds.signum() * nanos.signum() >= 0;
            let span = (-LONGEST..=LONGEST).contains(&seconds) && nanos.abs() < 1_000_000_000 && one_sign;
            (!span).then_some(Fault::NotDuration)
        }
    })
}

/// The decoder keeps the low 32 bits of an `int32`, so this does, too.
#[expect(clippy::cast_possible_truncation, reason = "that is how the decoder reads it")]
const fn narrow(value: i64) -> i32 {
    value as i32
}

/// Fields 1 to 3 as numbers; fields that are not there are zero.
fn numbers(bytes: &[u8]) -> Result<[i64; 3], Malformed> {
    let (mut reader, mut numbers) = (Reader::new(bytes), [0; 3]);
    while let Some((number, value)) = reader.field()? {
        let slot = numbers.get_mut(number as usize - 1);
        match (slot, value) {
            (Some(slot), Value::Varint(value)) => *slot = value.cast_signed(),
            (Some(_), _) => return Err(Malformed),
            (None, _) => {}
        }
    }
    Ok(numbers)
}
