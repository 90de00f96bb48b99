//! Elections and titles.

use jiff::civil::date;
use redress_policy::{legislature::CountsAs, pack::Legislature};

use crate::fixture::library;

#[test]
fn an_election_counts_from_the_day_its_date_was_settled() {
    let legislatures = library().legislatures();
    let last = |on, known_on| {
        legislatures.last_election(Legislature::HouseOfCommons, on, known_on).map(|found| found.polled_on)
    };
    assert_eq!(last(date(2024, 7, 4), date(2024, 7, 8)), Some(date(2024, 7, 4)));
    assert_eq!(last(date(2024, 7, 3), date(2024, 7, 8)), Some(date(2019, 12, 12)));
    // Nobody knew of the poll of July 2024 on 21 May.
    assert_eq!(last(date(2024, 7, 4), date(2024, 5, 21)), Some(date(2019, 12, 12)));
    assert_eq!(last(date(2016, 1, 1), date(2026, 1, 1)), None);
}

#[test]
fn titles_are_found_however_they_are_written() {
    let legislatures = library().legislatures();
    let counts = |title| legislatures.office(title).map(|office| office.counts_as);
    assert_eq!(counts("Cllr"), Some(CountsAs::Representative)); // RTE-14
    assert_eq!(counts("councillor"), Some(CountsAs::Representative));
    assert_eq!(counts("Elected mayor"), Some(CountsAs::Representative));
    assert_eq!(counts("BARONESS"), Some(CountsAs::Peer)); // RTE-16
    assert_eq!(counts("MP"), None);
}

#[test]
fn every_body_has_an_election_and_none_was_known_after_it() {
    let elections = library().legislatures().elections();
    for body in [
        Legislature::HouseOfCommons,
        Legislature::ScottishParliament,
        Legislature::Senedd,
        Legislature::NorthernIrelandAssembly,
        Legislature::EuropeanParliament,
    ] {
        assert!(elections.iter().any(|election| election.body == body), "{body:?}");
    }
    assert!(elections.iter().all(|election| election.known_from <= election.polled_on));
}
