//! Whoever changes a ledger is found out: by the chain, by the signatures, or by the database.

use std::{fs, sync::Arc};

use redress_journal::checkpoint::Signer;
use redress_ledger::{Damage, Fault, Ledger};

use crate::fixture::{Place, erasure};

async fn three() -> Place {
    let place = Place::new();
    place.open().append(vec![erasure(1), erasure(2), erasure(3)]).await.unwrap();
    place
}

fn damage(place: &Place) -> Damage {
    match Ledger::open(place.path(), Arc::clone(&place.signer)) {
        Err(Fault::Damaged { source, .. }) => source,
        other => panic!("it was taken for whole: {other:?}"),
    }
}

#[tokio::test]
async fn a_line_that_was_taken_out_moved_or_changed_breaks_the_chain() {
    let place = three().await;
    let text = place.text();
    let lines: Vec<&str> = text.lines().collect();
    let written = |lines: &[&str]| fs::write(place.path(), lines.join("\n") + "\n").unwrap();
    written(&[lines[0], lines[2]]);
    assert!(matches!(damage(&place), Damage::Broken { line: 2 }));
    written(&[lines[1], lines[0], lines[2]]);
    assert!(matches!(damage(&place), Damage::Broken { line: 1 }));
    let changed = lines[1].replace("00000bba", "00000bbb");
    let changed =
        if changed == lines[1] { lines[1].replacen("complaints/0", "complaints/1", 1) } else { changed };
    written(&[lines[0], &changed, lines[2]]);
    assert!(matches!(damage(&place), Damage::Broken { line: 2 }));
    written(&[lines[0], "{}", lines[2]]);
    assert!(matches!(damage(&place), Damage::NotALine { line: 2 }));
    fs::write(place.path(), &text).unwrap();
    assert_eq!(place.open().head().unwrap().number, 3);
}

#[tokio::test]
async fn another_key_signs_no_line_of_it() {
    let place = three().await;
    let other = Arc::new(Signer::from_seed("redress.invalid/complaints", &[8; 32]).unwrap());
    assert!(matches!(
        Ledger::open(place.path(), other),
        Err(Fault::Damaged { source: Damage::Unsigned { line: 1, .. }, .. })
    ));
}

#[tokio::test]
async fn one_that_becomes_shorter_under_a_running_process_is_written_no_more() {
    let place = three().await;
    let ledger = place.open();
    let text = place.text();
    let first = text.lines().next().unwrap().to_owned() + "\n";
    fs::write(place.path(), first).unwrap();
    assert!(matches!(ledger.append(vec![erasure(4)]).await, Err(Fault::Shortened { .. })));
}
