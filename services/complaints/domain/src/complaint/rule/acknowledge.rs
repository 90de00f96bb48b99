//! Records the acknowledgement. With a handler named before, work at the entry stage begins at once.

use jiff::civil::Date;
use redress_kernel::{Checks, Decision};

use super::{Decided, guard};
use crate::{
    Channel,
    complaint::{Case, CommandKind, Context, Event},
};

pub(super) fn decide(case: &Case, acknowledged_on: Date, channel: Channel, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    checks.of_case("acknowledged_on", acknowledged_on, case.file.received_on, context.today);
    checks.done()?;
    guard(case, CommandKind::Acknowledge)?;
    let mut events = vec![Event::ComplaintAcknowledged { acknowledged_on, channel }];
    if case.file.handler.is_some() {
        events.push(Event::StageEntered { stage_number: case.file.entry_stage });
    }
    let because = context.pack.stated(&context.pack.rules.stated_timescales, "CMP-06");
    Ok(Decision { events, because: vec![because] })
}
