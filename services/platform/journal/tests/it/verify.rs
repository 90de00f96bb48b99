//! Exports that a stranger checks, here and in another language, and databases that someone has been at.

use std::{path::Path, process::Command};

use redress_journal::{
    Log,
    audit::AuditFault,
    checkpoint::{Checkpoint, Signer},
    merkle::Hash,
    verify::{ExportFault, Verdict, verify_export},
};
use redress_store::{DbError, Row, db::Engine};

use crate::{
    fixture::{Fresh, Service, call, on_both, signer, skipped},
    toy::Add,
};

/// A log of 600 entries in rounds of many sizes, so that there are full tiles and unfinished ones.
async fn written(fresh: &Fresh) -> (Service, Log) {
    let service = Service::on(&fresh.db);
    let log = service.log().await;
    let mut sequencer = service.sequencer(fresh, 37);
    for _ in 0..6 {
        let thing = service.parts.ids.next();
        let calls = (0..100).map(|_| service.shell.submit(call(Add::new(thing, 1))));
        assert!(futures::future::join_all(calls).await.iter().all(Result::is_ok));
        while sequencer.round().await.unwrap().sequenced > 0 {}
    }
    (service, log)
}

async fn exported(log: &Log, first: i64, last: Option<i64>) -> String {
    let mut export = log.export(first, last).await.unwrap().unwrap();
    let mut text = String::new();
    while let Some(lines) = export.next().await.unwrap() {
        text.push_str(&lines);
    }
    text
}

fn verified(text: &str) -> Result<Verdict, ExportFault> {
    verify_export(text.as_bytes(), signer().verifier(), drop)
}

/// Whether the verifier in Python proves the export; nothing where there is no Python.
fn proved_by_python(folder: &Path, text: &str) -> Option<bool> {
    let export = folder.join("export.jsonl");
    std::fs::write(&export, text).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify_export.py");
    let run = Command::new("python3").arg(script).arg(export).arg(signer().verifier().to_string()).output();
    let Ok(output) = run else {
        skipped("there is no python3 to check the export independently");
        return None;
    };
    let told = String::from_utf8_lossy(&output.stderr);
    let spoke = output.status.success() || told.starts_with("refused: ");
    assert!(spoke, "the verifier itself failed: {told}");
    Some(output.status.success())
}

#[tokio::test]
async fn an_export_is_proved_here_and_in_another_language_and_any_change_is_found() {
    let fresh = Fresh::sqlite().await;
    let (service, log) = written(&fresh).await;
    let whole = exported(&log, 1, None).await;
    let verdict = verified(&whole).unwrap();
    assert_eq!((verdict.entries, verdict.complete, verdict.checkpoint.size), (600, true, 600));
    let part = exported(&log, 250, Some(263)).await;
    let verdict = verified(&part).unwrap();
    assert_eq!((verdict.entries, verdict.complete), (14, false));
    for honest in [&whole, &part] {
        assert_ne!(proved_by_python(fresh.folder.path(), honest), Some(false));
    }

    let lines: Vec<&str> = part.split_inclusive('\n').collect();
    let with = |at: usize, line: String| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        lines[at] = line;
        lines.concat()
    };
    let other_content = lines[4].replacen("\"content\":\"Ci", "\"content\":\"Cj", 1);
    assert_ne!(other_content, lines[4]);
    let forged = Checkpoint::open(&log.head().await.unwrap().unwrap().note, signer().verifier()).unwrap();
    let impostor = Signer::from_seed("redress.example/toy", &[8; 32]).unwrap();
    let forged_note = serde_json::to_string(&forged.sign(&impostor)).unwrap();
    let changes = [
        ("content", with(3, lines[3].replacen("\"content\":\"C", "\"content\":\"D", 1))),
        ("position", with(3, lines[3].replacen("\"position\":252", "\"position\":253", 1))),
        ("order", with(3, lines[5].to_owned())),
        ("proof", with(3, lines[3].replacen("\"proof\":[\"", "\"proof\":[\"A", 1))),
        ("shorter proof", with(3, shorter(lines[3]))),
        ("nothing", String::new()),
        ("header", with(0, lines[0].replace("export-1", "export-2"))),
        ("size", with(0, lines[0].replace("\\n600\\n", "\\n601\\n"))),
        (
            "signer",
            with(
                0,
                format!(
                    "{{\"format\":\"redress-journal-export-1\",\"key\":\"\",\"checkpoint\":{forged_note}}}\n"
                ),
            ),
        ),
        ("cut", part[..part.len() - 30].to_owned()),
    ];
    for (what, changed) in changes {
        assert_ne!(changed, part, "{what} was not changed");
        assert!(verified(&changed).is_err(), "{what}");
        assert_ne!(proved_by_python(fresh.folder.path(), &changed), Some(true), "{what}");
    }
    let fault = verified(&with(4, other_content)).unwrap_err();
    assert!(
        matches!(fault, ExportFault::Entry { line: 5, position: 253, .. } | ExportFault::Format { line: 5 }),
        "{fault}"
    );
    service.stopped().await;
}

