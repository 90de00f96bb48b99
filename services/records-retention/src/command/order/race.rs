//! The order to destroy a record against everything that may come at the same moment, through two processes that know nothing of each
//! other, on both databases (reliability T20, D22; L34): if the hold was acknowledged, the data is whole.
//!
//! Each schedule is drawn from a seed: what comes beside the order, through which process, and how soon. So many are raced as
//! `REDRESS_RACED_SCHEDULES` says, drawn from `REDRESS_RACED_SEED`.

mod asked;
mod meeting;
mod recalled;
mod run;
mod schedule;
mod set;

use redress_testkit::backends;

use crate::command::office::Office;
use schedule::{Draw, Schedule};

/// Schedules unless the environment says otherwise.
const SCHEDULES: u64 = 1_500;
/// What they are drawn from unless the environment says otherwise.
const SEED: u64 = 0x7ace;
/// How many are raced at once, each on records of its own.
const AT_ONCE: u64 = 120;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_held_in_time_is_whole() {
    let schedules = told("REDRESS_RACED_SCHEDULES", SCHEDULES);
    for backend in backends() {
        let office = Office::on(&backend).await;
        let mut tally = schedule::Tally::default();
        let (mut raced, mut draw) = (0, Draw::new(told("REDRESS_RACED_SEED", SEED)));
        while raced < schedules {
            let schedules: Vec<Schedule> = (0..AT_ONCE).map(|_| Schedule::draw(&mut draw)).collect();
            raced += AT_ONCE;
            tally += run::race(&office, schedules, raced / AT_ONCE).await;
        }
        eprintln!("{raced} schedules on {}: {tally:?}", backend.name());
        assert!(
            tally.kept > 0 && tally.destroyed > 0,
            "one side always wins on {}: {tally:?}",
            backend.name()
        );
        office.close().await;
    }
}

#[expect(clippy::disallowed_methods, reason = "how long to test is no configuration of a server")]
fn told(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|told| told.parse().ok()).unwrap_or(otherwise)
}
