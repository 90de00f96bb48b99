//! States as they were kept: what was written once must be read for as long as the record lives (L49).

use complaints_domain::complaint::{Command, State, StepRef};

use crate::fixture::{Desk, contact, day};

/// A case that has been through most of what a case can go through.
fn eventful() -> State {
    let mut desk = Desk::finished("2024-01-02");
    let reopen = Command::ReopenSteps {
        steps: vec![StepRef { stage_number: 1, id: "findings".to_owned() }],
        requested_on: day("2024-02-01"),
        due_on: Some(day("2024-02-07")),
    };
    desk.on("2024-02-01").does(contact("2024-02-01", false)).does(reopen);
    desk.on("2024-02-05").completes("findings");
    desk.state
}

#[test]
fn the_first_form_is_read_as_it_was_meant() {
    let kept: State = serde_json::from_str(include_str!("kept/v1.json")).unwrap();
    assert_eq!(kept, eventful());
}

#[test]
fn the_first_form_is_what_is_written() {
    let written: serde_json::Value = serde_json::to_value(eventful()).unwrap();
    let kept: serde_json::Value = serde_json::from_str(include_str!("kept/v1.json")).unwrap();
    assert_eq!(written, kept, "another form needs another schema, and v1 must still be read");
}

#[test]
fn a_form_that_is_not_known_is_not_read() {
    let later = include_str!("kept/v1.json").replacen("\"schema\": \"1\"", "\"schema\": \"2\"", 1);
    assert!(serde_json::from_str::<State>(&later).is_err());
}
