//! A process that dies at any moment loses nothing it acknowledged (what must hold, 1 and 2).

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use redress_kernel::Ids as _;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    fixture::{Counting, Fresh, Service, call, reopen, requested},
    sequencer::everything,
    toy::{Add, total},
};

/// Changes nothing, and waits for whoever has written the row and is not through.
const MEET: &str = "INSERT INTO things (thing_id, total, version, revision) VALUES ($1, 0, 0, 0) \
                    ON CONFLICT (thing_id) DO UPDATE SET total = things.total";

/// Does work until `enough` calls were acknowledged, then takes the runtime away from under everything.
fn interrupted(fresh_url: &str, folder: &Fresh, things: &Arc<Vec<Uuid>>, enough: usize) -> Vec<(Uuid, Uuid)> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let acknowledged = Arc::new(std::sync::Mutex::new(Vec::new()));
    let count = Arc::new(AtomicUsize::new(0));
    let things = Arc::clone(things);
    runtime.block_on(async {
        let service = Service::on(&reopen(fresh_url).await);
        service.log().await;
        let sequencer = service.sequencer(folder, 8);
        service.parts.tasks.spawn(sequencer.run(CancellationToken::new()));
        let ids = Arc::new(Counting::from_nothing());
        for worker in 0..6_usize {
            let (shell, things, ids) = (service.shell.clone(), Arc::clone(&things), Arc::clone(&ids));
            let (acknowledged, count) = (Arc::clone(&acknowledged), Arc::clone(&count));
            service.parts.tasks.spawn(async move {
                for n in worker.. {
                    let (thing, request) = (things[n % things.len()], ids.next());
                    if shell.submit(requested(request, Add::new(thing, 1))).await.is_ok() {
                        acknowledged.lock().unwrap().push((thing, request));
                        count.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
        while count.load(Ordering::SeqCst) < enough {
            tokio::task::yield_now().await;
        }
    });
    runtime.shutdown_background();
    Arc::try_unwrap(acknowledged)
        .map_or_else(|shared| shared.lock().unwrap().clone(), |own| own.into_inner().unwrap())
}

async fn nothing_is_lost(fresh: Fresh) {
    let things: Arc<Vec<Uuid>> = Arc::new((0..5).map(|_| Counting::from_nothing().next()).collect());
    let mut acknowledged: Vec<(Uuid, Uuid)> = Vec::new();
    for enough in 1..=8 {
        let things = Arc::clone(&things);
        let more = std::thread::scope(|scope| {
            scope.spawn(|| interrupted(&fresh.url, &fresh, &things, enough)).join().unwrap()
        });
        acknowledged.extend(more);
    }
    let service = Service::on(&reopen(&fresh.url).await);
    let log = service.log().await;
    // Repeating every acknowledged request has no effect, because each had its own.
    settled(&service, &things).await;
    let before: i64 = sum(&service, &things).await;
    for (thing, request) in &acknowledged {
        service.shell.submit(requested(*request, Add::new(*thing, 1))).await.unwrap();
    }
    assert_eq!(sum(&service, &things).await, before);
    assert!(before >= i64::try_from(acknowledged.len()).unwrap());

    // State and journal agree, and everything has its position after the next round.
    let mut sequencer = service.sequencer(&fresh, 1000);
    while sequencer.round().await.unwrap().may_be_more {}
    let entries = everything(&log).await;
    assert_eq!(i64::try_from(entries.len()).unwrap(), before);
    assert_eq!(log.gauges().await.unwrap().unsequenced, 0);
    service.shell.submit(call(Add::new(things[0], 1))).await.unwrap();
    service.stopped().await;
    fresh.gone().await;
}

/// Waits for what was on its way to the database when its process went: a commit that was sent is carried out whoever is gone.
async fn settled(service: &Service, things: &[Uuid]) {
    let mut tx = service.parts.db.write().await.unwrap();
    for thing in things {
        tx.query(MEET).bind(*thing).execute().await.unwrap();
    }
    tx.rollback().await.unwrap();
}

async fn sum(service: &Service, things: &[Uuid]) -> i64 {
    let mut tx = service.parts.db.read().await.unwrap();
    let mut sum = 0;
    for thing in things {
        sum += total(&mut tx, *thing).await;
    }
    sum
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_work_survives_on_sqlite() {
    nothing_is_lost(Fresh::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_work_survives_on_postgresql() {
    if let Some(fresh) = Fresh::postgres().await {
        nothing_is_lost(fresh).await;
    }
}
