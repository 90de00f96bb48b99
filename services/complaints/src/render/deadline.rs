//! Dates with their derivation.

use redress_chassis::wire;
use redress_policy::Computed;
use redress_proto::r#type::v1 as proto;

/// How much of a deadline to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// The dates and the rule. What a command answers is kept for repetitions, and the days in between can be had again.
    Dates,
    /// Every day that mattered, too.
    Derivation,
}

/// A computed date.
pub(crate) fn deadline(computed: &Computed, telling: Telling) -> proto::Deadline {
    let step = |step: &redress_policy::Step| proto::DerivationStep {
        on: Some(wire::date(step.on)),
        note: step.note.clone(),
    };
    proto::Deadline {
        kind: computed.kind.name().to_owned(),
        due_on: Some(wire::date(computed.due_on)),
        warn_on: Some(wire::date(computed.warn_on)),
        start_on: Some(wire::date(computed.start_on)),
        calendar_version: computed.calendar_version.clone(),
        derivation: match telling {
            Telling::Dates => Vec::new(),
            Telling::Derivation => computed.steps.iter().map(step).collect(),
        },
        citations: vec![wire::citation(&computed.citation)],
    }
}
