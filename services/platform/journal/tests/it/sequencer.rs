//! Positions without gaps, a tree that only grows, and no second history.

use std::collections::BTreeMap;

use futures::future::join_all;
use redress_journal::{
    Filter, Log,
    append::{Entries, Origin},
    checkpoint::Checkpoint,
    entry::Entry,
    merkle::proof,
    sequencer::{Fault, Standing},
};
use redress_kernel::Ids as _;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    fixture::{Counting, Fresh, Service, call, last, on_both, reopen, signer},
    toy::{Add, draft},
};

/// The whole log, with the invariants of reliability 2.2 (3) checked on the way.
pub(crate) async fn everything(log: &Log) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut after = 0;
    loop {
        let page = log.feed().read(after, 1000, &Filter::everything()).await.unwrap();
        after = page.scanned;
        entries.extend(page.entries);
        if page.scanned == page.head {
            break;
        }
    }
    let mut versions: BTreeMap<Uuid, i64> = BTreeMap::new();
    for (entry, position) in entries.iter().zip(1..) {
        assert_eq!(entry.position, position, "positions have no gaps");
        let version = versions.entry(entry.stream().unwrap().id).or_default();
        *version += 1;
        assert_eq!(entry.content.version, *version, "a stream's order is kept");
    }
    entries
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_misses_nothing_whatever_order_writers_commit_in() {
    // Reliability fact 0.6, and two sequencers at once (L25).
    on_both(async |fresh| {
        const WRITERS: usize = 8;
        const EACH: i64 = 40;
        let service = Service::on(&fresh.db);
        let log = service.log().await;
        let stop = CancellationToken::new();
        let other = Service::on(&reopen(&fresh.url).await);
        let sequencing = [service.sequencer(fresh, 16), other.sequencer(fresh, 16)]
            .map(|sequencer| service.parts.tasks.spawn(sequencer.run(stop.clone())));

        let writers = (0..WRITERS).map(|_| {
            let (db, clock) = (fresh.db.clone(), service.parts.clock.clone());
            let hint = service.parts.hint.clone();
            service.parts.tasks.spawn(async move {
                let ids = Counting::from_nothing();
                let thing = ids.next();
                for version in 1..=EACH {
                    let mut tx = db.write().await.unwrap();
                    let mut entries = Entries::new(&ids, clock.now(), Origin::of_suite());
                    entries.append(draft(thing, version, 1, None));
                    entries.flush(&mut tx).await.unwrap();
                    // Others overtake between the write and the commit.
                    for _ in 0..(version % 4) {
                        tokio::task::yield_now().await;
                    }
                    tx.commit().await.unwrap();
                    hint.committed();
                }
            })
        });
        let total = i64::try_from(WRITERS).unwrap() * EACH;
        let reader = {
            let feed = log.feed();
            async move {
                use futures::StreamExt as _;
                let mut pages = Box::pin(feed.follow(0, 7, Filter::everything()));
                let mut seen: Vec<i64> = Vec::new();
                while let Some(page) = pages.next().await {
                    seen.extend(page.unwrap().entries.iter().map(|entry| entry.position));
                    if seen.len() == usize::try_from(total).unwrap() {
                        break;
                    }
                }
                seen
            }
        };
        let (seen, written) = futures::join!(reader, join_all(writers));
        assert!(written.iter().all(Result::is_ok));
        assert_eq!(seen, (1..=total).collect::<Vec<_>>(), "each once, in order, none missed");
        stop.cancel();
        for done in sequencing {
            done.await.unwrap();
        }
        everything(&log).await;
        service.stopped().await;
        other.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn every_checkpoint_is_consistent_with_every_later_one_and_every_entry_is_provable() {
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let log = service.log().await;
        let mut sequencer = service.sequencer(fresh, 3);
        let mut heads = Vec::new();
        for round in 0..6 {
            let thing = service.parts.ids.next();
            for _ in 0..=round {
                service.shell.submit(call(Add::new(thing, 1))).await.unwrap();
            }
            while sequencer.round().await.unwrap().may_be_more {}
            heads.push(log.head().await.unwrap().unwrap());
        }
        let key = signer();
        for new in &heads {
            let checkpoint = Checkpoint::open(&new.note, key.verifier()).unwrap();
            assert_eq!((checkpoint.size, checkpoint.root), (u64::try_from(new.size).unwrap(), new.root));
            for old in heads.iter().filter(|old| old.size <= new.size) {
                let proof = log.prove_consistency(old.size, Some(new.size)).await.unwrap();
                let (old_size, new_size) = (old.size.unsigned_abs(), new.size.unsigned_abs());
                assert_eq!(
                    proof::verify_consistency(old_size, new_size, &proof.hashes, old.root, new.root),
                    Ok(())
                );
            }
            for position in 1..=new.size {
                let proof = log.prove_inclusion(position, Some(new.size)).await.unwrap();
                let (index, size) = (position.unsigned_abs() - 1, new.size.unsigned_abs());
                assert_eq!(
                    proof::verify_inclusion(proof.entry.leaf(), index, size, &proof.hashes, new.root),
                    Ok(())
                );
            }
        }
        let head = heads.last().unwrap().size;
        for (position, size) in
            [(0, None), (-1, None), (i64::MIN, None), (head + 1, None), (2, Some(1)), (1, Some(head + 1))]
        {
            assert!(log.prove_inclusion(position, size).await.is_err(), "{position} {size:?}");
        }
        for (old, new) in [(0, None), (-5, None), (head + 1, None), (3, Some(2)), (1, Some(head + 1))] {
            assert!(log.prove_consistency(old, new).await.is_err(), "{old} {new:?}");
        }
        assert_eq!(last(fresh).read().unwrap(), Some(log.head().await.unwrap().unwrap().note));
        service.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_restored_database_is_not_signed_over() {
    // Threat 6: the file outside knows of more than the database, or of something else.
    let (before, after) = (Fresh::sqlite().await, Fresh::sqlite().await);
    let published = {
        let service = Service::on(&before.db);
        service.log().await;
        for _ in 0..5 {
            service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
        }
        service.sequencer(&before, 10).round().await.unwrap();
        service.stopped().await;
        last(&before).read().unwrap().unwrap()
    };
    let service = Service::on(&after.db);
    let log = service.log().await;
    service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
    last(&after).write(&published).unwrap();
    let shorter = service.sequencer(&after, 10).round().await;
    assert_eq!(shorter, Err(Fault::Forked { log_size: 0, published_size: 5 }));

    // As long as what was published, but another history.
    std::fs::remove_file(last(&after).path()).unwrap();
    for _ in 0..7 {
        service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
    }
    service.sequencer(&after, 10).round().await.unwrap();
    last(&after).write(&published).unwrap();
    service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
    let sequencer = service.sequencer(&after, 10);
    let standing = sequencer.standing();
    sequencer.run(CancellationToken::new()).await;
    assert!(matches!(&*standing.borrow(), Standing::Stopped(why) if why.contains("published")));

    // Commands are still taken, and wait.
    service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
    assert_eq!(log.gauges().await.unwrap().unsequenced, 2);
    assert_eq!(log.gauges().await.unwrap().head, 8);

    last(&after).write("nonsense").unwrap();
    assert_eq!(service.sequencer(&after, 10).round().await, Err(Fault::ForeignCheckpoint));
    service.stopped().await;
}

#[tokio::test]
async fn a_checkpoint_that_was_not_yet_kept_outside_is_made_up_for() {
    let fresh = Fresh::sqlite().await;
    let service = Service::on(&fresh.db);
    let log = service.log().await;
    let mut sequencer = service.sequencer(&fresh, 10);
    service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
    sequencer.round().await.unwrap();
    let older = last(&fresh).read().unwrap().unwrap();
    service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
    sequencer.round().await.unwrap();
    // As after a crash between the commit and the file.
    last(&fresh).write(&older).unwrap();
    service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
    assert_eq!(service.sequencer(&fresh, 10).round().await.unwrap().sequenced, 1);
    assert_eq!(log.head().await.unwrap().unwrap().size, 3);

    // While the file cannot be written, nothing more is signed, and nothing is lost.
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("missing");
    let mut blocked = service.sequencer(&fresh, 10);
    blocked.round().await.unwrap();
    std::fs::remove_file(last(&fresh).path()).unwrap();
    std::fs::rename(fresh.folder.path(), &nowhere).unwrap();
    service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
    assert!(matches!(blocked.round().await, Err(Fault::Outside(_))));
    service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
    assert!(matches!(blocked.round().await, Err(Fault::Outside(_))));
    assert_eq!(log.head().await.unwrap().unwrap().size, 4);
    std::fs::rename(&nowhere, fresh.folder.path()).unwrap();
    assert_eq!(blocked.round().await.unwrap().sequenced, 1);
    assert_eq!(log.head().await.unwrap().unwrap().size, 5);
    service.stopped().await;
}

#[tokio::test]
async fn a_database_of_another_log_is_not_opened() {
    let fresh = Fresh::sqlite().await;
    let service = Service::on(&fresh.db);
    let epoch = service.log().await.epoch();
    assert_eq!(service.log().await.epoch(), epoch, "opening again changes nothing");
    let other = redress_journal::checkpoint::Signer::from_seed("redress.example/other", &[1; 32]).unwrap();
    let opened = Log::open(
        fresh.db.clone(),
        other.verifier().clone(),
        service.parts.hint.clone(),
        service.parts.ids.as_ref(),
    );
    assert!(opened.await.is_err());
    service.stopped().await;
}
