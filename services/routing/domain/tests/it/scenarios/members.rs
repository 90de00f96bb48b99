//! As what a writer counts (RTE-10, RTE-14 to RTE-16, Q15).

use jiff::civil::Date;
use routing_domain::{
    Standing,
    member::{Writes, standing},
};

use crate::fixture::{calendars, day, library, pack};

fn on(title: &str, letter_on: Date, left_office: bool, known_on: Date) -> Standing {
    let writes = Writes { title, letter_on, left_office, known_on };
    standing(writes, &pack("jets-scotland"), library().legislatures(), calendars()).unwrap().0
}

fn dated(title: &str, letter_on: &str) -> Standing {
    on(title, day(letter_on), false, day("2026-06-01"))
}

#[test]
fn titles_are_valid_by_the_letters_date() {
    for title in ["MP", "M.P.", "mp", "Member of Parliament", "MSP", "MLA"] {
        assert_eq!(dated(title, "2024-01-02"), Standing::Elected, "{title}");
    }
    assert_eq!(dated("AM", "2020-05-05"), Standing::Elected);
    assert_eq!(dated("AM", "2020-05-06"), Standing::ElectedUnderNewTitle);
    assert_eq!(dated("MS", "2020-05-06"), Standing::Elected);
    assert_eq!(dated("AS", "2024-01-02"), Standing::Elected);
    assert_eq!(dated("MS", "2020-05-05"), Standing::Representative);
    assert_eq!(dated("MEP", "2020-01-31"), Standing::Elected);
    assert_eq!(dated("MEP", "2020-02-01"), Standing::Representative);
}

#[test]
fn councillors_and_mayors_are_representatives_and_peers_are_peers() {
    for title in ["Cllr", "Councillor", "Mayor", "Common Councillor"] {
        assert_eq!(dated(title, "2024-01-02"), Standing::Representative, "{title}"); // RTE-14
    }
    for title in ["Baroness", "Lord", "peer"] {
        assert_eq!(dated(title, "2024-01-02"), Standing::Peer, "{title}"); // RTE-16
    }
    assert_eq!(dated("Doctor", "2024-01-02"), Standing::Representative);
}

#[test]
fn one_who_left_office_counts_until_the_fourth_day_after_the_election() {
    // RTE-15, C28: the general election of 4 July 2024.
    let known = day("2024-07-10");
    let left = |on_day: &str| on("MP", day(on_day), true, known);
    assert_eq!(left("2024-07-05"), Standing::ElectedUntilFourthDay);
    assert_eq!(left("2024-07-08"), Standing::ElectedUntilFourthDay);
    assert_eq!(left("2024-07-09"), Standing::Representative);
    // Before anybody knew of that election, the last one was that of 2019.
    assert_eq!(on("MP", day("2024-07-05"), true, day("2024-05-21")), Standing::Representative);
}
