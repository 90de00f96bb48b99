//! What a reader gets, and what not.

use std::sync::Arc;

use redress_journal::{Filter, feed::FeedFault};
use uuid::Uuid;

use crate::{
    fixture::{Service, call, on_both},
    toy::Add,
};

#[tokio::test]
async fn a_reader_sees_its_own_scope_and_gets_on_past_the_rest() {
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let log = service.log().await;
        let ours = Uuid::from_u128(1);
        let things: Vec<Uuid> = (0..9).map(|_| service.parts.ids.next()).collect();
        for (thing, n) in things.iter().zip(0_u32..) {
            let scope = [Some(ours), Some(Uuid::from_u128(2)), None][usize::try_from(n % 3).unwrap()];
            service.shell.submit(call(Add { scope, ..Add::new(*thing, 1) })).await.unwrap();
        }
        service.sequencer(fresh, 100).round().await.unwrap();
        let feed = log.feed();

        let mine = Filter { visible: Arc::new(move |scope| scope == Some(ours)), ..Filter::everything() };
        let page = feed.read(0, 2, &mine).await.unwrap();
        assert_eq!(page.entries.iter().map(|entry| entry.position).collect::<Vec<_>>(), [1, 4]);
        let page = feed.read(page.scanned, 2, &mine).await.unwrap();
        assert_eq!(page.entries.iter().map(|entry| entry.position).collect::<Vec<_>>(), [7]);
        assert_eq!((page.scanned, page.head, page.epoch), (9, 9, log.epoch()));

        let nobody = Filter { types: vec!["toy.Other".to_owned()], ..Filter::everything() };
        let page = feed.read(0, 5, &nobody).await.unwrap();
        assert_eq!((page.entries.len(), page.scanned), (0, 9));

        let one = Filter {
            stream_kind: Some("things".to_owned()),
            stream_id: Some(things[4]),
            ..Filter::everything()
        };
        let page = feed.read(0, 5, &one).await.unwrap();
        assert_eq!(page.entries.len(), 1);
        assert_eq!(page.entries[0].stream().unwrap().id, things[4]);
        let hidden = Filter { visible: Arc::new(|_| false), ..one };
        assert_eq!(feed.read(0, 5, &hidden).await.unwrap().entries.len(), 0);

        assert_eq!(feed.read(10, 5, &mine).await, Err(FeedFault::BeyondHead { head: 9 }));
        service.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_committed_but_has_no_position_is_not_shown() {
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let log = service.log().await;
        service.shell.submit(call(Add::new(service.parts.ids.next(), 1))).await.unwrap();
        assert_eq!(log.feed().read(0, 5, &Filter::everything()).await.unwrap().entries.len(), 0);
        let gauges = log.gauges().await.unwrap();
        assert_eq!((gauges.unsequenced, gauges.head), (1, 0));
        assert!(gauges.oldest_unsequenced.is_some());
        service.sequencer(fresh, 100).round().await.unwrap();
        assert_eq!(log.feed().read(0, 5, &Filter::everything()).await.unwrap().entries.len(), 1);
        let gauges = log.gauges().await.unwrap();
        assert_eq!((gauges.unsequenced, gauges.oldest_unsequenced, gauges.head), (0, None, 1));
        service.stopped().await;
    })
    .await;
}
