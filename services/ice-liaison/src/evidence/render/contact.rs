//! What routing made of the contacts that led to the complaint.

use redress_bag::case::{Decision, Fact};
use redress_proto::routing::v1::{Contact, Route};

use super::{day, word};
use crate::evidence::Papers;

/// Through which door each contact went, and why.
pub(super) fn decisions(papers: &Papers) -> impl Iterator<Item = Decision> {
    papers.contacts.iter().filter_map(|contact| {
        let route = contact.route.as_ref()?;
        let received = day(contact.input.as_ref()?.received_on.as_ref())?;
        Some(Decision {
            question: format!("Where did the contact of {received} belong?"),
            answer: door(route)?,
            derivation: derivation(contact, route),
            citations: word::rules(&route.citations),
        })
    })
}

fn door(route: &Route) -> Option<String> {
    word::value(route.outcome().as_str_name(), "OUTCOME_")
}

fn derivation(contact: &Contact, route: &Route) -> Vec<Fact> {
    let input = contact.input.as_ref();
    let writer = input.and_then(|input| word::value(input.writer().as_str_name(), "WRITER_"));
    let about = input.into_iter().flat_map(|input| input.about());
    let about: Vec<String> =
        about.filter_map(|matter| word::value(matter.as_str_name(), "MATTER_")).collect();
    let mut facts: Vec<Fact> = writer.map(|writer| Fact::new("who wrote", writer)).into_iter().collect();
    facts.push(Fact::new("about", about.join(", ")));
    facts.push(Fact::new("row of the table that decided", route.row.clone()));
    let corrected = contact.earlier_routes.iter().filter_map(door);
    facts.extend(corrected.map(|before| Fact::new("corrected from", before)));
    facts.retain(|fact| !fact.value.is_empty());
    facts
}
