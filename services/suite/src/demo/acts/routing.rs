//! The right door: what comes in anywhere is sent where it belongs, under an id that stands at once.

mod contact;
mod member;
mod mixed;

use redress_proto::{
    complaints::v1::{Complaint, Person, Statement},
    routing::v1::{
        Contact, GetContactRequest, Matter, RouteInput, Writer, routing_service_client::RoutingServiceClient,
    },
    supply_chain::v1::Contract,
    r#type::v1::Channel,
};

use super::{
    super::{Example, awaited::awaited},
    intake,
};
use crate::client::{Failure, Link};

/// Sends contacts through every door.
pub(super) async fn play(example: &Example, contract: &Contract) -> Result<(), Failure> {
    example.teller.chapter("8. Through the right door");
    if !Box::pin(contact::play(example, contract)).await? {
        example.teller.say("The routing service is not served here; its part of the example is left out.");
        return Ok(());
    }
    Box::pin(mixed::play(example, contract)).await?;
    Box::pin(member::play(example, contract)).await
}

/// What decides the route of a contact that came in `ago` days before today.
fn input(example: &Example, contract: &Contract, writer: Writer, about: &[Matter], ago: i32) -> RouteInput {
    RouteInput {
        contract: contract.name.clone(),
        writer: writer.into(),
        about: about.iter().map(|matter| (*matter).into()).collect(),
        channel: Channel::InPerson.into(),
        received_on: Some(example.ago(ago)),
        ..RouteInput::default()
    }
}

/// A contact of someone who is on no list yet.
fn contact_of(example: &Example, full_name: &str, what: &str, input: RouteInput, narrative: &str) -> Contact {
    Contact {
        input: Some(input),
        reference: example.reference(what),
        participant_reference: example.reference(&format!("P-{what}")),
        person: Some(Person { full_name: full_name.to_owned(), ..Person::default() }),
        statement: Some(Statement { narrative: narrative.to_owned(), ..Statement::default() }),
        ..Contact::default()
    }
}

/// The complaint under an id that was given before it was opened, as soon as it is.
async fn opened(example: &Example, name: &str) -> Result<Complaint, Failure> {
    let link = &example.cast.officer;
    awaited(async || intake::get(link, name.to_owned()).await.map(Some)).await
}

/// The contact as it now stands.
async fn look_at(link: &Link, contact: &Contact) -> Result<Contact, Failure> {
    let question = GetContactRequest { name: contact.name.clone(), view: 0 };
    link.ask(question, async |stub, request| RoutingServiceClient::new(stub).get_contact(request).await).await
}
