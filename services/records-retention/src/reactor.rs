//! What happens because time passes. The truth is in the rows: they say when to look, the rules say what is due, and looking
//! late, early or twice does no harm (L25, L26). Before anything else the clock itself is looked at: when it has jumped, the
//! date is in doubt, and nothing is ordered before a person has confirmed it (reliability threat 31).

use std::collections::HashMap;

use futures::{StreamExt as _, stream};
use jiff::civil::Date;
use records_retention_domain::{Actor, DisposalId, RecordId, Refusal, disposal::Command};
use redress_chassis::BuildFailure;
use redress_journal::{
    Actor as By,
    shell::{self, Failure},
};
use redress_kernel::Id;
use redress_store::DbError;
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use crate::{
    anonymise::{collect::Prepared, ready::make_ready},
    app::App,
    clock::{Look, jumped_ahead, jumped_back, unwitnessed},
    command::{change::settle::MoveChange, erasure::LookAt, order::MoveOn, tick::Tick},
    marks, store,
};

/// Sets that were made ready, and whose order was not given after all.
type Ready = HashMap<DisposalId, Prepared>;

/// How many rows are looked up at once.
const PAGE: i64 = 500;

/// How many looks wait in the shell at once, so that callers are served in between.
const AT_ONCE: usize = 32;

const EARLIEST: Date = Date::constant(1, 1, 1);

/// Looks at what is due, every `look_every`, until the process stops.
pub(crate) async fn run(app: App) -> Result<(), BuildFailure> {
    let stopping = app.desk.parts.tasks.stopping().clone();
    let mut ticks = interval(app.config.look_every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut ready = Ready::new();
    loop {
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            _ = ticks.tick() => {}
        }
        let now = Look::at(app.desk.parts.clock.now());
        let jumped =
            app.looked.last().is_some_and(|before| now.jumped_since(before, app.config.largest_jump));
        let round = match look_at_the_clock(&app, jumped).await {
            Ok(()) => {
                // Not before: a jump that is not written down yet is found again, by whoever asks.
                app.looked.keep(now);
                look(&app, &mut ready).await
            }
            Err(error) => Err(error),
        };
        if let Err(error) = round {
            // The next round is the retry.
            tracing::warn!(%error, "what is due could not be looked up");
        }
    }
}

/// One round, after the clock was looked at: changes of schedules, news of contracts, records, disposals, requests.
async fn look(app: &App, ready: &mut Ready) -> Result<(), DbError> {
    changes(app).await?;
    recount(app).await?;
    records(app).await?;
    disposals(app, ready).await?;
    erasures(app).await
}

/// Whether the clock moved otherwise than time passed in this process is told; whether it did since anyone looked is found out here.
async fn look_at_the_clock(app: &App, jumped: bool) -> Result<(), DbError> {
    let now = app.desk.parts.clock.now();
    let mut tx = app.desk.parts.database.write().await?;
    let seen = marks::seen(&mut tx).await?;
    if jumped
        || jumped_ahead(seen.at, now, app.config.longest_gap)
        || jumped_back(seen.at, now, app.config.look_every)
    {
        tracing::error!(%now, "the clock jumped: nothing is destroyed before a person has confirmed the date");
        marks::set_doubt(&mut tx, now).await?;
    }
    if app.looked.last().is_none() {
        let away = unwitnessed(seen.at, now, app.config.largest_jump);
        if !away.is_zero() {
            tracing::warn!(%away, %now, "nobody looked at the clock meanwhile: that time counts for no order before a person has confirmed the date");
            marks::set_unwitnessed(&mut tx, seen.unwitnessed.saturating_add(away)).await?;
        }
    }
    marks::set_seen(&mut tx, now).await?;
    tx.commit().await
}

/// Changes of schedules that nobody approved in time, and those whose cooling period is over.
async fn changes(app: &App) -> Result<(), DbError> {
    let today = app.desk.today();
    let mut after = (EARLIEST, Id::new(Uuid::nil()));
    while !app.desk.parts.tasks.stopping().is_cancelled() {
        let mut tx = app.desk.parts.database.read().await?;
        let awake = store::change::find_awake(&mut tx, today, after, PAGE).await?;
        drop(tx);
        let Some(last) = awake.last() else { break };
        after = *last;
        for (_, change) in awake {
            let command = MoveChange { rulebook: app.rulebook.clone(), change, trust: app.trust() };
            let mut call = shell::Call::new(suite(), command);
            call.partition = Some(change.uuid());
            match app.desk.shell().submit(call).await {
                Ok(_) => {}
                Err(Failure::Refused(refusal @ Refusal::DateInDoubt)) => {
                    tracing::warn!(schedule_change.id = %change, %refusal, "a change of a schedule waits");
                }
                Err(failure) => {
                    tracing::error!(schedule_change.id = %change, %failure, "a change of a schedule could not be moved on");
                }
            }
        }
    }
    Ok(())
}

