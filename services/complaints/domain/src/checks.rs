//! Checks of what was sent, collected so that everything wrong is said at once.

use jiff::civil::Date;
use redress_kernel::Violation;

use crate::{Refusal, refusal::field};

/// The breaches found so far.
#[derive(Debug, Default)]
pub(crate) struct Checks(Vec<Violation>);

impl Checks {
    /// Notes a breach unless `holds`.
    pub(crate) fn require(&mut self, holds: bool, field: &str, reason: &'static str, description: &str) {
        if !holds {
            self.0.push(Violation::new(field, reason, description));
        }
    }

    /// A day in the past or today.
    pub(crate) fn not_future(&mut self, field: &str, on: Date, today: Date) {
        self.require(on <= today, field, field::DATE_IN_FUTURE, "must not lie in the future");
    }

    /// A day of the case: not before it was received, not in the future.
    pub(crate) fn of_case(&mut self, field: &str, on: Date, received_on: Date, today: Date) {
        self.not_future(field, on, today);
        self.require(
            on >= received_on,
            field,
            field::BEFORE_RECEIPT,
            "must not lie before the day of receipt",
        );
    }

    /// A day that follows another.
    pub(crate) fn not_before(&mut self, field: &str, on: Date, earlier: Date, what: &str) {
        if on < earlier {
            self.0.push(Violation::new(field, field::TOO_EARLY, format!("must not lie before {what}")));
        }
    }

    /// Notes breaches found elsewhere.
    pub(crate) fn add(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    /// Refuses with every breach.
    pub(crate) fn done(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.0)) }
    }
}
