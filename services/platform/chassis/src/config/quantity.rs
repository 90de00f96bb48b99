//! Durations and sizes as people write them: `10s`, `5m`, `64KiB`.

use std::time::Duration;

/// Reads `500ms`, `10s`, `5m`, `2h` or `7d`.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = split(text)?;
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    number.checked_mul(millis).map(Duration::from_millis)
}

/// Writes a duration so that [`duration`] reads it back.
pub(crate) fn show_duration(value: Duration) -> String {
    const DAY: u128 = 86_400_000;
    let millis = value.as_millis();
    if millis >= DAY && millis.is_multiple_of(DAY) {
        return format!("{}d", millis / DAY);
    }
    if millis.is_multiple_of(1_000) { format!("{}s", millis / 1_000) } else { format!("{millis}ms") }
}

/// Reads `512`, `512B`, `64KiB`, `4MiB` or `1GiB`.
pub(crate) fn bytes(text: &str) -> Option<u64> {
    let (number, unit) = split(text)?;
    let factor = match unit {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(factor)
}

fn split(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..digits].parse().ok()?, text[digits..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_as_people_write_them() {
        assert_eq!(duration("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(duration("2 h"), Some(Duration::from_hours(2)));
        assert_eq!(show_duration(Duration::from_hours(48)), "2d");
        assert_eq!(show_duration(Duration::from_hours(12)), "43200s");
        assert_eq!(bytes("64KiB"), Some(65_536));
        assert_eq!(bytes("17"), Some(17));
    }

    #[test]
    fn a_quantity_without_a_known_unit_is_refused() {
        for wrong in
            ["", "s", "10", "10 weeks", "-1s", "1.5s", "99999999999999999999s", "18446744073709551615d"]
        {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
        for wrong in ["", "KiB", "10KB", "-1", "18446744073709551615GiB"] {
            assert_eq!(bytes(wrong), None, "{wrong}");
        }
    }
}
