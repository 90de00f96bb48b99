//! What happens because time passes. The truth is in the rows: `complaints.wake_on` says when to look, the rules say what is
//! due, and looking late, early or twice does no harm (L25, L26).

use std::time::Duration;

use complaints_domain::ComplaintId;
use futures::{StreamExt as _, stream};
use jiff::civil::Date;
use redress_chassis::{BuildFailure, telemetry::Breaches};
use redress_journal::{Actor, Failure, shell};
use redress_kernel::Id;
use redress_policy::Division;
use redress_store::{DbError, mark};
use tokio::time::{MissedTickBehavior, interval};

use crate::{app::App, command::tick::Tick, figures, store};

/// How many cases are looked up at once.
const PAGE: i64 = 500;

/// How many looks wait in the shell at once, so that callers are served in between.
const AT_ONCE: usize = 32;

/// The mark under which the calendars of the last complete count are kept.
const CALENDARS: &str = "calendars";

/// The furthest day a date column holds.
const FURTHEST: Date = Date::constant(9999, 12, 31);

/// Looks at what is due, every `pause`, until the process stops.
pub(crate) async fn run(app: App, pause: Duration) -> Result<(), BuildFailure> {
    let breaches = figures::breaches(&app);
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

/// One round: everything that is due today; and every open case when the calendars have changed since the last time (L03).
pub(crate) async fn look(app: &App, breaches: &Breaches) -> Result<usize, DbError> {
    let today = app.desk.today();
    let calendars = calendars(app, today);
    let mut tx = app.desk.parts.database.read().await?;
    let counted_by = mark::find(&mut tx, CALENDARS).await?;
    drop(tx);
    if counted_by.as_deref() == Some(calendars.as_str()) {
        return Ok(look_until(app, breaches, today).await?.looked);
    }
    let round = look_until(app, breaches, FURTHEST).await?;
    // A round that was cut short, or in which something was not available, is no complete count: the next one is.
    if round.whole {
        let mut tx = app.desk.parts.database.write().await?;
        mark::set(&mut tx, CALENDARS, calendars).await?;
        tx.commit().await?;
    }
    Ok(round.looked)
}

/// What a round came to.
#[derive(Debug, PartialEq, Eq)]
struct Round {
    /// At how many cases.
    looked: usize,
    /// Whether at all of them, each with an answer that stands.
    whole: bool,
}

async fn look_until(app: &App, breaches: &Breaches, until: Date) -> Result<Round, DbError> {
    let mut after = (Date::constant(1, 1, 1), Id::new(uuid::Uuid::nil()));
    let mut round = Round { looked: 0, whole: true };
    loop {
        if app.desk.parts.tasks.stopping().is_cancelled() {
            return Ok(Round { whole: false, ..round });
        }
        let mut tx = app.desk.parts.database.read().await?;
        let awake = store::complaint::find_awake(&mut tx, until, after, PAGE).await?;
        drop(tx);
        let Some(last) = awake.last() else { return Ok(round) };
        after = *last;
        round.looked += awake.len();
        let looks = awake.into_iter().map(|(_, complaint)| tick(app, breaches, complaint));
        let done: Vec<bool> = stream::iter(looks).buffer_unordered(AT_ONCE).collect().await;
        round.whole &= done.into_iter().all(|done| done);
    }
}

/// Looks at one case; answers whether that is done with, or to be tried again.
async fn tick(app: &App, breaches: &Breaches, complaint: ComplaintId) -> bool {
    let actor = Actor { organisation: None, subject: complaints_domain::Actor::suite().subject };
    let mut call = shell::Call::new(actor, Tick { rulebook: app.rulebook.clone(), complaint });
    call.partition = Some(complaint.uuid());
    match app.desk.shell().submit(call).await {
        Ok(done) => {
            breaches.count(&done.breached, done.tier());
            true
        }
        Err(failure) => {
            tracing::error!(complaint.id = %complaint, %failure, "what is due for a complaint could not be done");
            stands(&failure)
        }
    }
}

/// Whether asking again would come to the same.
const fn stands<R>(failure: &Failure<R>) -> bool {
    match failure {
        Failure::Refused(_) | Failure::RequestReused { .. } | Failure::Internal(_) => true,
        Failure::LostRace
        | Failure::Overloaded
        | Failure::DeadlinePassed
        | Failure::Unavailable
        | Failure::StorageFull
        | Failure::OutcomeUnknown => false,
    }
}

/// Which holidays are known today, in one word.
fn calendars(app: &App, today: Date) -> String {
    let versions = Division::ALL.map(|division| app.rulebook.calendars.get(division).version_known_on(today));
    versions.join(" ")
}

#[cfg(test)]
mod tests {
    use complaints_domain::Refusal;
    use redress_journal::Failure;

    use super::stands;

    #[test]
    fn a_round_in_which_something_was_not_to_be_had_is_made_again() {
        type Fails = Failure<Refusal>;
        let passing = [Fails::LostRace, Fails::Overloaded, Fails::Unavailable, Fails::StorageFull];
        assert!(passing.iter().all(|failure| !stands(failure)));
        assert!(stands(&Fails::RequestReused { fields: Vec::new() }));
    }
}
