//! Retries (reliability 5.9).

use std::time::Duration;

use redress::client::retry::{MOST_ATTEMPTS, Pushback, pause};
use tonic::Code;

const LONG: Duration = Duration::from_mins(1);

#[test]
fn only_what_may_pass_is_tried_again() {
    let mut tried = Vec::new();
    for code in (0..=16).map(Code::from_i32) {
        if pause(1, code, Pushback::Silent, 1, LONG).is_some() {
            tried.push(code);
        }
    }
    assert_eq!(tried, [Code::Unavailable]);
}

#[test]
fn there_are_three_attempts_and_no_more() {
    assert_eq!(MOST_ATTEMPTS, 3);
    assert!(pause(2, Code::Unavailable, Pushback::Silent, 1, LONG).is_some());
    assert_eq!(pause(3, Code::Unavailable, Pushback::Silent, 1, LONG), None);
    assert_eq!(pause(3, Code::Aborted, Pushback::After(Duration::from_millis(1)), 1, LONG), None);
}

#[test]
fn the_service_says_when_to_come_back_and_whether() {
    let wait =
        pause(1, Code::ResourceExhausted, Pushback::After(Duration::from_secs(2)), 50_000, LONG).unwrap();
    assert_eq!(wait, Duration::from_millis(2050));
    assert_eq!(pause(1, Code::Unavailable, Pushback::Never, 1, LONG), None);
}

#[test]
fn the_pause_is_spread_over_all_of_its_length() {
    let pauses: Vec<Duration> = (0..400_000)
        .step_by(1000)
        .filter_map(|random| pause(1, Code::Unavailable, Pushback::Silent, random, LONG))
        .collect();
    assert_eq!(pauses.iter().min(), Some(&Duration::ZERO));
    assert!(pauses.iter().max().unwrap() > &Duration::from_millis(350));
    assert!(pauses.iter().all(|pause| *pause < Duration::from_millis(400)));
}

#[test]
fn nothing_is_tried_after_the_deadline() {
    let left = Duration::from_millis(40);
    assert_eq!(pause(1, Code::Unavailable, Pushback::Silent, 50_000, left), None);
    assert_eq!(pause(1, Code::Unavailable, Pushback::Silent, 30_000, left), Some(Duration::from_millis(30)));
}
