//! A complaint that is voiced at Jobcentre Plus and handed over, and one that is not the provider's.

use redress_proto::{
    routing::v1::{
        ExplainRouteRequest, ExplainRouteResponse, ForwardContactRequest, ForwardContactResponse,
        ListContactsRequest, ListContactsResponse, Matter, Writer,
        routing_service_client::RoutingServiceClient,
    },
    supply_chain::v1::Contract,
};

use super::{
    super::super::{Example, awaited::awaited, fresh_id, teller::line, text},
    contact_of, input, look_at, opened,
};
use crate::{client::Failure, present::contact};

/// Explains one and hands one over; says whether there is anyone to do it.
pub(super) async fn play(example: &Example, contract: &Contract) -> Result<bool, Failure> {
    let teller = example.teller;
    let policy = input(example, contract, Writer::Participant, &[Matter::ProgrammePolicy], 1);
    let question = ExplainRouteRequest { input: Some(policy) };
    // The contract is learned by the feed of another service.
    let explained = match awaited(async || explain(example, question.clone()).await.map(Some)).await {
        Err(failure) if failure.reason() == "UNKNOWN_METHOD" => return Ok(false),
        explained => explained?,
    };
    teller.say(
        "Before anything is recorded, the officer asks where a complaint about having to take part would go. The answer comes \
         with its row of the table, its paragraphs, and what everyone must do:",
    );
    line(&contact::explained(teller.screen(), &explained));
    let before = contacts(example).await?;
    explain(example, question).await?;
    if contacts(example).await? != before {
        return Err(Failure::Unsound("asking for a route left a contact behind".to_owned()));
    }
    teller.say("Asked again: the list of contacts is what it was. Asking leaves no trace.");

    let about = input(example, contract, Writer::JobcentrePlus, &[Matter::Provider], 1);
    let sent = contact_of(example, "Iain Example", "JCP", about, text::VOICED_NARRATIVE);
    let question = ForwardContactRequest { request_id: fresh_id(), contact: Some(sent) };
    let forwarded = forward(example, question.clone()).await?.contact.unwrap_or_default();
    teller.say(
        "Somebody tells their work coach at Jobcentre Plus what went wrong at the provider. Jobcentre Plus passes it on, and has \
         the name of the complaint at once:",
    );
    line(&contact::show(teller.screen(), &forwarded));
    let case = opened(example, &forwarded.complaint).await?;
    teller.say(
        "The other service opens it under that name, for the contract holder, and counts from the day on which it was voiced:",
    );
    teller.case(&case);
    teller.dates(&case);

    let again = ForwardContactRequest { request_id: fresh_id(), ..question };
    let again = forward(example, again).await?;
    let one = again.contact.as_ref().is_some_and(|again| again.complaint == forwarded.complaint);
    if !again.already_there || !one {
        return Err(Failure::Unsound("the same contact was handed over twice".to_owned()));
    }
    teller.say("Jobcentre Plus sends the same file once more. It is told that the contact is there already: one case.");
    let stranger = look_at(&example.cast.stranger, &forwarded).await;
    teller.refused(
        "another provider asks for the contact. To them it does not exist.",
        "NOT_FOUND",
        stranger,
    )?;
    Ok(true)
}

async fn explain(example: &Example, question: ExplainRouteRequest) -> Result<ExplainRouteResponse, Failure> {
    let link = &example.cast.officer;
    link.ask(question, async |stub, request| RoutingServiceClient::new(stub).explain_route(request).await)
        .await
}

/// The newest contacts that the officer sees.
async fn contacts(example: &Example) -> Result<ListContactsResponse, Failure> {
    let question = ListContactsRequest { page_size: 10, ..ListContactsRequest::default() };
    let link = &example.cast.officer;
    link.ask(question, async |stub, request| RoutingServiceClient::new(stub).list_contacts(request).await)
        .await
}

async fn forward(
    example: &Example,
    question: ForwardContactRequest,
) -> Result<ForwardContactResponse, Failure> {
    let link = &example.cast.jobcentre;
    link.ask(question, async |stub, request| RoutingServiceClient::new(stub).forward_contact(request).await)
        .await
}
