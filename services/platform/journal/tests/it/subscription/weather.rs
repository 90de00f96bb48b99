//! What fails without being any entry's fault.

use super::*;

#[tokio::test]
async fn bad_weather_is_not_blamed_on_the_entry() {
    on_pairs(async |mut pair| {
        let thing = pair.there.parts.ids.next();
        pair.add(thing, 1).await;
        let mut subscription = pair.subscription();
        let storm = DbError::Unavailable(Cause::new("08006", "gone"));
        *pair.mirror.weather.lock().unwrap() = Some(storm.clone());
        for _ in 0..20 {
            assert_eq!(subscription.step().await, Err(Fault::Database(storm.clone())));
        }
        *pair.mirror.weather.lock().unwrap() = None;
        assert_eq!(subscription.step().await.unwrap().handled, 1);
        assert_eq!(pair.gauges("there").await.held, 0);
        // What the database will never take is the entry's fault.
        pair.add(thing, 1).await;
        *pair.mirror.weather.lock().unwrap() = Some(DbError::Refused(Cause::new("22003", "out of range")));
        assert_eq!(subscription.step().await.unwrap().held, 1);
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_reached_is_waited_for_and_never_blamed_on_the_entry() {
    on_pairs(async |mut pair| {
        let (near, far) = (pair.there.parts.ids.next(), pair.there.parts.ids.next());
        for thing in [near, near, far, near] {
            pair.add(thing, 1).await;
        }
        pair.mirror.unreachable.lock().unwrap().insert(far);
        let mut subscription = pair.subscription();
        let waits = Fault::Peer { source_name: "there".to_owned(), position: 3 };
        for _ in 0..20 {
            assert_eq!(subscription.step().await, Err(waits.clone()));
        }
        assert_eq!(pair.total_here(near).await, 2, "what came before it is done, once");
        let gauges = pair.gauges("there").await;
        assert_eq!(
            (gauges.position, gauges.held, gauges.parked),
            (2, 0, 0),
            "nothing is held for the weather"
        );

        pair.mirror.unreachable.lock().unwrap().clear();
        assert_eq!(subscription.step().await.unwrap().handled, 2);
        assert_eq!((pair.total_here(near).await, pair.total_here(far).await), (3, 1));

        // Neither does the weather count against an entry that is held already.
        pair.mirror.poisonous.lock().unwrap().insert(far);
        pair.add(far, 1).await;
        assert_eq!(subscription.step().await.unwrap().held, 1);
        pair.mirror.unreachable.lock().unwrap().insert(far);
        for _ in 0..20 {
            pair.later(301);
            assert!(matches!(subscription.step().await, Err(Fault::Peer { position: 5, .. })));
        }
        assert_eq!(pair.parked().await, []);
        pair.mirror.unreachable.lock().unwrap().clear();
        pair.mirror.poisonous.lock().unwrap().clear();
        assert_eq!(subscription.step().await.unwrap().handled, 1);
        assert_eq!(pair.total_here(far).await, 2);
        pair.there.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_too_much_for_one_transaction_is_done_in_shorter_ones() {
    on_pairs(async |mut pair| {
        let thing = pair.there.parts.ids.next();
        let mut subscription = pair.subscription();
        *pair.mirror.stamina.lock().unwrap() = Some(2);
        let too_long = Fault::Database(DbError::Unavailable(Cause::new("25P03", "took too long")));
        // Five at once are too many, and so are the four that are tried after two and two and one went well.
        for round in 1..=2 {
            for _ in 0..5 {
                pair.add(thing, 1).await;
            }
            assert_eq!(subscription.step().await, Err(too_long.clone()));
            assert_eq!(pair.total_here(thing).await, 5 * (round - 1), "nothing is done by halves");
            assert_eq!(subscription.step().await.unwrap().handled, 5);
            assert_eq!(pair.total_here(thing).await, 5 * round);
        }
        pair.there.stopped().await;
    })
    .await;
}
