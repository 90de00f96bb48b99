//! How far the calendars reach.

use std::sync::Arc;

use opentelemetry::{KeyValue, metrics::Meter};
use redress_kernel::Clock;
use redress_policy::{Calendars, Division};

use super::catalogue::CALENDAR_COVERAGE;

/// Tells for each division how many days of its calendar are left.
pub(crate) fn tell(meter: &Meter, calendars: Arc<Calendars>, clock: Arc<dyn Clock>) {
    meter
        .i64_observable_gauge(CALENDAR_COVERAGE.name)
        .with_description(CALENDAR_COVERAGE.meaning)
        .with_callback(move |gauge| {
            let today = clock.today();
            for division in Division::ALL {
                let left = calendars.get(division).covers_until - today;
                gauge.observe(left.get_days().into(), &[KeyValue::new("division", division.to_string())]);
            }
        })
        .build();
}
