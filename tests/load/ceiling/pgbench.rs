//! `pgbench` doing a registration's own statements, one transaction each: what a service without group commit could reach.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, ensure};

use crate::{
    CROWD,
    arguments::Plan,
    report::{Column, Report},
};

/// A number of the transaction's own as a uuid.
const ID: &str = "lpad(to_hex(:n::bigint), 32, '0')::uuid";
/// The same as a text that nothing else has.
const TEXT: &str = "'PGB-' || :n::text";
/// The same as 32 bytes.
const BYTES: &str = "decode(lpad(to_hex(:n::bigint), 64, '0'), 'hex')";

/// Runs it on `database`, which a server has left.
pub(crate) fn measure(database: &str, folder: &Path, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    report.progress("pgbench");
    let script = folder.join("registration.sql");
    fs::write(&script, text(database)?)?;
    let seconds = plan.measure.as_secs().max(2).to_string();
    let output = Command::new(program("pgbench"))
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", "--random-seed=24301"])
        .arg(format!("--client={CROWD}"))
        .arg(format!("--time={seconds}"))
        .arg(format!("--file={}", script.display()))
        .arg(database)
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let line = said.lines().find_map(|line| line.strip_prefix("tps = ")).context("pgbench says no rate")?;
    let rate: f64 = line.split_whitespace().next().unwrap_or_default().parse()?;
    report.bare_rate("pgbench, 64 clients", Column::Ceiling, rate);
    Ok(())
}

/// The script: what a registration looks up and what it writes, modelled on one that the server wrote.
fn text(database: &str) -> anyhow::Result<String> {
    let ask = |sql: &str| ask(database, sql);
    let model = ask("SELECT complaint_id FROM complaints ORDER BY complaint_id LIMIT 1")?;
    let column = |name: &str| ask(&format!("SELECT {name} FROM complaints WHERE complaint_id = '{model}'"));
    let (contract, participant) = (column("contract_id")?, column("participant_id")?);
    let of = |column: &str| format!("{column} = '{model}'");
    let like = |table: &str, filter: &str, own: &[(&str, &str)]| insert(database, table, filter, own);
    let lines = [
        "\\set n random(1, 9000000000000000000)".to_owned(),
        "BEGIN;".to_owned(),
        format!("SELECT method, digests, answer FROM requests WHERE request_id = {ID};"),
        format!(
            "SELECT complaint_id FROM complaints WHERE reference = {TEXT} AND contract_id = '{contract}';"
        ),
        format!(
            "SELECT complaint_id FROM complaints WHERE participant_id = '{participant}' AND fingerprint = {BYTES};"
        ),
        format!("SELECT * FROM participants WHERE participant_id = '{participant}';"),
        format!("SELECT * FROM procedures WHERE contract_id = '{contract}';"),
        format!("SELECT * FROM reach WHERE contract_id = '{contract}';"),
        format!("SELECT * FROM contracts WHERE contract_id = '{contract}';"),
        like(
            "complaints",
            &of("complaint_id"),
            &[("complaint_id", ID), ("case_reference", TEXT), ("reference", TEXT), ("fingerprint", BYTES)],
        )?,
        like("complaint_parties", &of("complaint_id"), &[("complaint_id", ID)])?,
        like("sealed", &of("subject_id"), &[("subject_id", ID)])?,
        like(
            "journal",
            &format!("{} AND stream_version = 1", of("stream_id")),
            &[("entry_id", ID), ("stream_id", ID)],
        )?,
        format!(
            "INSERT INTO journal_pending (entry_id, stream_kind, stream_id, stream_version, leaf, recorded_at) \
             VALUES ({ID}, 'complaints', {ID}, 1, {BYTES}, now());"
        ),
        like("requests", "method LIKE '%RegisterComplaint%' LIMIT 1", &[("request_id", ID)])?,
        "COMMIT;".to_owned(),
    ];
    Ok(lines.join("\n") + "\n")
}

/// One statement that inserts the rows of `table` that `filter` finds, with values of the transaction's own in some columns.
fn insert(database: &str, table: &str, filter: &str, own: &[(&str, &str)]) -> anyhow::Result<String> {
    let columns = ask(
        database,
        &format!(
            "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = '{table}'"
        ),
    )?;
    let values: Vec<String> = columns
        .split(", ")
        .map(|column| match own.iter().find(|(name, _)| *name == column) {
            Some((_, expression)) => format!("'{}'", expression.replace('\'', "''")),
            None => format!("quote_nullable({column}::text)"),
        })
        .collect();
    let rows = ask(
        database,
        &format!("SELECT '(' || concat_ws(', ', {}) || ')' FROM {table} WHERE {filter}", values.join(", ")),
    )?;
    ensure!(!rows.is_empty(), "the server wrote nothing into {table}");
    let rows = rows.lines().collect::<Vec<_>>().join(", ");
    Ok(format!("INSERT INTO {table} ({columns}) VALUES {rows};"))
}

/// Asks the database something through `psql`.
pub(crate) fn ask(database: &str, sql: &str) -> anyhow::Result<String> {
    let output = Command::new(program("psql"))
        .args([database, "--no-align", "--tuples-only", "--command", sql])
        .output()?;
    ensure!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// A program of PostgreSQL: on the path, or where Debian puts it.
fn program(name: &str) -> PathBuf {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = installed
        .map(|version| version.path().join("bin").join(name))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.pop().unwrap_or_else(|| PathBuf::from(name))
}
