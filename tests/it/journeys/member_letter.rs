//! A letter of an elected member, answered to its office, and the complaint it opens (domain 3.4).

use redress_proto::{
    options::v1::Role,
    routing::v1::{
        AssignMemberLetterRequest, CloseMemberLetterRequest, GetMemberLetterRequest, LetterStage, Matter,
        Member as Writing, Outcome, ReplyToMemberRequest, SendHoldingReplyRequest, Standing, Writer,
    },
};
use redress_testkit::backends;
use redress_tests::{
    chain::{JETS, Member, civil},
    clerk::{contact, input, reference},
};

use super::place::{Place, date};

#[tokio::test(flavor = "multi_thread")]
async fn an_elected_member_is_answered_and_the_complaint_is_opened() {
    for backend in backends() {
        let mut place = Place::on(backend, JETS, 0xc11).await;
        let mut officer = place.clerk(Member::Prime, Role::ComplaintsManager).await;
        let (on, today) = (place.days_ago(2), place.today());
        let mut asked = input(&place.chain.contract, Writer::ElectedMember, &[Matter::Provider], on);
        asked.title = "MSP".to_owned();
        let mut sent = contact(asked.clone(), &reference(&mut place.seed));
        sent.participant = place.chain.participant.clone();
        let refused = officer.route(sent.clone()).await.unwrap_err();
        assert!(refused.names("contact.member"), "{refused:?}");
        sent.member = Some(Writing {
            title: String::new(),
            full_name: "Ailsa Grant".to_owned(),
            office: "Constituency Office, Ayr".to_owned(),
            reference: "AG/417".to_owned(),
        });
        let routed = officer.route(sent.clone()).await.unwrap();
        let route = routed.route.as_ref().unwrap();
        assert_eq!(
            (route.outcome(), route.opens()),
            (Outcome::MemberCorrespondence, Outcome::ProviderComplaint)
        );
        assert_eq!(route.standing(), Standing::Elected);
        assert!(routed.complaint.starts_with("complaints/"), "the letter opens the complaint");
        let name = routed.member_letter.clone();

        let handler = |handler: &str, request_id: String| AssignMemberLetterRequest {
            request_id,
            name: name.clone(),
            handler: handler.to_owned(),
            etag: String::new(),
        };
        let id = officer.id();
        officer.assign_member_letter(handler("handler-1", id)).await.unwrap();
        let holding = SendHoldingReplyRequest {
            request_id: officer.id(),
            name: name.clone(),
            sent_on: Some(civil(today)),
            apology: "We are sorry that this takes longer.".to_owned(),
            delay_reason: "We wait for the record of calls.".to_owned(),
            new_due_on: Some(civil(today.checked_add(jiff::Span::new().days(7)).unwrap())),
            etag: String::new(),
        };
        let held = officer.send_holding_reply(holding).await.unwrap();
        let promised_on = today.checked_add(jiff::Span::new().days(7)).unwrap();
        assert_eq!((held.stage(), date(held.promised_on)), (LetterStage::HoldingSent, promised_on));

        let reply = |text: &str, request_id: String| ReplyToMemberRequest {
            request_id,
            name: name.clone(),
            replied_on: Some(civil(today)),
            text: text.to_owned(),
            etag: String::new(),
        };
        let id = officer.id();
        let refused = officer.reply_to_member(reply("We have looked into it.", id)).await.unwrap_err();
        assert_eq!(refused.reason, "REFERENCE_NOT_QUOTED", "{refused:?}");
        let id = officer.id();
        let replied = officer
            .reply_to_member(reply("Your reference ag/417. We have looked into it.", id))
            .await
            .unwrap();
        assert_eq!(replied.stage(), LetterStage::Replied);
        let close =
            CloseMemberLetterRequest { request_id: officer.id(), name: name.clone(), etag: String::new() };
        assert_eq!(officer.close_member_letter(close).await.unwrap().stage(), LetterStage::Closed);
        let full = GetMemberLetterRequest { name, view: 2 };
        let full = officer.get_member_letter(full).await.unwrap();
        assert_eq!(full.member.as_ref().unwrap().office, "Constituency Office, Ayr");
        assert!(full.reply.contains("ag/417") && full.holding_reply.contains("sorry"), "{full:#?}");
        assert_eq!(full.complaint, routed.complaint);

        // Until 5 May 2020 the title was AM; who writes under it today is a correspondent like any other.
        asked.title = "councillor".to_owned();
        sent.input = Some(asked);
        sent.reference = reference(&mut place.seed);
        let councillor = officer.route(sent).await.unwrap();
        let route = councillor.route.unwrap();
        assert_eq!(
            (route.outcome(), route.standing()),
            (Outcome::ProviderComplaint, Standing::Representative)
        );
        place.leave().await;
    }
}
