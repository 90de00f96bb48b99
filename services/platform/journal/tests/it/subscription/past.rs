//! Sources whose past has changed.

use super::*;

#[tokio::test]
async fn a_restored_source_is_taken_again_from_where_a_person_says() {
    // The source was restored from a backup that ends at 2, and went on; the follower had got to 4.
    on_pairs(async |mut pair| {
        let (thing, bad) = (pair.there.parts.ids.next(), pair.there.parts.ids.next());
        pair.mirror.poisonous.lock().unwrap().insert(bad);
        for thing in [thing, thing, thing, bad] {
            pair.add(thing, 1).await;
        }
        let first_life = pair.source.read(0, 100).await.unwrap();
        let told = Told { name: "there", page: Arc::new(Mutex::new(first_life.clone())) };
        let mut subscription = pair.subscription_to(told.clone());
        until_idle(&mut subscription).await;
        assert_eq!((pair.total_here(thing).await, pair.gauges("there").await.held), (3, 1));

        let mut second_life = Page { epoch: Uuid::from_u128(2), ..first_life };
        second_life.entries.remove(3);
        second_life.entries[2].bytes = pair.another(bad).await;
        second_life.entries[2] =
            Entry::parse(3, second_life.entries[2].bytes.clone(), String::new()).unwrap();
        (second_life.head, second_life.scanned) = (3, 3);
        *told.page.lock().unwrap() = second_life;
        assert!(matches!(subscription.step().await.unwrap().standing, Standing::Quarantined(_)));
        pair.operate(readmit("there", Some(2))).await.unwrap();
        assert_eq!(pair.gauges("there").await.held, 0, "what was held is of the other life");
        pair.mirror.poisonous.lock().unwrap().clear();
        assert_eq!(subscription.step().await.unwrap().handled, 1);
        assert_eq!((pair.total_here(thing).await, pair.total_here(bad).await), (3, 1));
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_source_with_another_past_is_quarantined() {
    // Reliability 5.2 (3), threat 6: restored, forked or replaced.
    on_pairs(async |mut pair| {
        let thing = pair.there.parts.ids.next();
        for _ in 0..4 {
            pair.add(thing, 1).await;
        }
        let honest = pair.source.read(0, 100).await.unwrap();
        let mut forked = honest.clone();
        forked.entries[2].bytes.push(0);
        let mut restored = honest.clone();
        restored.entries.truncate(2);
        (restored.head, restored.scanned) = (2, 2);
        let another_life = Page { epoch: Uuid::from_u128(9), ..honest.clone() };
        let mut shuffled = honest.clone();
        shuffled.entries.swap(2, 3);
        let mut expected = 0;
        for (name, page, why) in [
            ("forked", forked, "another one now"),
            ("restored", restored, "fewer"),
            ("replaced", another_life, "another life"),
            ("shuffled", shuffled, "out of order"),
        ] {
            let told = Told { name, page: Arc::new(Mutex::new(honest.clone())) };
            until_idle(&mut pair.subscription_to(told.clone())).await;
            expected += 4;
            assert_eq!(pair.total_here(thing).await, expected);

            *told.page.lock().unwrap() = page;
            let step = pair.subscription_to(told.clone()).step().await.unwrap();
            assert!(
                matches!(&step.standing, Standing::Quarantined(reason) if reason.contains(why)),
                "{step:?}"
            );

            // It stays so, also for the next process and for an honest page, until a person has looked.
            *told.page.lock().unwrap() = honest.clone();
            let mut next = pair.subscription_to(told);
            assert!(matches!(next.step().await.unwrap().standing, Standing::Quarantined(_)));
            assert!(matches!(pair.gauges(name).await.standing, Standing::Quarantined(_)));
            let beyond = pair.operate(readmit(name, Some(5))).await;
            assert_eq!(beyond, Err(Failure::Refused(Refused::NotReached { reached: 4 })));
            pair.operate(readmit(name, None)).await.unwrap();
            let source_name = name.to_owned();
            let again = pair.operate(readmit(name, None)).await;
            assert_eq!(again, Err(Failure::Refused(Refused::NotQuarantined { source_name })));
            until_idle(&mut next).await;
            assert_eq!(pair.total_here(thing).await, expected, "nothing was done twice");
        }
        pair.there.stopped().await;
    })
    .await;
}

/// A source that was replaced by one that knows nothing, and always has news.
struct Restless {
    /// How often its name was asked for, which every step begins with.
    steps: Arc<AtomicI64>,
    waits: Arc<AtomicI64>,
}

impl Source for Restless {
    fn name(&self) -> &'static str {
        self.steps.fetch_add(1, Ordering::SeqCst);
        "there"
    }

    async fn read(&self, _: i64, _: usize) -> Result<Page, SourceFault> {
        Err(SourceFault::BeyondHead { head: 0 })
    }

    async fn wait(&self, _: i64) {
        self.waits.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn nobody_waits_for_news_of_a_quarantined_source() {
    // It may have them at once, again and again, and the follower would do nothing but look.
    on_pairs(async |pair| {
        let (steps, waits) = (Arc::new(AtomicI64::new(0)), Arc::new(AtomicI64::new(0)));
        let restless = Restless { steps: steps.clone(), waits: waits.clone() };
        let stop = CancellationToken::new();
        let running = pair.there.parts.tasks.spawn(pair.subscription_to(restless).run(stop.clone()));
        while steps.load(Ordering::SeqCst) < 20 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(pair.gauges("there").await.standing, Standing::Quarantined(_)));
        stop.cancel();
        running.await.unwrap();
        assert_eq!(waits.load(Ordering::SeqCst), 0);
        pair.there.stopped().await;
    })
    .await;
}
