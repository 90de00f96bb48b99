//! Changes of schedules: what changes, who agreed to it, and from when it holds.

use redress_proto::{
    records_retention::v1::{ScheduleChange, ScheduleChangeStage},
    r#type::v1::Actor,
};

use super::{Fields, Grid, Screen, Tone, date, word};

/// Changes as rows.
pub fn list(screen: Screen, changes: &[ScheduleChange]) -> String {
    let mut grid =
        Grid::new(screen, &["change", "stage", "what", "proposed", "approve by", "applied"]).whole(0);
    for change in changes {
        let (tone, stage) = stage(change);
        grid.row([
            (Tone::Strong, word::id(&change.name).to_owned()),
            (tone, stage),
            (Tone::Plain, what(change)),
            (Tone::Plain, date::shown(change.proposed_on.as_ref())),
            (Tone::Plain, date::shown(change.approve_until.as_ref())),
            (Tone::Plain, date::shown(change.applied_on.as_ref())),
        ]);
    }
    if grid.is_empty() { "no changes".to_owned() } else { grid.text() }
}

/// One change.
pub fn show(screen: Screen, change: &ScheduleChange) -> String {
    let (tone, stage) = stage(change);
    let cooling = change.cooling.as_ref().and_then(|cooling| cooling.due_on.as_ref());
    let agreement = change.agreed_retention.as_ref();
    let agreement = agreement.map(|agreed| {
        format!("{} of {}", agreed.agreement_reference, date::shown(agreed.agreed_on.as_ref()))
    });
    let mut fields = Fields::new(screen);
    fields
        .add("change", &change.name)
        .add_toned(tone, "stage", stage)
        .add("because", word::of_value(change.obstacle().as_str_name(), "SCHEDULE_CHANGE_OBSTACLE_"))
        .add("contract", &change.contract)
        .add("what", what(change))
        .add("agreement", agreement.unwrap_or_default())
        .add("for", word::of_value(change.reason().as_str_name(), "SCHEDULE_CHANGE_REASON_"))
        .add("reasons in", &change.reference)
        .add("digest", &change.digest)
        .add("proposed", whom(change.proposed_by.as_ref(), &date::shown(change.proposed_on.as_ref())))
        .add("approve by", date::shown(change.approve_until.as_ref()))
        .add("approved", whom(change.approved_by.as_ref(), &date::shown(change.approved_on.as_ref())))
        .add("cools until", date::shown(cooling))
        .add("applied", date::shown(change.applied_on.as_ref()))
        .add("etag", &change.etag);
    fields.text()
}

fn what(change: &ScheduleChange) -> String {
    match &change.agreed_retention {
        Some(agreed) => format!("{} months after the end of the contract", agreed.months),
        None => format!("counted from {}", date::shown(change.end_on.as_ref())),
    }
}

fn stage(change: &ScheduleChange) -> (Tone, String) {
    let stage = word::of_value(change.stage().as_str_name(), "SCHEDULE_CHANGE_STAGE_");
    let tone = match change.stage() {
        ScheduleChangeStage::Applied => Tone::Good,
        ScheduleChangeStage::Void => Tone::Faint,
        ScheduleChangeStage::Unspecified | ScheduleChangeStage::Proposed | ScheduleChangeStage::Approved => {
            Tone::Strong
        }
    };
    (tone, stage)
}

/// When, and by whom.
fn whom(actor: Option<&Actor>, on: &str) -> String {
    match actor {
        Some(actor) if !on.is_empty() => format!("{on} by {}", actor.subject),
        Some(_) | None => on.to_owned(),
    }
}
