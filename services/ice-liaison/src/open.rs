//! What is told to those who watch: letters of the examiner's that want an answer, recommendations that want doing, and
//! examinations under way.

use std::collections::BTreeSet;

use futures::future::BoxFuture;
use ice_liaison_domain::ContractId;
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
    let mut all = Vec::new();
    for (kind, statement) in kinds {
        all.extend(open::find(&mut tx, statement).await?.into_iter().map(|open| (kind, open)));
    }
    let contracts: Vec<ContractId> =
        all.iter().map(|(_, open)| open.contract).collect::<BTreeSet<_>>().into_iter().collect();
    let reach = redress_chain::find_reach(&mut tx, contracts.clone()).await?;
    let contracts = redress_chain::find_contracts(&mut tx, contracts).await?;
    for (kind, open) in all {
        let contract = contracts.iter().find(|contract| contract.id == open.contract);
        let tier = contract.and_then(|contract| redress_chain::tier(open.organisation, contract, &reach));
        limits.add(kind, Whose::Provider, open.due_on, tier.unwrap_or_default(), open.things);
    }
    let stages = open::stages(&mut tx).await?;
    drop(tx);
    let mut figures = limits.figures();
    figures
        .extend(stages.into_iter().map(|(stage, live)| Figure::new(&CASES_OPEN, live).with("stage", stage)));
    Ok(figures)
}
