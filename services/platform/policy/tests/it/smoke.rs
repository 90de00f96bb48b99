use redress_policy::{Calendars, Library};
#[test]
fn loads() {
    let library = Library::embedded().unwrap();
    assert_eq!(library.packs().len(), 14);
    Calendars::embedded().unwrap();
}
