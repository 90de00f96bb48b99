//! A letter of an elected member: its dates, the complaint it opens, and the reply to the office.

use redress_proto::{
    routing::v1::{
        GetMemberLetterRequest, Matter, Member, MemberLetter, ReplyToMemberRequest, RouteContactRequest,
        RouteInput, Writer, member_letter_service_client::MemberLetterServiceClient,
        routing_service_client::RoutingServiceClient,
    },
    supply_chain::v1::Contract,
    r#type::v1::Channel,
};

use super::{
    super::super::{Example, fresh_id, text},
    contact_of, input, opened,
};
use crate::client::Failure;

/// Reference of the letter at the member's office.
const REFERENCE: &str = "AG/417";

/// Takes one to its reply.
pub(super) async fn play(example: &Example, contract: &Contract) -> Result<(), Failure> {
    let teller = example.teller;
    let officer = &example.cast.officer;
    let about = RouteInput {
        title: "MSP".to_owned(),
        channel: Channel::Post.into(),
        letter_on: Some(example.ago(2)),
        ..input(example, contract, Writer::ElectedMember, &[Matter::Provider], 1)
    };
    let mut sent = contact_of(example, "Una Example", "MEMBER", about, text::MEMBER_NARRATIVE);
    sent.member = Some(Member {
        full_name: "Ailsa Example".to_owned(),
        office: "Constituency Office, Exampletown".to_owned(),
        reference: REFERENCE.to_owned(),
        ..Member::default()
    });
    let question = RouteContactRequest { request_id: fresh_id(), contact: Some(sent) };
    let routed = officer
        .ask(question, async |stub, request| RoutingServiceClient::new(stub).route_contact(request).await)
        .await?;
    let question = GetMemberLetterRequest { name: routed.member_letter.clone(), view: 0 };
    let letter = officer
        .ask(question, async |stub, request| {
            MemberLetterServiceClient::new(stub).get_member_letter(request).await
        })
        .await?;
    teller.say("A member of the Scottish Parliament writes for somebody. The letter has dates of its own:");
    for clock in &letter.clocks {
        teller.due(clock);
    }
    let case = opened(example, &routed.complaint).await?;
    teller.say("It also opens a complaint, which runs by the dates of every other:");
    teller.case(&case);
    teller.refused(
        "a reply that does not quote the reference of the office.",
        "REFERENCE_NOT_QUOTED",
        reply(example, &letter, text::MEMBER_REPLY.to_owned()).await,
    )?;
    reply(example, &letter, format!("Your reference: {REFERENCE}\n\n{}", text::MEMBER_REPLY)).await?;
    teller.say("With it the reply goes to the office, in time.");
    Ok(())
}

async fn reply(example: &Example, letter: &MemberLetter, text: String) -> Result<MemberLetter, Failure> {
    let question = ReplyToMemberRequest {
        request_id: fresh_id(),
        name: letter.name.clone(),
        replied_on: Some(example.ago(0)),
        text,
        etag: String::new(),
    };
    let link = &example.cast.officer;
    link.ask(question, async |stub, request| {
        MemberLetterServiceClient::new(stub).reply_to_member(request).await
    })
    .await
}
