//! The ICE year: 1 April to 31 March (ICE-34), and the one after it, which a charge funds (Q24).

use ice_liaison_domain::IceYear;
use proptest::prelude::*;

use crate::fixture::{day, jets};

#[test]
fn a_year_begins_on_the_first_of_april_and_ends_on_the_last_of_march() {
    for (on, label) in [
        ("2024-03-31", "2023-24"),
        ("2024-04-01", "2024-25"),
        ("2024-02-29", "2023-24"),
        ("1999-12-31", "1999-00"),
        ("2000-03-31", "1999-00"),
    ] {
        assert_eq!(IceYear::of(day(on), jets()).to_string(), label, "{on}");
    }
    let year = IceYear::of(day("2024-06-01"), jets());
    assert_eq!((year.first_day(), year.last_day()), (Some(day("2024-04-01")), Some(day("2025-03-31"))));
    assert_eq!(year.next().to_string(), "2025-26");
}

proptest! {
    #[test]
    fn every_day_lies_in_its_year_and_in_no_other(offset in 0_i64..80_000) {
        let on = day("1990-01-01").checked_add(jiff::Span::new().days(offset)).unwrap();
        let year = IceYear::of(on, jets());
        prop_assert!(year.first_day().unwrap() <= on && on <= year.last_day().unwrap());
        prop_assert_eq!(year.last_day().unwrap().tomorrow().unwrap(), year.next().first_day().unwrap());
    }
}
