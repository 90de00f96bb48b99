//! Once each, in order, across restarts and repeats.

use super::*;

#[tokio::test]
async fn each_entry_has_one_effect_across_restarts_and_repeats() {
    // L18, reliability 2.2 (3)
    on_pairs(async |mut pair| {
        let things: Vec<Uuid> = (0..3).map(|_| pair.there.parts.ids.next()).collect();
        for n in 0..12_usize {
            pair.add(things[n % 3], 1).await;
        }
        until_idle(&mut pair.subscription()).await;
        // A new process begins where the last one ended, and two at once do nothing twice.
        pair.add(things[0], 1).await;
        let (mut one, mut two) = (pair.subscription(), pair.subscription());
        let (first, second) = futures::join!(one.step(), two.step());
        let handled =
            [first, second].into_iter().filter_map(Result::ok).map(|step| step.handled).sum::<usize>();
        assert_eq!(handled, 1);
        for (thing, expected) in things.iter().zip([5, 4, 4]) {
            assert_eq!(pair.total_here(*thing).await, expected);
        }
        for thing in things {
            let seen = pair.mirror.seen.lock().unwrap().clone();
            let versions: Vec<i64> =
                seen.into_iter().filter(|(id, _)| *id == thing).map(|(_, version)| version).collect();
            let mut ordered = versions.clone();
            ordered.sort_unstable();
            assert_eq!(versions, ordered, "in the order of the stream");
        }
        let gauges = pair.gauges("there").await;
        assert_eq!((gauges.position, gauges.held, gauges.parked), (13, 0, 0));
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_running_subscription_follows_and_stops() {
    on_pairs(async |mut pair| {
        let thing = pair.there.parts.ids.next();
        let stop = CancellationToken::new();
        let running = pair.there.parts.tasks.spawn(pair.subscription().run(stop.clone()));
        for _ in 0..5 {
            pair.add(thing, 1).await;
        }
        while pair.total_here(thing).await < 5 {
            tokio::task::yield_now().await;
        }
        stop.cancel();
        running.await.unwrap();
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_filtered_source_moves_the_cursor_past_what_it_does_not_show() {
    on_pairs(async |mut pair| {
        let thing = pair.there.parts.ids.next();
        for _ in 0..3 {
            pair.add(thing, 1).await;
        }
        let nothing = Filter { types: vec!["toy.Other".to_owned()], ..Filter::everything() };
        let source = LocalSource::new("there", pair.there.log().await.feed(), nothing);
        let step = pair.subscription_to(source).step().await.unwrap();
        assert_eq!((step.handled, step.position, step.head), (0, 3, 3));
        assert_eq!(pair.gauges("there").await.position, 3);
        pair.there.stopped().await;
    })
    .await;
}
