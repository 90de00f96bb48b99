//! What happens because time passes: letters that nobody answered are marked late. The truth is in the rows:
//! `examinations.wake_on` says when to look, the rules say what is due, and looking late, early or twice does no harm.

use std::time::Duration;

use futures::{StreamExt as _, stream};
use ice_liaison_domain::ExaminationId;
use jiff::civil::Date;
use redress_chassis::BuildFailure;
use redress_journal::{Actor, shell};
use redress_kernel::Id;
use redress_store::DbError;
use tokio::time::{MissedTickBehavior, interval};

use crate::{app::App, command::tick::Tick, store};

/// How many cases are looked up at once.
const PAGE: i64 = 500;

/// How many looks wait in the shell at once, so that callers are served in between.
const AT_ONCE: usize = 32;

/// Looks at what is due, every `pause`, until the process stops.
pub(crate) async fn run(app: App, pause: Duration) -> Result<(), BuildFailure> {
    let stopping = app.desk.parts.tasks.stopping().clone();
    let mut ticks = interval(pause);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            _ = ticks.tick() => {}
        }
        if let Err(error) = look(&app).await {
            // The next round is the retry.
            tracing::warn!(%error, "what is due could not be looked up");
        }
    }
}

async fn look(app: &App) -> Result<(), DbError> {
    let today = app.desk.today();
    let mut after = (Date::constant(1, 1, 1), Id::new(uuid::Uuid::nil()));
    while !app.desk.parts.tasks.stopping().is_cancelled() {
        let mut tx = app.desk.parts.database.read().await?;
        let awake = store::examination::find_awake(&mut tx, today, after, PAGE).await?;
        drop(tx);
        let Some(last) = awake.last() else { break };
        after = *last;
        let looks = awake.into_iter().map(|(_, examination)| tick(app, examination));
        stream::iter(looks).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
    }
    Ok(())
}

async fn tick(app: &App, examination: ExaminationId) {
    let actor = Actor { organisation: None, subject: redress_kernel::Actor::suite().subject };
    let mut call = shell::Call::new(actor, Tick { rulebook: app.rulebook.clone(), examination });
    call.partition = Some(examination.uuid());
    if let Err(failure) = app.desk.shell().submit(call).await {
        tracing::error!(examination.id = %examination, %failure, "what is due for an examination could not be done");
    }
}
