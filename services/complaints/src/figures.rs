//! What is told to those who watch: cases under way, limits that come and limits that passed.

use std::collections::BTreeMap;

use complaints_domain::complaint::StageName;
use futures::future::BoxFuture;
use jiff::civil::Date;
use opentelemetry::{KeyValue, metrics::Counter};
use redress_chassis::{
    Service as _,
    telemetry::{
        APPROVALS_WAITING, CASES_OPEN, DEADLINES_BREACHED, DEADLINES_OPEN, DEADLINES_OVERDUE, Figure, Looked,
        Measure, time_left,
    },
};
use redress_policy::{ClockKind, calendar::Basis};

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
    let today = app.desk.today();
    let mut tx = app.desk.parts.database.read().await?;
    let open = store::figures::open(&mut tx).await?;
    drop(tx);
    let mut counts = Counts::default();
    let working = next_working_day(&app, today);
    for cases in open {
        counts.add(&cases, today, working);
    }
    Ok(counts.figures())
}

/// The next day on which offices are open in every part of the UK; tomorrow where the calendars do not reach.
fn next_working_day(app: &App, today: Date) -> Date {
    let view = app.rulebook.calendars.view(Basis::AnyPartOfUk, today);
    view.working_after(today).or_else(|_| today.tomorrow()).unwrap_or(today)
}

#[derive(Default)]
struct Counts {
    stages: BTreeMap<&'static str, i64>,
    due: BTreeMap<(String, &'static str, &'static str), i64>,
    overdue: BTreeMap<(String, i64), i64>,
    waiting: i64,
}

impl Counts {
    fn add(&mut self, open: &store::figures::Open, today: Date, next_working_day: Date) {
        let whose =
            if OF_THE_PERSON.iter().any(|kind| kind.name() == open.kind) { "person" } else { "provider" };
        let left = time_left(open.due_on, today, next_working_day);
        *self.stages.entry(open.stage.as_str()).or_default() += open.cases;
        *self.due.entry((open.kind.clone(), whose, left)).or_default() += open.cases;
        if whose == "provider" && left == "overdue" {
            *self.overdue.entry((open.kind.clone(), open.tier)).or_default() += open.cases;
        }
        if open.stage == StageName::DraftPendingApproval {
            self.waiting += open.cases;
        }
    }

    fn figures(self) -> Vec<Figure> {
        let mut figures = vec![Figure::new(&APPROVALS_WAITING, self.waiting)];
        for (stage, cases) in self.stages {
            figures.push(Figure::new(&CASES_OPEN, cases).with("stage", stage));
        }
        for ((kind, whose, left), cases) in self.due {
            let figure = Figure::new(&DEADLINES_OPEN, cases);
            figures.push(figure.with("kind", kind).with("whose", whose).with("due", left));
        }
        for ((kind, tier), cases) in self.overdue {
            let figure = Figure::new(&DEADLINES_OVERDUE, cases);
            figures.push(figure.with("kind", kind).with("tier", tier.to_string()));
        }
        figures
    }
}

/// Counts breaches as they are recorded.
pub(crate) struct Breaches(Counter<u64>);

impl Breaches {
    pub(crate) fn of(app: &App) -> Self {
        let counter = DEADLINES_BREACHED.counter(&app.desk.parts.meter);
        for kind in ClockKind::ALL.into_iter().filter(|kind| binds(*kind)) {
            counter.add(0, &labels(kind.name()));
        }
        Self(counter)
    }

    /// One more of each of these kinds.
    pub(crate) fn count(&self, kinds: &[String]) {
        for kind in kinds {
            self.0.add(1, &labels(kind));
        }
    }
}

/// Whether a clock of this kind can bind a provider in this service, so that its count begins at nothing and not at one.
fn binds(kind: ClockKind) -> bool {
    matches!(
        kind,
        ClockKind::Acknowledgement
            | ClockKind::Step
            | ClockKind::StageResponse
            | ClockKind::EightWeekRight
            | ClockKind::IceCorrespondence
            | ClockKind::ReopenedSteps
            | ClockKind::JcpContribution
            | ClockKind::ElectedMemberReply
            | ClockKind::DataProtectionAcknowledgement
    )
}

fn labels(kind: &str) -> [KeyValue; 2] {
    [KeyValue::new("service", Complaints::NAME), KeyValue::new("kind", kind.to_owned())]
}
