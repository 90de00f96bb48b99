//! What is told to those who watch: contributions and answers to members that providers owe, joint replies that Jobcentre Plus
//! owes, and limits that passed.

use std::collections::BTreeSet;

use futures::future::BoxFuture;
use redress_chain::tier;
use redress_chassis::{
    Service as _,
    telemetry::{
        Breaches, CASES_OPEN, DEADLINES_OPEN, DEADLINES_OVERDUE, Figure, Limits, Looked, Measure, Whose,
    },
};
use redress_policy::ClockKind;
use routing_domain::ContractId;

use crate::{app::App, service::Routing, store::open};

/// The gauges of this service.
pub(crate) const MEASURES: &[&Measure] = &[&CASES_OPEN, &DEADLINES_OPEN, &DEADLINES_OVERDUE];

/// Clocks of this service that can bind a provider. Jobcentre Plus owes the joint reply.
const BIND_PROVIDERS: [ClockKind; 3] =
    [ClockKind::JcpContribution, ClockKind::ElectedMemberReply, ClockKind::ElectedMemberReplyCap];

/// Looks the figures up.
pub(crate) fn of(app: App) -> impl Fn() -> BoxFuture<'static, Looked> + Send + Sync + 'static {
    move || Box::pin(look(app.clone()))
}

async fn look(app: App) -> Looked {
    let mut limits = Limits::on(app.desk.today(), &app.rulebook.calendars);
    let mut tx = app.desk.parts.database.read().await?;
    let mut all = open::find(&mut tx, open::SELECT_CONTRIBUTIONS).await?;
    all.extend(open::find(&mut tx, open::SELECT_LETTERS).await?);
    let contracts: Vec<ContractId> =
        all.iter().map(|open| open.contract).collect::<BTreeSet<_>>().into_iter().collect();
    let reach = redress_chain::find_reach(&mut tx, contracts.clone()).await?;
    let contracts = redress_chain::find_contracts(&mut tx, contracts).await?;
    let replies = open::replies(&mut tx).await?;
    let stages = open::stages(&mut tx).await?;
    drop(tx);
    for open in all {
        let contract = contracts.iter().find(|contract| contract.id == open.contract);
        let tier = contract.map_or(Some(0), |contract| tier(open.organisation, contract, &reach));
        let whose = if tier.is_some() { Whose::Provider } else { Whose::Department };
        limits.add(&open.kind, whose, open.due_on, tier.unwrap_or_default(), open.things);
    }
    for (due_on, things) in replies {
        limits.add(ClockKind::DepartmentReply.name(), Whose::Department, due_on, 0, things);
    }
    let mut figures = limits.figures();
    figures
        .extend(stages.into_iter().map(|(stage, open)| Figure::new(&CASES_OPEN, open).with("stage", stage)));
    Ok(figures)
}

/// Counts breaches as they are recorded.
pub(crate) fn breaches(app: &App) -> Breaches {
    Breaches::of(Routing::NAME, &app.desk.parts.meter, BIND_PROVIDERS)
}
