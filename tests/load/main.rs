//! `make bench`: what the real server does on this machine, beside what the machine can do at all.
//!
//! The server is the release binary as a process of its own; this process is its callers. Everything is measured in one
//! run, one thing after the other, so that the figures of a run may be compared with each other.
#![expect(clippy::print_stdout, reason = "the table is what this program is for")]

mod arguments;
mod bag;
mod ceiling;
mod closed;
mod documents;
mod effort;
mod feed;
mod figures;
mod lists;
mod many;
mod measured;
mod open;
mod reads;
mod records;
mod registrations;
mod report;
mod routing;
mod subject;
mod watch;
mod written;

use std::{fs, path::Path, process::ExitCode};

use anyhow::Context as _;
use clap::Parser as _;
use redress_tests::postgres::{self, Pair};

use arguments::{Arguments, Part, Plan};
use records::Engine;
use report::{BETWEEN_READS, FIRST_READS, LISTS, LISTS_AMONG_MANY, READS, Report};
use subject::Subject;

/// Registrations at once in the measurements that the ceilings are held against.
const CROWD: usize = 64;

/// Registrations in flight when nobody waits for an answer before asking again.
const RUSH: usize = 256;
/// Lists at once.
const LISTING: usize = 8;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let done = if arguments.echo {
        runtime.block_on(ceiling::echo::serve())
    } else if let Some(file) = &arguments.bare {
        runtime.block_on(bag::bare::serve(file))
    } else {
        runtime.block_on(measure(&arguments))
    };
    done.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS)
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("redress-bench: {error:#}");
    ExitCode::FAILURE
}