/// Counts the records of contracts anew of which there was news: the contract ended, or was extended.
async fn recount(app: &App) -> Result<(), DbError> {
    let mut tx = app.desk.parts.database.read().await?;
    let waiting = store::recount::find(&mut tx).await?;
    drop(tx);
    for (contract, news) in waiting {
        let (mut after, mut counted) = (RecordId::new(Uuid::nil()), true);
        while !app.desk.parts.tasks.stopping().is_cancelled() {
            let mut tx = app.desk.parts.database.read().await?;
            let page = store::record::find_of_contract(&mut tx, contract, after, PAGE).await?;
            drop(tx);
            let Some(last) = page.last() else {
                // Where one was not counted, the news waits for the next round: on no other day would anyone look at that record.
                if counted {
                    let mut tx = app.desk.parts.database.write().await?;
                    store::recount::done(&mut tx, contract, news).await?;
                    tx.commit().await?;
                }
                break;
            };
            after = *last;
            counted &= tick_all(app, page).await;
        }
    }
    Ok(())
}

async fn records(app: &App) -> Result<(), DbError> {
    let today = app.desk.today();
    let mut after = (EARLIEST, Id::new(Uuid::nil()));
    while !app.desk.parts.tasks.stopping().is_cancelled() {
        let mut tx = app.desk.parts.database.read().await?;
        let awake = store::record::find_awake(&mut tx, today, after, PAGE).await?;
        drop(tx);
        let Some(last) = awake.last() else { break };
        after = *last;
        // One that was not looked at is found again in the next round.
        tick_all(app, awake.into_iter().map(|(_, record)| record).collect()).await;
    }
    Ok(())
}

/// Looks at each, and says whether all were looked at.
async fn tick_all(app: &App, records: Vec<RecordId>) -> bool {
    let looks = records.into_iter().map(|record| tick(app, record));
    stream::iter(looks).buffer_unordered(AT_ONCE).fold(true, async |all, looked| all && looked).await
}

/// Looks at one, and says whether that was done. What the rules refuse they refuse again: that is no reason to ask them once more.
async fn tick(app: &App, record: RecordId) -> bool {
    let mut call = shell::Call::new(suite(), Tick { rulebook: app.rulebook.clone(), record });
    call.partition = Some(record.uuid());
    match app.desk.shell().submit(call).await {
        Ok(_) => true,
        Err(failure) => {
            tracing::error!(record.id = %record, %failure, "what is due for a record could not be done");
            matches!(failure, Failure::Refused(_))
        }
    }
}

/// The oldest first; one that cannot be ordered today does not keep the others from it.
async fn disposals(app: &App, ready: &mut Ready) -> Result<(), DbError> {
    let today = app.desk.today();
    let mut unused = std::mem::take(ready);
    let mut after = (EARLIEST, Id::new(Uuid::nil()));
    while !app.desk.parts.tasks.stopping().is_cancelled() {
        let mut tx = app.desk.parts.database.read().await?;
        let awake = store::disposal::find_awake(&mut tx, today, after, PAGE).await?;
        drop(tx);
        let Some(last) = awake.last() else { break };
        after = *last;
        // Reliability D37: what was approved stays approved while its keys cannot be destroyed.
        if let Err(fault) = app.desk.parts.keyring.is_within_reach().await {
            tracing::warn!(%fault, "the keyring is away: disposals wait");
            return Ok(());
        }
        for (_, disposal) in awake {
            let rulebook = app.rulebook.clone();
            let trust = app.trust();
            let step = MoveOn { rulebook, disposal, command: Command::Issue, prepared: None, trust };
            let before = unused.remove(&disposal);
            let step = match make_ready(app, step, before.clone()).await {
                Ok(step) => step,
                Err(status) => {
                    tracing::warn!(disposal.id = %disposal, %status, "a disposal waits");
                    ready.extend(before.map(|before| (disposal, before)));
                    continue;
                }
            };
            let prepared = step.prepared.clone();
            let mut call = shell::Call::new(suite(), step);
            call.partition = Some(disposal.uuid());
            let moved = app.desk.shell().submit(call).await;
            if moved.is_err() {
                // It may be of use at the next look.
                ready.extend(prepared.map(|prepared| (disposal, prepared)));
            }
            match moved {
                Ok(_) => {}
                Err(Failure::Refused(
                    refusal @ (Refusal::DisposalsStopped { .. }
                    | Refusal::DateInDoubt
                    | Refusal::EnoughForToday { .. }),
                )) => tracing::warn!(disposal.id = %disposal, %refusal, "a disposal waits"),
                Err(failure) => {
                    tracing::error!(disposal.id = %disposal, %failure, "a disposal could not be moved on");
                }
            }
        }
    }
    Ok(())
}

/// Requests whose answer is late, and granted ones of which nothing may be left.
async fn erasures(app: &App) -> Result<(), DbError> {
    let today = app.desk.today();
    let mut after = (EARLIEST, Id::new(Uuid::nil()));
    while !app.desk.parts.tasks.stopping().is_cancelled() {
        let mut tx = app.desk.parts.database.read().await?;
        let awake = store::erasure::find_awake(&mut tx, today, after, PAGE).await?;
        drop(tx);
        let Some((on, last, _)) = awake.last() else { break };
        after = (*on, *last);
        for (_, request, participant) in awake {
            let rulebook = app.rulebook.clone();
            let mut call = shell::Call::new(suite(), LookAt { rulebook, request, participant });
            call.partition = Some(participant.uuid());
            if let Err(failure) = app.desk.shell().submit(call).await {
                tracing::error!(erasure_request.id = %request, %failure, "what is due for an erasure request could not be done");
            }
        }
    }
    Ok(())
}

fn suite() -> By {
    By { organisation: None, subject: Actor::suite().subject }
}