/// The line with the first hash of its proof taken out.
fn shorter(line: &str) -> String {
    let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
    value["proof"].as_array_mut().unwrap().remove(0);
    format!("{value}\n")
}

#[tokio::test]
async fn an_empty_log_has_nothing_to_export() {
    let fresh = Fresh::sqlite().await;
    let service = Service::on(&fresh.db);
    let log = service.log().await;
    assert!(log.export(1, None).await.unwrap().is_none());
    assert_eq!(log.audit(None).await.unwrap().entries, 0);
    service.stopped().await;
}

/// Takes away what keeps the program itself from changing these tables, as an attacker with the database would.
async fn disarm(fresh: &Fresh) {
    let mut tx = fresh.db.write().await.unwrap();
    match fresh.db.engine() {
        Engine::Sqlite => {
            let names = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
            let names: Vec<String> = tx.query(names).all(|row: &Row<'_>| row.get("name")).await.unwrap();
            for name in names {
                tx.query(format!("DROP TRIGGER {name}").leak()).execute().await.unwrap();
            }
        }
        Engine::Postgres => {
            for table in ["journal", "journal_positions", "journal_checkpoints"] {
                let sql = format!("ALTER TABLE {table} DISABLE TRIGGER ALL").leak();
                tx.query(sql).execute().await.unwrap();
            }
        }
    }
    tx.commit().await.unwrap();
}

async fn change(fresh: &Fresh, sql: String) -> Result<u64, DbError> {
    let mut tx = fresh.db.write().await?;
    let changed = tx.query(sql.leak()).execute().await?;
    tx.commit().await?;
    Ok(changed)
}

/// Spoils a table, looks what the audit says, and puts the table back as it was.
async fn spoilt(fresh: &Fresh, log: &Log, table: &str, spoils: &[&str]) -> AuditFault {
    change(fresh, format!("CREATE TABLE kept AS SELECT * FROM {table}")).await.unwrap();
    for spoil in spoils {
        assert!(change(fresh, (*spoil).to_owned()).await.unwrap() > 0, "{spoil}");
    }
    let found = log.audit(None).await.expect_err(spoils[0]);
    change(fresh, format!("DELETE FROM {table}")).await.unwrap();
    change(fresh, format!("INSERT INTO {table} SELECT * FROM kept")).await.unwrap();
    change(fresh, "DROP TABLE kept".to_owned()).await.unwrap();
    found
}

/// The table that is spoilt, how, and what must be named: the table and a part of the row.
const TAMPERINGS: &[(&str, &[&str], &str, &str)] = &[
    (
        "journal",
        &["UPDATE journal SET content = (SELECT content FROM journal WHERE entry_id = \
            (SELECT entry_id FROM journal_positions WHERE position = 10)) \
            WHERE entry_id = (SELECT entry_id FROM journal_positions WHERE position = 9)"],
        "journal",
        "position 9,",
    ),
    (
        "journal",
        &["UPDATE journal SET entry_type = 'toy.Removed' \
            WHERE entry_id = (SELECT entry_id FROM journal_positions WHERE position = 17)"],
        "journal",
        "position 17,",
    ),
    (
        "journal",
        &["UPDATE journal SET scope_id = entry_id \
            WHERE entry_id = (SELECT entry_id FROM journal_positions WHERE position = 18)"],
        "journal",
        "position 18,",
    ),
    (
        "journal",
        &["UPDATE journal SET stream_version = 1001 \
            WHERE entry_id = (SELECT entry_id FROM journal_positions WHERE position = 100)"],
        "journal",
        "position 100,",
    ),
    (
        "journal",
        &["UPDATE journal SET recorded_at = '2020-01-01T00:00:00.000000Z' \
            WHERE entry_id = (SELECT entry_id FROM journal_positions WHERE position = 101)"],
        "journal",
        "position 101,",
    ),
    (
        "journal",
        &[
            "DELETE FROM journal WHERE entry_id = (SELECT entry_id FROM journal_positions WHERE position = 20)",
        ],
        "journal",
        "position 20,",
    ),
    (
        "journal_positions",
        &["UPDATE journal_positions SET position = 10000 WHERE position = 500"],
        "journal_positions",
        "position 500",
    ),
    ("journal_positions", &["DELETE FROM journal_positions WHERE position = 600"], "journal", "entry "),
    (
        "journal_positions",
        &["UPDATE journal_positions SET leaf = (SELECT leaf FROM journal_positions WHERE position = 7) \
            WHERE position = 8"],
        "journal",
        "position 8,",
    ),
    // The last of one stream and the first of the next change places: every row is right, only the order is not.
    (
        "journal_positions",
        &[
            "UPDATE journal_positions SET position = 10000 WHERE position = 300",
            "UPDATE journal_positions SET position = 300 WHERE position = 301",
            "UPDATE journal_positions SET position = 301 WHERE position = 10000",
        ],
        "journal_checkpoints",
        "size 300",
    ),
    (
        "journal_tiles",
        &[
            "UPDATE journal_tiles SET hashes = (SELECT hashes FROM journal_tiles WHERE level = 0 AND tile_index = 0) \
            WHERE level = 0 AND tile_index = 1",
        ],
        "journal_tiles",
        "level 0, tile 1",
    ),
    ("journal_tiles", &["DELETE FROM journal_tiles WHERE level = 1"], "journal_tiles", "level 1, tile 0"),
    (
        "journal_checkpoints",
        &["UPDATE journal_checkpoints SET root = (SELECT leaf FROM journal_positions WHERE position = 7) \
            WHERE tree_size = 200"],
        "journal_checkpoints",
        "size 200",
    ),
    (
        "journal_checkpoints",
        &[
            "UPDATE journal_checkpoints SET note = (SELECT note FROM journal_checkpoints WHERE tree_size = 300) \
            WHERE tree_size = 200",
        ],
        "journal_checkpoints",
        "size 200",
    ),
    (
        "journal_checkpoints",
        &["UPDATE journal_checkpoints SET note = 'I swear' WHERE tree_size = 400"],
        "journal_checkpoints",
        "size 400",
    ),
];

#[tokio::test]
async fn whatever_row_is_tampered_with_is_named() {
    // Threat 5, T19
    on_both(async |fresh| {
        let (service, log) = written(fresh).await;
        let audited = log.audit(None).await.unwrap();
        assert_eq!(audited.entries, 600);
        assert!(audited.checkpoints >= 18);
        for refused in [
            "UPDATE journal SET entry_type = 'x'",
            "DELETE FROM journal",
            "UPDATE journal_positions SET position = position + 1000",
            "DELETE FROM journal_checkpoints",
        ] {
            let changed = change(fresh, refused.to_owned()).await;
            assert!(changed.is_err(), "the database itself refuses: {refused}");
        }

        disarm(fresh).await;
        for (table, spoils, named, row) in TAMPERINGS {
            let found = spoilt(fresh, &log, table, spoils).await;
            let AuditFault::Damaged { table: found_table, row: found_row, .. } = &found else {
                panic!("{spoils:?}: {found:?}");
            };
            assert_eq!(found_table, named, "{spoils:?}: {found:?}");
            assert!(found_row.contains(row), "{spoils:?}: {found:?}");
        }

        // What waits for its position is held to what was recorded, too.
        service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
        let swapped =
            "UPDATE journal_pending SET leaf = (SELECT leaf FROM journal_positions WHERE position = 1)";
        for spoil in [swapped, "DELETE FROM journal_pending"] {
            let found = spoilt(fresh, &log, "journal_pending", &[spoil]).await;
            assert!(
                matches!(found, AuditFault::Damaged { ref row, .. } if row.contains("entry ")),
                "{found:?}"
            );
        }
        assert_eq!(log.audit(None).await, Ok(audited), "everything was put back");
        service.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_database_that_contradicts_what_was_published_is_found() {
    let fresh = Fresh::sqlite().await;
    let (service, log) = written(&fresh).await;
    let note = log.head().await.unwrap().unwrap().note;
    let published = Checkpoint::open(&note, signer().verifier()).unwrap();
    assert!(log.audit(Some(&published)).await.is_ok());
    let another_history = Checkpoint { root: Hash::leaf(b"another history"), ..published.clone() };
    let longer = Checkpoint { size: published.size + 1, ..published.clone() };
    let older = Checkpoint { size: 300, root: Hash::leaf(b"another beginning"), ..published };
    for contradiction in [another_history, longer, older] {
        let found = log.audit(Some(&contradiction)).await;
        assert!(matches!(found, Err(AuditFault::Damaged { .. })), "{contradiction:?}");
    }
    service.stopped().await;
}
