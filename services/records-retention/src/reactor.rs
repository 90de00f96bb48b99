//! What happens because time passes. The truth is in the rows: they say when to look, the rules say what is due, and looking
//! late, early or twice does no harm (L25, L26). Before anything else the clock itself is looked at: when it has jumped, the
//! date is in doubt, and nothing is ordered before a person has confirmed it (reliability threat 31).

use futures::{StreamExt as _, stream};
use jiff::{Timestamp, civil::Date};
use records_retention_domain::{
    Actor, DisposalId, RecordId, Refusal,
    disposal::{Command, State},
};
use redress_chassis::BuildFailure;
use redress_journal::{
    Actor as By,
    shell::{self, Failure},
};
use redress_kernel::Id;
use redress_store::{DbError, mark};
use tokio::time::{MissedTickBehavior, interval};
use tonic::{Code, Status};
use uuid::Uuid;

use crate::{
    anonymise::{
        assess::assess,
        collect::{self, Prepared},
    },
    app::{self, App},
    clock::{Look, jumped_ahead, jumped_back},
    command::{change::settle::MoveChange, erasure::LookAt, order::MoveOn, tick::Tick},
    store,
};

/// The mark under which it is kept that the date is in doubt; empty when it is not.
pub(crate) const DOUBT: &str = "date in doubt since";

/// The mark under which it is kept when the clock was last looked at.
pub(crate) const SEEN: &str = "clock last seen";

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
                look(&app).await
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
async fn look(app: &App) -> Result<(), DbError> {
    changes(app).await?;
    recount(app).await?;
    records(app).await?;
    disposals(app).await?;
    erasures(app).await
}

/// Whether the clock moved otherwise than time passed in this process is told; whether it did since anyone looked is found out here.
async fn look_at_the_clock(app: &App, jumped: bool) -> Result<(), DbError> {
    let now = app.desk.parts.clock.now();
    let mut tx = app.desk.parts.database.write().await?;
    let seen = mark::find(&mut tx, SEEN).await?.and_then(|seen| seen.parse::<Timestamp>().ok());
    if jumped
        || jumped_ahead(seen, now, app.config.longest_gap)
        || jumped_back(seen, now, app.config.look_every)
    {
        tracing::error!(%now, "the clock jumped: nothing is destroyed before a person has confirmed the date");
        mark::set(&mut tx, DOUBT, now.to_string()).await?;
    }
    mark::set(&mut tx, SEEN, now.to_string()).await?;
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
async fn disposals(app: &App) -> Result<(), DbError> {
    let today = app.desk.today();
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
            let prepared = match prepare(app, disposal).await {
                Ok(prepared) => prepared,
                Err(status) => {
                    tracing::warn!(disposal.id = %disposal, %status, "a set could not be made ready; it waits");
                    continue;
                }
            };
            let rulebook = app.rulebook.clone();
            let trust = app.trust();
            let command = MoveOn { rulebook, disposal, command: Command::Issue, prepared, trust };
            let mut call = shell::Call::new(suite(), command);
            call.partition = Some(disposal.uuid());
            match app.desk.shell().submit(call).await {
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

/// Makes the anonymised set of an approved disposal ready, where it has one. What cannot be anonymised any more is left out, so
/// that the disposal comes to nothing.
pub(crate) async fn prepare(app: &App, disposal: DisposalId) -> Result<Option<Prepared>, Status> {
    let mut tx = app.desk.read().await?;
    let row = store::disposal::find_many(&mut tx, vec![disposal]).await.map_err(app::database)?.pop();
    drop(tx);
    let Some(row) = row.filter(|row| matches!(row.state, State::Approved { .. })) else { return Ok(None) };
    let Some((proposal, agreed)) = row.state.proposal().and_then(|it| Some((it, it.assessment.as_ref()?)))
    else {
        return Ok(None);
    };
    let records: Vec<RecordId> = proposal.items.iter().map(|item| item.record).collect();
    let reports = match collect::all(app, &records).await {
        Ok(reports) => reports,
        Err(status) if status.code() == Code::FailedPrecondition => return Ok(None),
        Err(status) => return Err(status),
    };
    match assess(&reports, agreed.least_group) {
        Ok(assessed) => collect::prepare(app, assessed).await.map(Some),
        Err(_) => Ok(None),
    }
}

fn suite() -> By {
    By { organisation: None, subject: Actor::suite().subject }
}
