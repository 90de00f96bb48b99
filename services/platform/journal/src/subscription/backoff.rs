//! Pauses between attempts: exponential, with full jitter, so that what failed together does not come back together.

use std::time::Duration;

/// The pause after so many failed attempts: anything up to the first pause doubled with each further attempt.
pub(super) fn pause(attempts: i64, first: Duration, longest: Duration, drawn: u64) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(30);
    let most = first.saturating_mul(1 << doublings).min(longest);
    let most = u64::try_from(most.as_micros()).unwrap_or(u64::MAX - 1);
    Duration::from_micros(drawn % (most + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Duration = Duration::from_millis(100);
    const LONGEST: Duration = Duration::from_mins(1);

    #[test]
    fn pauses_double_up_to_the_longest_and_never_exceed_it() {
        for (attempts, most) in
            [(0, 100), (1, 100), (2, 200), (3, 400), (10, 51_200), (11, 60_000), (99, 60_000)]
        {
            let most = Duration::from_millis(most);
            let drawn = u64::try_from(most.as_micros()).expect("small");
            assert_eq!(pause(attempts, FIRST, LONGEST, drawn), most, "{attempts}");
            assert_eq!(pause(attempts, FIRST, LONGEST, drawn + 1), Duration::ZERO, "{attempts}");
        }
    }
}
