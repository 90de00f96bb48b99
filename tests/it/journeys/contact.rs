//! Contacts through every door: the provider's own, both bodies', Jobcentre Plus', an elected member's, and nobody's (RTE-01 to
//! RTE-16, CMP-12, CMP-13, CMP-20 to CMP-23).

use redress_proto::{
    options::v1::Role,
    routing::v1::{
        AcceptContactRequest, ContactStage, DirectPersonRequest, ExplainRouteRequest, GetContactRequest,
        ListContactsRequest, Matter, Outcome, PersonTold, RejectContactRequest, RejectReason,
        RerouteContactRequest, RerouteReason, Writer, forward_contacts_response::Result as Row,
    },
    r#type::v1::Channel as Means,
};
use redress_testkit::backends;
use redress_tests::{
    chain::{JETS, Member, civil},
    clerk::{contact, input, reference},
};
use tonic::Code;

use super::place::{Place, date};

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_about_the_provider_is_handed_over() {
    for backend in backends() {
        let mut place = Place::on(backend, JETS, 0xc01).await;
        let mut officer = place.clerk(Member::Prime, Role::ComplaintsOfficer).await;
        let (on, named) = (place.days_ago(2), reference(&mut place.seed));
        let mut sent =
            contact(input(&place.chain.contract, Writer::Participant, &[Matter::Provider], on), &named);
        sent.participant = place.chain.participant.clone();

        let explained = ExplainRouteRequest { input: sent.input.clone() };
        let explained = officer.explain_route(explained).await.unwrap().route.unwrap();
        assert_eq!(explained.outcome(), Outcome::ProviderComplaint);
        let nothing = officer.list_contacts(ListContactsRequest::default()).await.unwrap();
        assert!(nothing.contacts.is_empty(), "explaining leaves no trace");

        let routed = officer.route(sent.clone()).await.unwrap();
        assert_eq!(routed.stage(), ContactStage::HandedOver, "{routed:#?}");
        assert!(routed.complaint.starts_with("complaints/"), "the complaint has its id at once");
        assert!(routed.person.is_none() && routed.statement.is_none(), "nothing personal unasked");
        let route = routed.route.clone().unwrap();
        assert_eq!(
            (route.outcome, &route.row, &route.citations),
            (explained.outcome, &explained.row, &explained.citations)
        );
        assert!(
            route.citations.iter().all(|citation| !citation.rule.is_empty()) && !route.citations.is_empty()
        );
        assert!(route.duties.iter().any(|duty| duty.deadline.is_some()), "{route:#?}");

        let again = officer.route(sent).await.unwrap_err();
        assert_eq!(
            (again.reason.as_str(), again.metadata["name"].as_str()),
            ("ALREADY_THERE", routed.name.as_str())
        );
        let full = GetContactRequest { name: routed.name.clone(), view: 2 };
        let full = officer.get_contact(full).await.unwrap();
        assert_eq!(full.person.unwrap().full_name, "Gwen Ó Briain");
        assert!(full.statement.unwrap().narrative.contains(&named));

        let listed = ListContactsRequest {
            stage: ContactStage::HandedOver.into(),
            reference: named.clone(),
            ..ListContactsRequest::default()
        };
        let listed = officer.list_contacts(listed).await.unwrap().contacts;
        assert_eq!(listed.iter().map(|row| &row.name).collect::<Vec<_>>(), [&routed.name]);
        place.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_about_subcontractors_goes_by_way_of_the_contract_holder() {
    for backend in backends() {
        let mut place = Place::on(backend, JETS, 0xc02).await;
        let mut below = place.clerk(Member::Sub, Role::ComplaintsOfficer).await;
        let mut holder = place.clerk(Member::Prime, Role::ComplaintsManager).await;
        let on = place.days_ago(1);
        let mut asked = input(&place.chain.contract, Writer::Participant, &[Matter::Subcontractor], on);
        asked.respondents = vec![place.organisation(Member::Sub)];
        let first = below.route(contact(asked.clone(), &reference(&mut place.seed))).await.unwrap();
        assert_eq!(first.stage(), ContactStage::Offered, "the contract holder comes first (XCT-06)");

        let accept = |name: &str, id: String| AcceptContactRequest {
            request_id: id,
            name: name.to_owned(),
            ..AcceptContactRequest::default()
        };
        let id = below.id();
        let refused = below.accept_contact(accept(&first.name, id)).await.unwrap_err();
        assert_eq!(refused.reason, "PRIME_MUST_ACCEPT", "{refused:?}");
        let id = holder.id();
        let accepted = holder.accept_contact(accept(&first.name, id)).await.unwrap();
        assert_eq!((accepted.stage(), &accepted.complaint), (ContactStage::HandedOver, &first.complaint));
        let id = holder.id();
        let twice = holder.accept_contact(accept(&first.name, id)).await.unwrap();
        assert_eq!(twice.etag, accepted.etag, "taking it twice is taking it once");

        let second = below.route(contact(asked, &reference(&mut place.seed))).await.unwrap();
        let reject = RejectContactRequest {
            request_id: holder.id(),
            name: second.name.clone(),
            reason: RejectReason::NotOurService.into(),
            etag: second.etag,
        };
        let rejected = holder.reject_contact(reject).await.unwrap();
        assert_eq!(rejected.stage(), ContactStage::Declined);
        let reroute = RerouteContactRequest {
            request_id: below.id(),
            name: second.name,
            about: vec![Matter::ProgrammePolicy.into()],
            reason: RerouteReason::Declined.into(),
            ..RerouteContactRequest::default()
        };
        let rerouted = below.reroute_contact(reroute).await.unwrap();
        assert_eq!(rerouted.stage(), ContactStage::ToBeDirected, "{rerouted:#?}");
        assert_eq!(rerouted.earlier_routes.len(), 1, "what was decided before is kept");
        place.leave().await;
    }
}

/// R14: a taking and a not taking at once, both of what was read a moment ago.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_decide_at_once_one_is_told_that_it_was_late() {
    for backend in backends() {
        let mut place = Place::on(backend, JETS, 0xc07).await;
        let mut below = place.clerk(Member::Sub, Role::ComplaintsOfficer).await;
        let mut one = place.clerk(Member::Prime, Role::ComplaintsManager).await;
        let mut other = place.clerk(Member::Prime, Role::ComplaintsManager).await;
        let on = place.days_ago(1);
        let mut asked = input(&place.chain.contract, Writer::Participant, &[Matter::Subcontractor], on);
        asked.respondents = vec![place.organisation(Member::Sub)];
        let offered = below.route(contact(asked, &reference(&mut place.seed))).await.unwrap();
        let accept = AcceptContactRequest {
            request_id: one.id(),
            name: offered.name.clone(),
            etag: offered.etag.clone(),
            ..AcceptContactRequest::default()
        };
        let reject = RejectContactRequest {
            request_id: other.id(),
            name: offered.name.clone(),
            reason: RejectReason::AlreadyWorked.into(),
            etag: offered.etag,
        };
        let (accepted, rejected) = tokio::join!(one.accept_contact(accept), other.reject_contact(reject));
        let stands = one.contact(&offered.name).await.unwrap().stage();
        let late = match (accepted, rejected) {
            (Ok(_), Err(late)) => {
                assert_eq!(stands, ContactStage::HandedOver);
                late
            }
            (Err(late), Ok(_)) => {
                assert_eq!(stands, ContactStage::Declined);
                late
            }
            both => panic!("one wins, and one does not: {both:?}"),
        };
        assert_eq!((late.code, late.reason.as_str()), (Code::Aborted, "VERSION_MISMATCH"), "{late:?}");
        place.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_provider_cannot_change_goes_to_jobcentre_plus() {
    for backend in backends() {
        let mut place = Place::on(backend, JETS, 0xc03).await;
        let mut officer = place.clerk(Member::Prime, Role::ComplaintsOfficer).await;
        let on = place.days_ago(2);
        let asked = input(&place.chain.contract, Writer::Participant, &[Matter::ProgrammePolicy], on);
        let routed = officer.route(contact(asked, &reference(&mut place.seed))).await.unwrap();
        assert_eq!(routed.stage(), ContactStage::ToBeDirected);
        assert!(routed.complaint.is_empty());

        let paper =
            officer.paper(&routed.name, "text/plain", b"You can write to Jobcentre Plus.\n").await.unwrap();
        assert_eq!(officer.paper_bytes(&paper.name).await.unwrap(), b"You can write to Jobcentre Plus.\n");
        let told = |paper: &str| PersonTold {
            told_on: Some(civil(on)),
            channel: Means::Post.into(),
            paper: paper.to_owned(),
        };
        let direct = |told: PersonTold, id: String| DirectPersonRequest {
            request_id: id,
            name: routed.name.clone(),
            told: Some(told),
            etag: String::new(),
        };
        let id = officer.id();
        let invented = direct(told(&paper.name.replace(&paper.name[7..15], "00000000")), id);
        let refused = officer.direct_person(invented).await.unwrap_err();
        assert_eq!(refused.violations, [("told.paper".to_owned(), "NOT_ON_FILE".to_owned())], "{refused:?}");
        let id = officer.id();
        let directed = officer.direct_person(direct(told(&paper.name), id)).await.unwrap();
        assert_eq!(directed.stage(), ContactStage::Directed);
        assert_eq!(directed.told.unwrap().paper, paper.name);

        let nobody = input(&place.chain.contract, Writer::Participant, &[Matter::Enquiry], on);
        let nobody = officer.route(contact(nobody, &reference(&mut place.seed))).await.unwrap();
        assert_eq!(nobody.stage(), ContactStage::NotAComplaint);
        place.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_passed_on_and_one_bad_row_spoils_nothing() {
    for backend in backends() {
        let mut place = Place::on(backend, JETS, 0xc04).await;
        let mut jobcentre = place.clerk(Member::JobcentrePlus, Role::JobcentrePlus).await;
        let on = place.days_ago(4);
        let asked = input(&place.chain.contract, Writer::JobcentrePlus, &[Matter::Provider], on);
        let mut rows: Vec<_> =
            (0..500).map(|_| contact(asked.clone(), &reference(&mut place.seed))).collect();
        rows[7].input.as_mut().unwrap().writer = 0;
        rows[11].statement = None;
        rows[13].input.as_mut().unwrap().received_on = Some(civil(place.today().tomorrow().unwrap()));
        let answers = jobcentre.forward_all(rows.clone()).await.unwrap();
        let numbers: Vec<i64> = answers.iter().map(|answer| answer.row).collect();
        assert_eq!(numbers, (1..=500).collect::<Vec<_>>(), "one result for each row, in their order");
        let refused: Vec<(i64, String)> = answers
            .iter()
            .filter_map(|answer| match answer.result.as_ref().unwrap() {
                Row::Refused(refusal) => Some((answer.row, refusal.violations[0].field.clone())),
                Row::Forwarded(_) => None,
            })
            .collect();
        let expected = [
            (8, "row.contact.input.writer"),
            (12, "row.contact.statement"),
            (14, "row.contact.input.received_on"),
        ];
        assert_eq!(refused, expected.map(|(row, field)| (row, field.to_owned())));

        // After a break the whole file comes once more, under new request ids.
        let again = jobcentre.forward_all(rows.clone()).await.unwrap();
        for (first, second) in answers.iter().zip(&again) {
            match (first.result.as_ref().unwrap(), second.result.as_ref().unwrap()) {
                (Row::Forwarded(first), Row::Forwarded(second)) => {
                    assert!(second.already_there && !first.already_there);
                    assert_eq!((&first.contact, &first.complaint), (&second.contact, &second.complaint));
                }
                (first, second) => assert_eq!(first, second),
            }
        }
        // Something else under the same reference is not the same again.
        rows[0].statement.as_mut().unwrap().narrative = "Something else.".to_owned();
        let refused = jobcentre.forward(rows.swap_remove(0)).await.unwrap_err();
        assert_eq!(refused.reason, "ALREADY_THERE", "{refused:?}");
        place.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mixed_complaint_and_what_is_left_of_it() {
    for backend in backends() {
        let (place, _) = super::mixed::live(Place::on(backend, JETS, 0xc05).await).await;
        place.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn day_of_raising_at_jobcentre_plus_is_kept() {
    for backend in backends() {
        let mut place = Place::on(backend, JETS, 0xc06).await;
        let mut jobcentre = place.clerk(Member::JobcentrePlus, Role::JobcentrePlus).await;
        let on = place.days_ago(6);
        let asked = input(&place.chain.contract, Writer::JobcentrePlus, &[Matter::Provider], on);
        let first = contact(asked, &reference(&mut place.seed));
        let answer = jobcentre.forward(first.clone()).await.unwrap();
        let taken = answer.contact.unwrap();
        assert_eq!(date(taken.input.unwrap().jobcentre_plus_received_on), on, "evidence of CMP-12");
        assert!(jobcentre.forward(first).await.unwrap().already_there);
        place.leave().await;
    }
}
