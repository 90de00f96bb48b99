//! Events of what holds everything about a person: the same messages as those of a record's own holds, in the stream of the person.

use records_retention_domain::person::Event;
use redress_journal::{
    Draft,
    publish::{About, entry},
};

use super::record::{placed, released, reviewed};
use crate::store::person::Person;

/// An event of what holds a person.
pub(crate) fn person(row: &Person, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let about =
        About { kind: "participants", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::Placed(hold) => entry(about, &placed(hold), citations),
        Event::Reviewed { hold, review_on } => entry(about, &reviewed(*hold, *review_on), citations),
        Event::Released { hold, released_on, still_held } => {
            entry(about, &released(*hold, *released_on, *still_held), citations)
        }
    }
}
