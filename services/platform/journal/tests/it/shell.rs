//! Groups of commands: one effect, one answer, and nobody pays for another's mistake.

use std::{task::Poll, time::Duration};

use futures::future::join_all;
use redress_journal::{Actor, Call, Failure, Filter, Request, shell, shell::lapse::lapse};
use redress_store::{Db, Row, Settings};
use tokio::time::Instant;
use uuid::Uuid;

use crate::{
    fixture::{OURS, SETTINGS, Service, call, on_both, reopen, requested},
    toy::{Add, Counted, LIMIT, Manner, TooMuch, total},
};

const COUNT: &str = "SELECT COUNT(*) AS n FROM journal";
/// A use of a request id by somebody who has not committed it.
const HOLD: &str = "INSERT INTO requests (caller_organisation, request_id, method, digests, answer, recorded_at) \
     VALUES ($1, $2, 'toy/Add', $3, $3, $4)";
const COUNT_REQUESTS: &str = "SELECT COUNT(*) AS n FROM requests";

async fn count(service: &Service, sql: &'static str) -> i64 {
    let mut tx = service.parts.db.read().await.unwrap();
    tx.query(sql).one(|row: &Row<'_>| row.get("n")).await.unwrap()
}

async fn total_of(service: &Service, thing: Uuid) -> i64 {
    total(&mut service.parts.db.read().await.unwrap(), thing).await
}

#[tokio::test]
async fn a_request_repeated_a_hundred_times_at_once_has_one_effect_and_one_answer() {
    // L19, L20, reliability 4.1 G21
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let (thing, request) = (service.parts.ids.next(), service.parts.ids.next());
        let calls = (0..100).map(|_| service.shell.submit(requested(request, Add::new(thing, 5))));
        for answer in join_all(calls).await {
            assert_eq!(answer, Ok(Counted { total: 5, version: 1 }));
        }
        assert_eq!(total_of(&service, thing).await, 5);
        assert_eq!(count(&service, COUNT).await, 1);
        service.stopped().await;

        // A week and a restart later, when the thing has moved on, the answer is still the same.
        let service = Service::on(&reopen(&fresh.url).await);
        service.shell.submit(call(Add::new(thing, 1))).await.unwrap();
        let answer = service.shell.submit(requested(request, Add::new(thing, 5))).await;
        assert_eq!(answer, Ok(Counted { total: 5, version: 1 }));
        assert_eq!(total_of(&service, thing).await, 6);
        service.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn two_processes_repeating_one_request_have_one_effect() {
    // L24: two replicas know nothing of each other. G24: who comes while the first is under way waits, and has its answer.
    on_both(async |fresh| {
        let services = [Service::on(&fresh.db), Service::on(&reopen(&fresh.url).await)];
        let (thing, request) = (services[0].parts.ids.next(), services[0].parts.ids.next());
        let calls = (0..40).map(|n| services[n % 2].shell.submit(requested(request, Add::new(thing, 5))));
        for answer in join_all(calls).await {
            assert_eq!(answer, Ok(Counted { total: 5, version: 1 }));
        }
        assert_eq!(total_of(&services[0], thing).await, 5);
        for service in services {
            service.stopped().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_request_that_another_session_still_holds_is_told_to_come_back_and_then_answered() {
    // A process that was killed leaves sessions of the database at work for a while; what they hold is neither there nor not.
    on_both(async |fresh| {
        let impatient = Settings {
            wait: Duration::from_millis(500),
            lock: Duration::from_millis(50),
            ..Settings::default()
        };
        let service = Service::on(&Db::open(&fresh.url, impatient).await.unwrap());
        let (thing, request) = (service.parts.ids.next(), service.parts.ids.next());
        let mut left_behind = fresh.db.write().await.unwrap();
        let held = left_behind.query(HOLD).bind(OURS).bind(request).bind(vec![0_u8]);
        held.bind(service.parts.clock.now()).execute().await.unwrap();
        let told = service.shell.submit(requested(request, Add::new(thing, 5))).await;
        assert_eq!(told, Err(Failure::LostRace), "neither an answer nor a refusal: nobody knows yet");
        // It ends as one whose process is gone: undone.
        drop(left_behind.rollback().await);
        let answer = service.shell.submit(requested(request, Add::new(thing, 5))).await;
        assert_eq!(answer, Ok(Counted { total: 5, version: 1 }));
        let db = service.parts.db.clone();
        service.stopped().await;
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_reused_request_id_names_the_differing_fields() {
    // reliability 4.1 G22
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let (thing, request) = (service.parts.ids.next(), service.parts.ids.next());
        let first = requested(request, Add::new(thing, 5));
        let other = requested(request, Add::new(thing, 6));
        // At once, in one group, and later, from the database.
        let (first_answer, in_group) =
            futures::join!(service.shell.submit(first.clone()), service.shell.submit(other.clone()));
        assert_eq!(first_answer, Ok(Counted { total: 5, version: 1 }));
        for answer in [in_group, service.shell.submit(other).await] {
            assert_eq!(answer, Err(Failure::RequestReused { fields: vec!["amount".to_owned()] }));
        }
        let mut another_rpc = first.clone();
        another_rpc.request = another_rpc.request.map(|request| Request { method: "toy/Take", ..request });
        assert_eq!(
            service.shell.submit(another_rpc).await,
            Err(Failure::RequestReused { fields: Vec::new() })
        );

        // Another organisation's ids are its own.
        let theirs = Actor { organisation: Some(Uuid::from_u128(0xb)), subject: "else".to_owned() };
        let answer = service.shell.submit(Call { actor: theirs, ..first }).await;
        assert_eq!(answer, Ok(Counted { total: 10, version: 2 }));
        service.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_refusal_leaves_no_trace_and_stands_in_nobodys_way() {
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let (thing, request) = (service.parts.ids.next(), service.parts.ids.next());
        let calls = [LIMIT - 1, 2, 1, 1].map(|amount| service.shell.submit(call(Add::new(thing, amount))));
        let answers = join_all(calls).await;
        assert_eq!(answers[0], Ok(Counted { total: LIMIT - 1, version: 1 }));
        assert_eq!(answers[1], Err(Failure::Refused(TooMuch)));
        assert_eq!(answers[2], Ok(Counted { total: LIMIT, version: 2 }));
        assert_eq!(answers[3], Err(Failure::Refused(TooMuch)));

        let refused = service.shell.submit(requested(request, Add::new(thing, 1))).await;
        assert_eq!(refused, Err(Failure::Refused(TooMuch)));
        assert_eq!(count(&service, COUNT_REQUESTS).await, 0, "a refused request may be sent again");
        assert_eq!(count(&service, COUNT).await, 2);
        service.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn no_update_is_lost_between_processes() {
    // L23
    on_both(async |fresh| {
        let patient = shell::Settings { retries: 200, ..SETTINGS };
        let services = [Service::with(&fresh.db, patient), Service::with(&reopen(&fresh.url).await, patient)];
        let thing = services[0].parts.ids.next();
        let calls = (0..120).map(|n| services[n % 2].shell.submit(call(Add::new(thing, 1))));
        let mut versions: Vec<i64> =
            join_all(calls).await.into_iter().map(|answer| answer.unwrap().version).collect();
        versions.sort_unstable();
        assert_eq!(versions, (1..=120).collect::<Vec<_>>(), "every version was answered once");
        assert_eq!(total_of(&services[0], thing).await, 120);
        for service in services {
            service.stopped().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_command_that_breaks_its_promise_or_panics_hurts_only_its_caller() {
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let thing = service.parts.ids.next();
        let manners = [Manner::Proper, Manner::Sloppy, Manner::Proper, Manner::Panics, Manner::Proper];
        let calls = manners.map(|manner| service.shell.submit(call(Add { manner, ..Add::new(thing, 1) })));
        let answers = join_all(calls).await;
        for (manner, answer) in manners.into_iter().zip(&answers) {
            match manner {
                Manner::Proper | Manner::AlwaysFirst => assert!(answer.is_ok(), "{answer:?}"),
                Manner::Sloppy | Manner::Panics => {
                    assert!(matches!(answer, Err(Failure::Internal(_))), "{answer:?}");
                }
            }
        }
        assert_eq!(total_of(&service, thing).await, 3);
        assert_eq!(count(&service, COUNT).await, 3);
        service.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn a_race_that_is_lost_every_time_is_told_so() {
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let thing = service.parts.ids.next();
        service.shell.submit(call(Add::new(thing, 1))).await.unwrap();
        let late = Add { manner: Manner::AlwaysFirst, ..Add::new(thing, 1) };
        assert_eq!(service.shell.submit(call(late)).await, Err(Failure::LostRace));
        assert_eq!(service.shell.tally().alone(), u64::from(SETTINGS.retries));
        assert_eq!(total_of(&service, thing).await, 1);
        service.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn too_many_are_turned_away_late_ones_not_begun_and_those_who_left_still_served() {
    on_both(async |fresh| {
        let narrow = shell::Settings { lanes: 1, group: 1, queue: 3, retries: 1 };
        let service = Service::with(&fresh.db, narrow);
        let (thing, blocker) = (service.parts.ids.next(), service.parts.ids.next());
        service.shell.submit(call(Add::new(blocker, 1))).await.unwrap();

        // Someone else holds the row of the first command, so that the lane cannot get on.
        let mut holding = fresh.db.write().await.unwrap();
        let lock = "UPDATE things SET total = total WHERE thing_id = $1";
        holding.query(lock).bind(blocker).execute().await.unwrap();
        let mut first = Box::pin(service.shell.submit(call(Add::new(blocker, 1))));
        assert!(futures::poll!(&mut first).is_pending());
        while service.shell.waiting() > 0 {
            tokio::task::yield_now().await;
        }

        // A caller who leaves at once.
        let mut leaving = Box::pin(service.shell.submit(call(Add::new(thing, 1))));
        assert!(futures::poll!(&mut leaving).is_pending());
        drop(leaving);
        // One whose deadline has passed.
        #[expect(clippy::disallowed_methods, reason = "a deadline is a point on this clock")]
        let passed = Some(Instant::now());
        let late = Call { deadline: passed, ..call(Add::new(thing, 10)) };
        let mut late = Box::pin(service.shell.submit(late));
        assert!(futures::poll!(&mut late).is_pending());
        let mut third = Box::pin(service.shell.submit(call(Add::new(thing, 1))));
        assert!(futures::poll!(&mut third).is_pending());
        // One too many.
        let fourth = Box::pin(service.shell.submit(call(Add::new(thing, 1))));
        assert_eq!(futures::poll!(fourth), Poll::Ready(Err(Failure::Overloaded)));
        assert_eq!(service.shell.tally().overloaded(), 1);

        holding.rollback().await.unwrap();
        assert_eq!(first.await, Ok(Counted { total: 2, version: 2 }));
        assert_eq!(late.await, Err(Failure::DeadlinePassed));
        assert_eq!(third.await, Ok(Counted { total: 2, version: 2 }));
        assert_eq!(total_of(&service, thing).await, 2, "one left, one waited, nothing of the late one");
        service.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn stopping_carries_out_what_waits_and_takes_nothing_new() {
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let thing = service.parts.ids.next();
        let mut calls: Vec<_> =
            (0..50).map(|_| Box::pin(service.shell.submit(call(Add::new(thing, 1))))).collect();
        for call in &mut calls {
            assert!(futures::poll!(call).is_pending());
        }
        service.parts.stop.cancel();
        assert!(join_all(calls).await.iter().all(Result::is_ok));
        service.parts.tasks.close();
        service.parts.tasks.wait().await;
        assert_eq!(total_of(&service, thing).await, 50);
        assert_eq!(service.shell.submit(call(Add::new(thing, 1))).await, Err(Failure::Unavailable));
    })
    .await;
}

#[tokio::test]
async fn an_entry_tells_who_why_and_in_which_trace() {
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let log = service.log().await;
        let (thing, request, cause, scope) = (
            service.parts.ids.next(),
            service.parts.ids.next(),
            service.parts.ids.next(),
            service.parts.ids.next(),
        );
        let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".to_owned();
        let add = Add { scope: Some(scope), ..Add::new(thing, 3) };
        let call = requested(request, add);
        let call = Call { causation: Some(cause), traceparent: traceparent.clone(), ..call };
        service.shell.submit(call).await.unwrap();
        service.sequencer(fresh, 10).round().await.unwrap();

        let page = log.feed().read(0, 10, &Filter::everything()).await.unwrap();
        let [entry] = page.entries.as_slice() else { panic!("one entry") };
        assert_eq!(entry.traceparent, traceparent);
        assert!(!String::from_utf8_lossy(&entry.bytes).contains(&traceparent), "it is not in the leaf");
        let content = &entry.content;
        assert_eq!(content.actor_organisation, OURS.to_string());
        assert_eq!(content.actor_subject, "someone");
        assert_eq!(content.request_id, request.to_string());
        assert_eq!(content.causation_id, cause.to_string());
        assert_eq!(content.citations, ["CMP-08 (J0 7.01)"]);
        assert_eq!(entry.scope(), Ok(Some(scope)));
        assert_eq!((entry.stream().unwrap().id, content.version), (thing, 1));
        assert!(content.record_time.unwrap().timestamp().is_ok());
        service.stopped().await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_lapses_after_its_term_and_not_before_the_oldest_first() {
    on_both(async |fresh| {
        let service = Service::on(&fresh.db);
        let thing = service.parts.ids.next();
        let mut asked = Vec::new();
        for total in 1..=5 {
            let (request, before) = (service.parts.ids.next(), service.parts.clock.now());
            let answer = service.shell.submit(requested(request, Add::new(thing, 1))).await.unwrap();
            assert_eq!(answer.total, total);
            asked.push((request, before, total));
        }
        let oldest_kept = asked[3].1;
        // Small portions: two, then the one that is left, then none.
        for (most, expected) in [(2, 2), (2, 1), (2, 0)] {
            assert_eq!(lapse(&fresh.db, oldest_kept, most).await, Ok(expected));
        }
        assert_eq!(count(&service, COUNT_REQUESTS).await, 2, "what is not older than the term is kept");
        for (request, _, total) in &asked[3..] {
            let again = service.shell.submit(requested(*request, Add::new(thing, 1))).await.unwrap();
            assert_eq!(again.total, *total, "inside the term the answer is the same");
        }
        assert_eq!(total_of(&service, thing).await, 5);
        let (lapsed, ..) = asked[0];
        let new = service.shell.submit(requested(lapsed, Add::new(thing, 1))).await.unwrap();
        assert_eq!(new.total, 6, "a request whose answer has lapsed is a new one");
        service.stopped().await;
    })
    .await;
}
