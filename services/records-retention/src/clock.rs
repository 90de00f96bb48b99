//! Whether the clock can be believed. It is held against when it was last looked at, by whatever process, and against the other clock of this
//! process, which tells no time and only measures how long something takes (reliability threat 31).

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};

/// Whether the clock moved further ahead than the service may have been away since it was last looked at.
pub(crate) fn jumped_ahead(seen: Option<Timestamp>, now: Timestamp, most: Duration) -> bool {
    seen.is_some_and(|seen| now.duration_since(seen) > signed(most))
}

/// Whether it moved back further than it may between two looks.
pub(crate) fn jumped_back(seen: Option<Timestamp>, now: Timestamp, most: Duration) -> bool {
    seen.is_some_and(|seen| seen.duration_since(now) > signed(most))
}

/// How long nobody looked at the clock before a process that looks for the first time; none of it where that is no longer than `most`.
pub(crate) fn unwitnessed(seen: Option<Timestamp>, now: Timestamp, most: Duration) -> SignedDuration {
    let away = seen.map_or(SignedDuration::ZERO, |seen| now.duration_since(seen));
    if away > signed(most) { away } else { SignedDuration::ZERO }
}

/// What is known of the looks that any process took at the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The last, if there was one.
    pub(crate) at: Option<Timestamp>,
    /// How long nobody looked, all in all, since a person confirmed the date.
    pub(crate) unwitnessed: SignedDuration,
}

/// A look at both clocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    at: Timestamp,
    measured: Instant,
}

impl Look {
    /// At this moment, of which the clock says that it is `at`.
    #[expect(clippy::disallowed_methods, reason = "the clock that tells the time is held against it")]
    pub(crate) fn at(at: Timestamp) -> Self {
        Self { at, measured: Instant::now() }
    }

    /// Whether the clock moved otherwise since `before` than time passed, and by more than `most`.
    pub(crate) fn jumped_since(self, before: Self, most: Duration) -> bool {
        let passed = signed(self.measured.duration_since(before.measured));
        let moved = self.at.duration_since(before.at);
        moved.checked_sub(passed).is_none_or(|otherwise| otherwise.abs() > signed(most))
    }
}

/// The last look of this process. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch(Arc<Mutex<Option<Look>>>);

impl Watch {
    /// The last look, if there was one.
    pub(crate) fn last(&self) -> Option<Look> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a look, of which everything is written down that it found.
    pub(crate) fn keep(&self, look: Look) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(look);
    }
}

/// How far a command believes the clock, which may have jumped since the last look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trust {
    /// How long the service may have been away.
    pub(crate) longest_gap: Duration,
    /// How far the clock may move otherwise than time passes.
    pub(crate) largest_jump: Duration,
    /// The last look of this process.
    pub(crate) before: Option<Look>,
}

impl Trust {
    /// Whether the clock jumped since it was last looked at, by this process or by whatever process.
    pub(crate) fn is_broken(self, seen: Seen, now: Timestamp) -> bool {
        let jumped = |before| Look::at(now).jumped_since(before, self.largest_jump);
        jumped_ahead(seen.at, now, self.longest_gap) || self.before.is_some_and(jumped)
    }

    /// The time as far as somebody saw it pass. While nobody looked the clock may have jumped by as much as it says that passed, so none of
    /// that counts: what ends by this time ends late, and never early (reliability threat 31).
    pub(crate) fn witnessed(self, seen: Seen, now: Timestamp) -> Timestamp {
        let before_this_process = match self.before {
            Some(_) => SignedDuration::ZERO,
            None => unwitnessed(seen.at, now, self.largest_jump),
        };
        let unwitnessed = seen.unwitnessed.saturating_add(before_this_process);
        now.checked_sub(unwitnessed).unwrap_or(Timestamp::MIN)
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_saw_pass_has_not_passed() {
        let at = |hours| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours);
        let (longest_gap, largest_jump) = (Duration::from_hours(168), Duration::from_mins(5));
        let trust = |before| Trust { longest_gap, largest_jump, before };
        let looked = Some(Look::at(at(100)));
        let seen = |hours, unwitnessed| Seen {
            at: Some(at(hours)),
            unwitnessed: SignedDuration::from_hours(unwitnessed),
        };
        for (seen, before, witnessed) in [
            (Seen::default(), None, 100),
            // Another process looked just now.
            (seen(100, 0), None, 100),
            // Nobody did for two and a half days, and this process has not looked yet.
            (seen(40, 0), None, 40),
            (seen(40, 10), None, 30),
            // It has: what it found is written down.
            (seen(100, 60), looked, 40),
            // A clock that went back is not what this is about.
            (seen(110, 0), None, 100),
        ] {
            assert_eq!(trust(before).witnessed(seen, at(100)), at(witnessed), "{seen:?} {before:?}");
        }
    }

    #[test]
    fn time_that_passes_is_no_jump_and_any_other_is() {
        let before = Look::at(Timestamp::UNIX_EPOCH);
        let most = Duration::from_mins(5);
        // An hour in which nobody looked, and what the clock made of it.
        let hour = Duration::from_hours(1);
        for (seconds, jumped) in [
            (3_600, false),
            (3_600 + 300, false),
            (3_600 - 300, false),
            (3_600 + 301, true),
            (3_600 - 301, true),
            (0, true),
            (3_600 + 86_400, true),
            (-3_600, true),
            (3_600 * 24 * 365 * 10, true),
        ] {
            let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
            let now = Look { at, measured: before.measured + hour };
            assert_eq!(now.jumped_since(before, most), jumped, "{seconds} s in an hour");
        }
    }
}
