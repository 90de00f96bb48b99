//! An open loop: calls begin at fixed times whether or not earlier ones are answered, and a call's time runs from when it
//! should have begun, so that a stall is not left out of the figures.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;
use tokio::task::JoinSet;

use crate::{closed::Caller, measured::Measured, watch::Watch};

/// Makes `rate` calls a second for as long as `measure`; `callers` are enough that one is always free.
pub(crate) async fn run<C: Caller>(
    callers: Vec<C>,
    rate: f64,
    measure: Duration,
) -> anyhow::Result<Measured> {
    let watch = Watch::start();
    let next = Arc::new(AtomicU32::new(0));
    let mut all = JoinSet::new();
    for mut caller in callers {
        let next = Arc::clone(&next);
        all.spawn(async move {
            let mut measured = Measured::new()?;
            loop {
                let due = Duration::from_secs_f64(f64::from(next.fetch_add(1, Ordering::Relaxed)) / rate);
                if due >= measure {
                    return anyhow::Ok(measured);
                }
                tokio::time::sleep_until(watch.moment(due)).await;
                caller.call().await?;
                measured.record(watch.elapsed().saturating_sub(due));
            }
        });
    }
    let mut total = Measured::new()?;
    while let Some(one) = all.join_next().await {
        total.merge(&one.context("a caller panicked")??)?;
    }
    total.lasted(watch.elapsed().max(measure));
    Ok(total)
}
