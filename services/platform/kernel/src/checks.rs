//! Checks of what was sent, collected so that everything wrong is said at once.

use jiff::civil::Date;

use crate::Violation;

/// A day in the future.
pub const DATE_IN_FUTURE: &str = "DATE_IN_FUTURE";
/// A day before the thing it belongs to was received.
pub const BEFORE_RECEIPT: &str = "BEFORE_RECEIPT";
/// A day before the one it must follow.
pub const TOO_EARLY: &str = "TOO_EARLY";

/// The breaches found so far.
#[derive(Debug, Default)]
pub struct Checks(Vec<Violation>);

impl Checks {
    /// Notes a breach unless `holds`.
    pub fn require(&mut self, holds: bool, field: &str, reason: &'static str, description: &str) {
        if !holds {
            self.0.push(Violation::new(field, reason, description));
        }
    }

    /// A day in the past or today.
    pub fn not_future(&mut self, field: &str, on: Date, today: Date) {
        self.require(on <= today, field, DATE_IN_FUTURE, "must not lie in the future");
    }

    /// A day of the case: not before it was received, not in the future.
    pub fn of_case(&mut self, field: &str, on: Date, received_on: Date, today: Date) {
        self.not_future(field, on, today);
        self.require(on >= received_on, field, BEFORE_RECEIPT, "must not lie before the day of receipt");
    }

    /// A day that follows another.
    pub fn not_before(&mut self, field: &str, on: Date, earlier: Date, what: &str) {
        if on < earlier {
            self.0.push(Violation::new(field, TOO_EARLY, format!("must not lie before {what}")));
        }
    }

    /// Notes a breach found elsewhere.
    pub fn add(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    /// Every breach, if there is one.
    pub fn done(self) -> Result<(), Vec<Violation>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}
