//! What is told to those who watch: letters of the examiner's that want an answer, recommendations that want doing, and
//! examinations under way.

use futures::future::BoxFuture;
use redress_chassis::telemetry::{
    CASES_OPEN, DEADLINES_OPEN, DEADLINES_OVERDUE, Figure, Limits, Looked, Measure, Whose,
};
use redress_policy::ClockKind;

use crate::{app::App, store::open};

/// The gauges of this service.
pub(crate) const MEASURES: &[&Measure] = &[&CASES_OPEN, &DEADLINES_OPEN, &DEADLINES_OVERDUE];

/// The kind under which recommendations are told; the guidance has no clock of its own for them.
const RECOMMENDATION: &str = "RECOMMENDATION";

/// Looks the figures up.
pub(crate) fn of(app: App) -> impl Fn() -> BoxFuture<'static, Looked> + Send + Sync + 'static {
    move || Box::pin(look(app.clone()))
}

async fn look(app: App) -> Looked {
    let kinds = [
        (ClockKind::IceCorrespondence.name(), open::SELECT_LETTERS),
        (RECOMMENDATION, open::SELECT_RECOMMENDATIONS),
    ];
    let mut limits = Limits::on(app.desk.today(), &app.rulebook.calendars);
    let mut tx = app.desk.parts.database.read().await?;
    for (kind, statement) in kinds {
        for open in open::find(&mut tx, statement).await? {
            limits.add(kind, Whose::Provider, open.due_on, open.tier, open.things);
        }
    }
    let stages = open::stages(&mut tx).await?;
    drop(tx);
    let mut figures = limits.figures();
    figures
        .extend(stages.into_iter().map(|(stage, live)| Figure::new(&CASES_OPEN, live).with("stage", stage)));
    Ok(figures)
}
