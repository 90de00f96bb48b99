//! `redress calendar import`: what a list brings is shown first, kept whole or not at all, and merged at every start.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::civil::{Date, date};
use redress::{
    client::Failure,
    command::{calendar::Import, day::Day},
    present::calendar::{as_json, brought},
};
use redress_chassis::process;
use redress_policy::{Basis, Calendars, Division};
use serde_json::{Value, json};

use crate::fixture::screen;

/// The day on which the list is taken in.
const TODAY: Date = date(2027, 2, 1);
/// A day off that was announced that day.
const NEW: Date = date(2027, 6, 21);

/// The file of GOV.UK as it would be with one more day in Scotland.
fn feed() -> Value {
    let calendars = Calendars::embedded().unwrap();
    let mut feed = json!({});
    for division in Division::ALL {
        let holidays = calendars.get(division).holidays.iter().filter(|holiday| holiday.on.year() >= 2019);
        let mut events: Vec<Value> = holidays
            .map(|holiday| {
                let notes = if holiday.substitute { "Substitute day" } else { "" };
                json!({ "title": holiday.name, "date": holiday.on.to_string(), "notes": notes, "bunting": true })
            })
            .collect();
        if division == Division::Scotland {
            events.push(json!({ "title": "The day", "date": NEW.to_string(), "notes": "", "bunting": true }));
            events.sort_by_key(|event| event["date"].to_string());
        }
        feed[division.slug()] = json!({ "division": division.slug(), "events": events });
    }
    feed
}

fn written(folder: &Path, feed: &Value) -> PathBuf {
    let path = folder.join("bank-holidays.json");
    fs::write(&path, feed.to_string()).unwrap();
    path
}

fn import(file: PathBuf, folder: &Path, dry_run: bool) -> Import {
    Import {
        file,
        from: Some(Day::On(date(2019, 1, 1))),
        until: Some(Day::On(date(2028, 12, 31))),
        known_from: Day::Today,
        divisions: Vec::new(),
        cancelled: Vec::new(),
        dry_run,
        folder: Some(folder.join("calendars")),
        data: folder.to_owned(),
    }
}

fn works(calendars: &Calendars, known_on: Date) -> bool {
    calendars.view(Basis::Division(Division::Scotland), known_on).is_working(NEW).unwrap()
}

#[test]
fn a_day_that_was_announced_comes_in_and_is_there_at_the_next_start() {
    // L03, L05
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("calendars");
    let file = written(folder.path(), &feed());

    let shown = import(file.clone(), folder.path(), true).take_in(TODAY).unwrap();
    insta::assert_snapshot!("what_a_list_brings", brought(screen(100), &shown, true));
    assert!(!kept.exists(), "what is only shown is not kept");

    let taken = import(file.clone(), folder.path(), false).take_in(TODAY).unwrap();
    let files: Vec<_> = taken.iter().filter_map(|one| one.kept.clone()).collect();
    assert_eq!(files, [kept.join("2027-02-01-scotland.toml")], "what brings nothing is not kept");
    let calendars = process::calendars(&kept).unwrap();
    assert!(works(&calendars, date(2027, 1, 31)) && !works(&calendars, TODAY), "news counts from its day on");
    assert!(works(&Calendars::embedded().unwrap(), TODAY), "the program itself knows nothing of it");

    let again = import(file, folder.path(), false).take_in(date(2027, 3, 1)).unwrap();
    assert!(
        again.iter().all(|one| one.news.is_empty() && one.kept.is_none()),
        "the same list again is no news"
    );
    assert_eq!(as_json(&taken, false)["lists"][1]["added"][0]["on"], json!("2027-06-21"));
}

#[test]
fn a_list_that_forgets_is_refused_with_everything_that_is_wrong_and_nothing_is_kept() {
    // L04: the national feed dropped 2019 to 2023.
    let folder = tempfile::tempdir().unwrap();
    let mut feed = feed();
    for division in Division::ALL {
        let events = feed[division.slug()]["events"].as_array_mut().unwrap();
        events.retain(|event| event["date"].as_str().unwrap() >= "2024");
    }
    let file = written(folder.path(), &feed);
    let Err(Failure::Invalid(said)) = import(file, folder.path(), false).take_in(TODAY) else {
        panic!("it was taken in")
    };
    assert!(said.contains("scotland: the holiday on 2019-01-01 is missing from the list"), "{said}");
    assert!(said.contains("england-and-wales: the holiday on 2023-12-26 is missing from the list"), "{said}");
    assert!(!folder.path().join("calendars").exists());
}

#[test]
fn the_days_a_feed_speaks_for_are_given_by_whoever_looked_at_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut blind = import(written(folder.path(), &feed()), folder.path(), true);
    blind.from = None;
    assert!(matches!(blind.take_in(TODAY), Err(Failure::Usage(_))));
}

#[test]
fn two_lists_of_one_day_have_two_names() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), &feed());
    import(file, folder.path(), false).take_in(TODAY).unwrap();
    let mut more = feed();
    let events = more["scotland"]["events"].as_array_mut().unwrap();
    events.push(json!({ "title": "Another", "date": "2028-06-20", "notes": "" }));
    events.sort_by_key(|event| event["date"].to_string());
    let taken = import(written(folder.path(), &more), folder.path(), false).take_in(TODAY).unwrap();
    let kept: Vec<_> = taken.iter().filter_map(|one| one.kept.clone()).collect();
    assert_eq!(kept, [folder.path().join("calendars/2027-02-01-scotland-2.toml")]);
}
