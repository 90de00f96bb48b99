//! A provider's own procedure.

use std::fmt::Write as _;

use redress_proto::complaints::v1::{Limit, Procedure, ProcedureStage, TimeUnit};

use super::{Fields, Grid, Screen, Tone, date, word};

/// Procedures, oldest first.
pub fn list(screen: Screen, procedures: &[Procedure]) -> String {
    let mut grid =
        Grid::new(screen, &["procedure", "title", "version", "effective", "stages", "reviewed"]).whole(0);
    for procedure in procedures {
        let reviewed = procedure.reviews.last().and_then(|review| review.reviewed_on.as_ref());
        grid.row([
            (Tone::Plain, word::id(&procedure.name).to_owned()),
            (Tone::Strong, procedure.title.clone()),
            (Tone::Plain, procedure.version.to_string()),
            (Tone::Plain, date::shown(procedure.effective_on.as_ref())),
            (Tone::Plain, procedure.stages.len().to_string()),
            (Tone::Plain, date::shown(reviewed)),
        ]);
    }
    if grid.is_empty() { "no procedures".to_owned() } else { grid.text() }
}

/// One version of a procedure, stage by stage.
pub fn show(screen: Screen, procedure: &Procedure) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("procedure", &procedure.name)
        .add_toned(Tone::Strong, "title", &procedure.title)
        .add("version", procedure.version.to_string())
        .add("organisation", &procedure.organisation)
        .add("contract", &procedure.contract)
        .add("effective", date::shown(procedure.effective_on.as_ref()))
        .add("acknowledge in", limit(procedure.acknowledgement_limit.as_ref()));
    if let Some(pack) = &procedure.pack {
        fields.add("checked against", format!("{} of {}", pack.id, pack.version));
    }
    for review in &procedure.reviews {
        let complete = if review.complete { "" } else { ", documents missing (CMP-10)" };
        fields.add("reviewed", format!("{}{complete}", date::shown(review.reviewed_on.as_ref())));
    }
    let mut parts = vec![fields.text()];
    for (index, stage) in procedure.stages.iter().enumerate() {
        parts.push(one_stage(screen, index + 1, stage));
    }
    parts.join("\n\n")
}

fn one_stage(screen: Screen, number: usize, stage: &ProcedureStage) -> String {
    let mut title = format!("Stage {number}: {}", stage.title);
    if let Some(limit) = stage.response_limit.as_ref() {
        let _ = write!(title, ", answered in {}", self::limit(Some(limit)));
    }
    if let Some(limit) = stage.escalation_limit.as_ref() {
        let then = if stage.silence_closes { ", then closed" } else { "" };
        let _ = write!(title, ", {} to go further{then}", self::limit(Some(limit)));
    }
    let mut grid = Grid::new(screen, &["step", "what", "evidence"]).whole(0);
    for step in &stage.steps {
        let evidence = if step.evidence_required { "required" } else { "" };
        grid.row([
            (Tone::Strong, step.id.clone()),
            (Tone::Plain, step.title.clone()),
            (Tone::Plain, evidence.to_owned()),
        ]);
    }
    format!("{}\n{}", screen.paint(Tone::Strong, &title), grid.text())
}

fn limit(limit: Option<&Limit>) -> String {
    let Some(limit) = limit else { return String::new() };
    let unit = match limit.unit() {
        TimeUnit::Unspecified => "",
        TimeUnit::WorkingDays => "working day",
        TimeUnit::CalendarDays => "day",
        TimeUnit::Weeks => "week",
        TimeUnit::Months => "month",
    };
    word::count(usize::try_from(limit.amount).unwrap_or_default(), unit)
}
