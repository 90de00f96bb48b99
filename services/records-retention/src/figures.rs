//! What is told to those who watch: what is kept too long, what is kept for ever, holds that nobody looked at again, disposals that
//! wait, people who wait for an answer, sets to be judged again, and last days that wait for two people. Each figure costs what it counts, not what is stored.

use futures::future::BoxFuture;
use jiff::civil::Date;
use redress_chassis::telemetry::{
    ANONYMITY_REVIEWS_DUE, CONTRACT_ENDS_WITHHELD, DISPOSALS_OPEN, DISPOSALS_WAITING, ERASURES_OPEN, Figure,
    HOLDS_PAST_REVIEW, Looked, Measure, OVER_RETENTION, RECORDS_DUE, RECORDS_WITHOUT_BASIS,
};

use crate::{app::App, store::figures};

/// The gauges of this service.
pub(crate) const MEASURES: &[&Measure] = &[
    &RECORDS_DUE,
    &OVER_RETENTION,
    &RECORDS_WITHOUT_BASIS,
    &HOLDS_PAST_REVIEW,
    &DISPOSALS_OPEN,
    &DISPOSALS_WAITING,
    &ERASURES_OPEN,
    &ANONYMITY_REVIEWS_DUE,
    &CONTRACT_ENDS_WITHHELD,
];

/// Stages of which there is always a figure, so that an alert is not blind to the first.
const STAGES: [&str; 4] = ["PROPOSED", "APPROVED", "ORDERED", "HALTED"];

/// Looks the figures up.
pub(crate) fn of(app: App) -> impl Fn() -> BoxFuture<'static, Looked> + Send + Sync + 'static {
    move || Box::pin(look(app.clone()))
}

async fn look(app: App) -> Looked {
    let today = app.desk.today();
    let mut tx = app.desk.parts.database.read().await?;
    let free = figures::due(&mut tx, figures::SELECT_DUE, today).await?;
    let held = figures::due(&mut tx, figures::SELECT_DUE_HELD, today).await?;
    let review = figures::past_review(&mut tx, today).await?;
    let without_basis = figures::without_basis(&mut tx).await?;
    let disposals = figures::disposals(&mut tx).await?;
    let asked = figures::erasures(&mut tx, today).await?;
    let judge = figures::to_judge(&mut tx, today).await?;
    let withheld = figures::withheld(&mut tx).await?;
    drop(tx);
    let mut told = vec![
        Figure::new(&RECORDS_DUE, free.records).with("held", "no"),
        Figure::new(&RECORDS_DUE, held.records).with("held", "yes"),
        Figure::new(&OVER_RETENTION, free.oldest.map_or(0, |oldest| days(oldest, today))),
        Figure::new(&RECORDS_WITHOUT_BASIS, without_basis),
        Figure::new(&HOLDS_PAST_REVIEW, review),
        Figure::new(&ERASURES_OPEN, asked.waiting - asked.soon - asked.late).with("answer", "later"),
        Figure::new(&ERASURES_OPEN, asked.soon).with("answer", "soon"),
        Figure::new(&ERASURES_OPEN, asked.late).with("answer", "late"),
        Figure::new(&ANONYMITY_REVIEWS_DUE, judge),
        Figure::new(&CONTRACT_ENDS_WITHHELD, withheld.alone).with("change", "no"),
        Figure::new(&CONTRACT_ENDS_WITHHELD, withheld.under_way).with("change", "yes"),
    ];
    for stage in STAGES {
        let open = disposals.iter().find(|open| open.stage == stage);
        let (count, since) = open.map_or((0, None), |open| (open.disposals, open.since));
        told.push(Figure::new(&DISPOSALS_OPEN, count).with("stage", stage));
        let waiting = since.map_or(0, |since| days(since, today));
        told.push(Figure::new(&DISPOSALS_WAITING, waiting).with("stage", stage));
    }
    Ok(told)
}

/// Whole days from one to the other.
fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
