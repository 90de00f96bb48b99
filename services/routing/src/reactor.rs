//! What happens because time passes. The truth is in the rows: `wake_on` says when to look, the rules say what passed, and
//! looking late, early or twice does no harm (L25, L26).

use std::time::Duration;

use futures::{StreamExt as _, stream};
use jiff::civil::Date;
use redress_chassis::{BuildFailure, telemetry::Breaches};
use redress_journal::{Actor, shell};
use redress_kernel::Id;
use redress_store::DbError;
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use crate::{
    app::App,
    command::tick::{Thing, Tick},
    open, store,
};

/// How many things are looked up at once.
const PAGE: i64 = 500;

/// How many looks wait in the shell at once, so that callers are served in between.
const AT_ONCE: usize = 32;

/// Before every day.
const FIRST: Date = Date::constant(1, 1, 1);

/// Looks at what is due, every `pause`, until the process stops.
pub(crate) async fn run(app: App, pause: Duration) -> Result<(), BuildFailure> {
    let breaches = open::breaches(&app);
    let stopping = app.desk.parts.tasks.stopping().clone();
    let mut ticks = interval(pause);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            _ = ticks.tick() => {}
        }
        if let Err(error) = look(&app, &breaches).await {
            // The next round is the retry.
            tracing::warn!(%error, "what is due could not be looked up");
        }
    }
}

/// One round: everything that passed by today.
async fn look(app: &App, breaches: &Breaches) -> Result<(), DbError> {
    let today = app.desk.today();
    let mut after = (FIRST, Id::new(Uuid::nil()));
    loop {
        let mut tx = app.desk.parts.database.read().await?;
        let awake = store::mixed::find_awake(&mut tx, today, after, PAGE).await?;
        drop(tx);
        let Some(last) = awake.last() else { break };
        after = *last;
        tick(app, breaches, awake.into_iter().map(|(_, id)| Thing::Mixed(id))).await;
    }
    let mut after = (FIRST, Id::new(Uuid::nil()));
    loop {
        let mut tx = app.desk.parts.database.read().await?;
        let awake = store::letter::find_awake(&mut tx, today, after, PAGE).await?;
        drop(tx);
        let Some(last) = awake.last() else { break };
        after = *last;
        tick(app, breaches, awake.into_iter().map(|(_, id)| Thing::Letter(id))).await;
    }
    Ok(())
}

async fn tick(app: &App, breaches: &Breaches, things: impl Iterator<Item = Thing>) {
    let looks = things.map(|thing| async move {
        let id = match thing {
            Thing::Mixed(id) => id.uuid(),
            Thing::Letter(id) => id.uuid(),
        };
        let actor = Actor { organisation: None, subject: routing_domain::Actor::suite().subject };
        let mut call = shell::Call::new(actor, Tick { rulebook: app.rulebook.clone(), thing });
        call.partition = Some(id);
        match app.desk.shell().submit(call).await {
            Ok(done) => breaches.count(&done.breached, done.tier()),
            Err(failure) => tracing::error!(thing.id = %id, %failure, "what is due could not be recorded"),
        }
    });
    stream::iter(looks).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
}
