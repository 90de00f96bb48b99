//! What is told to those who watch: cases under way, limits that come and limits that passed.

use std::collections::BTreeMap;

use complaints_domain::complaint::StageName;
use futures::future::BoxFuture;
use redress_chassis::{
    Service as _,
    telemetry::{
        APPROVALS_WAITING, Breaches, CASES_OPEN, DEADLINES_OPEN, DEADLINES_OVERDUE, Figure, Limits, Looked,
        Measure, Whose,
    },
};
use redress_policy::ClockKind;

use crate::{app::App, service::Complaints, store};

/// The gauges of this service.
pub(crate) const MEASURES: &[&Measure] =
    &[&CASES_OPEN, &DEADLINES_OPEN, &DEADLINES_OVERDUE, &APPROVALS_WAITING];

/// Clocks that limit the complainant: that they pass is nobody's fault.
const OF_THE_PERSON: [ClockKind; 3] =
    [ClockKind::Escalation, ClockKind::IceWindow, ClockKind::IceWindowByPost];

/// Looks the figures up.
pub(crate) fn of(app: App) -> impl Fn() -> BoxFuture<'static, Looked> + Send + Sync + 'static {
    move || Box::pin(look(app.clone()))
}

async fn look(app: App) -> Looked {
    let mut tx = app.desk.parts.database.read().await?;
    let open = store::figures::open(&mut tx).await?;
    drop(tx);
    let mut limits = Limits::on(app.desk.today(), &app.rulebook.calendars);
    let (mut stages, mut waiting) = (BTreeMap::<&str, i64>::new(), 0);
    for cases in open {
        limits.add(&cases.kind, whose(&cases.kind), cases.due_on, cases.tier, cases.cases);
        *stages.entry(cases.stage.as_str()).or_default() += cases.cases;
        if cases.stage == StageName::DraftPendingApproval {
            waiting += cases.cases;
        }
    }
    let mut figures = limits.figures();
    figures.push(Figure::new(&APPROVALS_WAITING, waiting));
    figures.extend(
        stages.into_iter().map(|(stage, cases)| Figure::new(&CASES_OPEN, cases).with("stage", stage)),
    );
    Ok(figures)
}

fn whose(kind: &str) -> Whose {
    if OF_THE_PERSON.iter().any(|known| known.name() == kind) { Whose::Person } else { Whose::Provider }
}

/// Counts breaches as they are recorded.
pub(crate) fn breaches(app: &App) -> Breaches {
    Breaches::of(
        Complaints::NAME,
        &app.desk.parts.meter,
        ClockKind::ALL.into_iter().filter(|kind| binds(*kind)),
    )
}

/// Whether a clock of this kind can bind a provider in this service, so that it is counted from the start.
fn binds(kind: ClockKind) -> bool {
    matches!(
        kind,
        ClockKind::Acknowledgement
            | ClockKind::Step
            | ClockKind::StageResponse
            | ClockKind::EightWeekRight
            | ClockKind::IceCorrespondence
            | ClockKind::ReopenedSteps
            | ClockKind::DataProtectionAcknowledgement
    )
}
