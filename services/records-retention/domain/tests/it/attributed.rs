//! Whom a record is about, where that is learned after its birth: of an examination or a contact whose complaint comes later (RET-07, RET-10).

use records_retention_domain::{
    ParticipantId, RecordClass,
    record::{Command, Event, Register},
};
use uuid::Uuid;

use crate::fixture::{DISPOSAL, PARTICIPANT, Shelf, ends, order};

/// A record of which nobody knows yet whom it is about, and that is due.
fn of_nobody(class: RecordClass) -> Shelf {
    let mut shelf = Shelf::empty("2026-01-05");
    let register = Register { participant: None, ..shelf.register(class) };
    shelf.does(Command::Register(Box::new(register)));
    shelf.contract = ends(2, "2018-06-30");
    shelf
}

#[test]
fn a_record_learns_once_whom_it_is_about() {
    let mut shelf = of_nobody(RecordClass::ExaminationFile);
    let learned = shelf.asks(&Command::Attribute { participant: PARTICIPANT }).unwrap();
    assert_eq!(learned, [Event::RecordAttributed { participant: PARTICIPANT }]);
    for again in [PARTICIPANT, ParticipantId::new(Uuid::from_u128(41))] {
        assert!(shelf.asks(&Command::Attribute { participant: again }).unwrap().is_empty());
    }
    assert_eq!(shelf.state.file().unwrap().participant, Some(PARTICIPANT));
}

#[test]
fn what_is_learned_of_an_ordered_record_is_known_where_it_comes_back() {
    let mut shelf = of_nobody(RecordClass::ExaminationFile);
    shelf.does(order());
    shelf.does(Command::Attribute { participant: PARTICIPANT });
    shelf.does(Command::Recall { disposal: DISPOSAL });
    assert_eq!(shelf.state.file().unwrap().participant, Some(PARTICIPANT));
}
