//! Payments for a report, as they are told: late, again, in any order, and corrected.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::PaymentId;

/// A payment as one telling has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Which payment.
    pub id: PaymentId,
    /// Which telling: the highest counts.
    pub revision: u16,
    /// Day on which it was received.
    pub received_on: Date,
    /// Whether the report is paid for in full with it.
    pub completes: bool,
    /// Whether it turned out not to be one.
    pub withdrawn: bool,
}

/// Every payment as it is last told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Payments(BTreeMap<PaymentId, Payment>);

/// What a telling adds to what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It counts from now on.
    Counts,
    /// It is known, or a later telling is.
    Known,
    /// It contradicts what was told under the same revision.
    Contradicts,
}

impl Payments {
    /// What a telling adds.
    pub fn news(&self, told: &Payment) -> News {
        match self.0.get(&told.id) {
            Some(known) if known == told || told.revision < known.revision => News::Known,
            Some(known) if told.revision == known.revision => News::Contradicts,
            None | Some(_) => News::Counts,
        }
    }

    /// Takes in a telling; the highest revision of each payment counts, whatever the order (L38).
    pub fn learn(&mut self, told: Payment) {
        if self.news(&told) == News::Counts {
            self.0.insert(told.id, told);
        }
    }

    /// The day on which payment in full was received: the earliest of those that complete it, because the guidance
    /// limits how long a report may be kept (RET-03). A part payment sets no clock running (Q12).
    pub fn received_on(&self) -> Option<Date> {
        let complete = self.0.values().filter(|payment| payment.completes && !payment.withdrawn);
        complete.map(|payment| payment.received_on).min()
    }

    /// Each payment.
    pub fn iter(&self) -> impl Iterator<Item = &Payment> {
        self.0.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