async fn measure(arguments: &Arguments) -> anyhow::Result<()> {
    let plan = Plan::of(arguments);
    let folder = tempfile::Builder::new().prefix("redress-bench").tempdir_in(plan.folder())?;
    let mut report = Report::new(&plan);

    if plan.measures(Part::Bag) {
        report.progress("an evidence bag");
        bag::measure(folder.path(), &plan, &mut report).context("evidence bag")?;
        let bare = bag::bare::Server::start(folder.path(), &plan).context("bare stream")?;
        let mut subject = Subject::whole(&folder.path().join("bag")).await.context("the suite on SQLite")?;
        bag::served::measure(&subject, &bare, &plan, &mut report)
            .await
            .context("evidence bag from the server")?;
        subject.pause().await?;
    }
    ceiling::echo::measure(&plan, &mut report).await.context("empty echo")?;
    let mut subject = Subject::sqlite(&folder.path().join("sqlite")).await.context("server on SQLite")?;
    drive(&mut subject, &plan, &mut report).await.context("SQLite")?;
    let database = subject.pause().await?;
    if plan.measures(Part::Registrations) {
        ceiling::inserts::measure(&database, &plan, &mut report).await.context("raw inserts")?;
    }
    if plan.large > 0 {
        many::sqlite(&database, plan.large, &report).await.context("very many complaints")?;
        among_many(&mut subject, &plan, &mut report).await?;
    }
    if plan.large > 0 && plan.measures(Part::Figures) {
        let folder = folder.path().join("figures");
        figures::sqlite(&folder, &plan, &mut report).await.context("figures on SQLite")?;
    }

    if plan.measures(Part::Routing) {
        report.progress("routing");
        routing::measure(&folder.path().join("routing"), &plan, &mut report).await.context("routing")?;
    }
    if let Some(administrator) = postgres::administrator() {
        let pair = Pair::make(&administrator, "redress_bench").await?;
        let mut subject = Subject::postgres(&folder.path().join("postgres"), &pair)
            .await
            .context("server on PostgreSQL")?;
        drive(&mut subject, &plan, &mut report).await.context("PostgreSQL")?;
        subject.pause().await?;
        if plan.measures(Part::Registrations) {
            ceiling::pgbench::measure(&pair.database, folder.path(), &plan, &mut report)
                .context("pgbench")?;
        }
        if plan.large > 0 {
            many::on_postgres(&pair.database, plan.large, &report).context("very many complaints")?;
            among_many(&mut subject, &plan, &mut report).await?;
        }
        pair.remove().await?;
        if plan.large > 0 && plan.measures(Part::Figures) {
            let pair = Pair::make(&administrator, "redress_bench_figures").await?;
            let folder = folder.path().join("figures-postgres");
            figures::on_postgres(&folder, &pair, &plan, &mut report)
                .await
                .context("figures on PostgreSQL")?;
            pair.remove().await?;
        }
    }

    if plan.measures(Part::Records) {
        keep(folder.path(), &plan, &mut report).await?;
    }

    report.conclude();
    println!("{report}");
    if let Some(path) = &arguments.json {
        fs::write(path, report.json().to_string()).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Everything that is measured on one server.
async fn drive(subject: &mut Subject, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let column = subject.column;
    subject.memory("memory at rest", report);
    if plan.measures(Part::Registrations) {
        register(subject, plan, report).await?;
    } else {
        // There must be something to read.
        registrations::closed(subject, CROWD, plan.measure, &mut plan.seed()).await?;
    }
    if let Some(database) = &subject.database {
        // A server that was loaded this fast has no statistics yet; autovacuum gathers them within a minute.
        ceiling::pgbench::ask(database, "ANALYZE").context("statistics")?;
    }
    if plan.measures(Part::Reads) {
        report.progress(&format!("{column}: reads"));
        report.rate(FIRST_READS, column, &reads::first(subject, CROWD).await?);
        let beside = reads::beside_the_echo(subject, CROWD, plan.measure).await?;
        report.rate(READS, column, &beside.reads);
        report.rate(BETWEEN_READS, column, &beside.empty);
    }
    if plan.measures(Part::Lists) {
        report.progress(&format!("{column}: lists"));
        report.rate(LISTS, column, &lists::measure(subject, LISTING, plan.measure).await?);
    }
    if plan.measures(Part::Documents) {
        report.progress(&format!("{column}: documents"));
        documents::measure(subject, plan, report).await.context("documents")?;
    }
    subject.memory("memory after load", report);
    report.count("complaints registered", column, subject.registered());
    if plan.measures(Part::Start) {
        report.progress(&format!("{column}: start-up"));
        subject.restart(report).await.context("start-up")?;
    }
    Ok(())
}

/// What is kept, and how it ends, on both databases.
async fn keep(folder: &Path, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    Box::pin(records::measure(folder, &Engine::Sqlite, plan, report)).await.context("records on SQLite")?;
    if let Some(administrator) = postgres::administrator() {
        let engine = Engine::Postgres(administrator);
        Box::pin(records::measure(folder, &engine, plan, report)).await.context("records on PostgreSQL")?;
    }
    Ok(())
}

/// Registrations in closed loops and an open one, and the feed that carries them.
async fn register(subject: &mut Subject, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let column = subject.column;
    let mut fastest = 0.0_f64;
    for in_flight in [1, 8, CROWD, RUSH] {
        report.progress(&format!("{column}: registrations, {in_flight} in flight"));
        let measured = registrations::closed(subject, in_flight, plan.measure, &mut plan.seed()).await?;
        fastest = fastest.max(measured.rate());
        report.rate(&format!("register, {in_flight} in flight"), column, &measured);
    }
    report.progress(&format!("{column}: registrations at a steady half of that"));
    let follower = feed::Follower::begin(subject).await.context("a follower")?;
    let measured = registrations::open(subject, fastest / 2.0, plan.measure, &mut plan.seed()).await?;
    report.rate("register, open loop at half", column, &measured);
    // How many came a second, and how old they were.
    report.rate("feed, at that half", column, &follower.end().await.context("the follower")?);
    Ok(())
}

/// A page must cost the same however many complaints there are.
async fn among_many(subject: &mut Subject, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    subject.resume().await?;
    let measured = lists::measure(subject, LISTING, plan.measure).await?;
    report.rate(LISTS_AMONG_MANY, subject.column, &measured);
    report.count("complaints among which", subject.column, subject.registered() + plan.large);
    subject.pause().await.map(drop)
}
