//! Entries that cannot be acted on.

use super::*;

#[tokio::test]
async fn poison_is_parked_after_ten_attempts_while_other_streams_flow() {
    // Reliability 5.2 (5), T15
    on_pairs(async |mut pair| {
        let (bad, good) = (pair.there.parts.ids.next(), pair.there.parts.ids.next());
        pair.mirror.poisonous.lock().unwrap().insert(bad);
        for thing in [good, bad, good, bad, good] {
            pair.add(thing, 1).await;
        }
        let mut subscription = pair.subscription();
        let step = subscription.step().await.unwrap();
        assert_eq!((step.handled, step.held, step.position), (3, 2, 5));
        assert_eq!(pair.total_here(good).await, 3, "the others went on");
        assert_eq!(pair.total_here(bad).await, 0, "nothing of the failed attempt is left");

        for attempt in 2..=10 {
            assert_eq!(pair.parked().await, [], "not before attempt {attempt}");
            pair.later(301);
            subscription.step().await.unwrap();
        }
        let parked = pair.parked().await;
        assert_eq!(parked.len(), 1, "only the first of the stream; the second waits behind it");
        assert_eq!((parked[0].entry.position, parked[0].attempts, parked[0].stream.id), (2, 10, bad));
        assert_eq!(parked[0].reason, "cannot stomach it");
        pair.later(100_000);
        assert_eq!(subscription.step().await.unwrap().handled, 0, "nobody tries it any more");

        // What comes later waits behind it, too.
        pair.add(bad, 1).await;
        pair.add(good, 1).await;
        let step = subscription.step().await.unwrap();
        assert_eq!((step.handled, step.held), (1, 1));
        let gauges = pair.gauges("there").await;
        assert_eq!((gauges.held, gauges.parked), (2, 1));

        // Someone has mended it.
        pair.mirror.poisonous.lock().unwrap().clear();
        let not_parked = pair.operate(retry(1)).await;
        assert_eq!(not_parked, Err(Failure::Refused(not_parked_at(1))), "only what is parked is tried again");
        pair.operate(retry(2)).await.unwrap();
        assert_eq!(subscription.step().await.unwrap().handled, 3, "it, and all that waited behind it");
        assert_eq!(pair.total_here(bad).await, 3);
        assert_eq!(pair.gauges("there").await.held, 0);
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_parked_entry_is_skipped_by_a_person_who_is_named_in_the_journal() {
    on_pairs(async |mut pair| {
        let bad = pair.there.parts.ids.next();
        pair.mirror.poisonous.lock().unwrap().insert(bad);
        pair.add(bad, 1).await;
        pair.add(bad, 2).await;
        let mut subscription = pair.subscription();
        subscription.step().await.unwrap();
        assert!(pair.operate(skip(1)).await.is_err(), "not while it is still tried");
        for _ in 0..9 {
            pair.later(301);
            subscription.step().await.unwrap();
        }
        assert!(pair.operate(skip(2)).await.is_err(), "not one that only waits");
        pair.operate(skip(1)).await.unwrap();
        assert_eq!(pair.operate(skip(1)).await, Err(Failure::Refused(not_parked_at(1))), "once");
        pair.mirror.poisonous.lock().unwrap().clear();
        assert_eq!(subscription.step().await.unwrap().handled, 1);
        assert_eq!(pair.total_here(bad).await, 2, "the second without the first");

        let journal = "SELECT content FROM journal WHERE entry_type = 'redress.journal.v1.EntrySkipped'";
        let mut tx = pair.here.read().await.unwrap();
        let content: Vec<u8> = tx.query(journal).one(|row: &Row<'_>| row.get("content")).await.unwrap();
        let entry = Entry::parse(1, content, String::new()).unwrap();
        assert_eq!(entry.content.actor_subject, "an operator");
        drop(tx);
        pair.there.stopped().await;
    })
    .await;
}
