//! A closed loop: so many callers, each of whom calls again when it has its answer.

use std::{future::Future, time::Duration};

use anyhow::Context as _;
use tokio::task::JoinSet;

use crate::{effort::Effort, measured::Measured, watch::Watch};

/// Someone who calls, again and again.
pub(crate) trait Caller: Send + 'static {
    /// Makes one call and takes its answer.
    fn call(&mut self) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// Lets `callers` call for as long as `measure`, after a quarter of it to warm up.
pub(crate) async fn run<C: Caller>(
    callers: Vec<C>,
    measure: Duration,
    effort: &Effort,
) -> anyhow::Result<Measured> {
    let (watch, warm) = (Watch::start(), measure / 4);
    let mut all = JoinSet::new();
    for mut caller in callers {
        all.spawn(async move {
            let mut measured = Measured::new()?;
            while watch.elapsed() < warm {
                caller.call().await?;
            }
            let begun = Watch::start();
            while watch.elapsed() < warm + measure {
                let call = Watch::start();
                caller.call().await?;
                measured.record(call.elapsed());
            }
            measured.lasted(begun.elapsed());
            anyhow::Ok(measured)
        });
    }
    tokio::time::sleep_until(watch.moment(warm)).await;
    let spent = effort.spent();
    let mut total = Measured::new()?;
    while let Some(one) = all.join_next().await {
        total.merge(&one.context("a caller panicked")??)?;
    }
    total.cost(effort.spent().saturating_sub(spent));
    Ok(total)
}
