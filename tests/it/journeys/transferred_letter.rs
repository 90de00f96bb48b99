//! A letter that went to another organisation (RTE-13): whoever answers it reads all of it, and its clock starts anew there; nobody
//! else comes to see anything.

use redress_proto::{
    options::v1::Role,
    routing::v1::{
        Contact, GetContactRequest, GetMemberLetterRequest, GetPaperRequest, ListContactsRequest,
        ListPapersRequest, Matter, Member as Writing, MemberLetter, ReplyToMemberRequest,
        TransferMemberLetterRequest, Writer,
    },
};
use redress_testkit::backends;
use redress_tests::{
    chain::{JETS, Member, civil},
    clerk::{Clerk, contact, input, reference},
};
use tonic::Code;

use super::place::{Place, date};

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_read_whole_by_whoever_it_went_to_and_by_nobody_else() {
    for backend in backends() {
        let mut place = Place::on(backend, JETS, 0xc21).await;
        let mut sender = place.clerk(Member::Prime, Role::ComplaintsManager).await;
        let mut receiver = place.clerk(Member::Sub, Role::ComplaintsManager).await;
        let mut third = place.clerk(Member::Sibling, Role::ComplaintsManager).await;
        let (routed, paper) = received(&mut place, &mut sender).await;
        let letter = routed.member_letter.clone();
        for clerk in [&mut receiver, &mut third] {
            sees_nothing(clerk, &routed, &paper).await;
        }

        let transferred = transfer(&mut place, &mut sender, &letter).await;
        assert_eq!(transferred.organisation, place.organisation(Member::Sub));
        let read = read_whole(&mut receiver, &routed, &paper).await;
        assert!(read.statement.unwrap().narrative.contains("Nobody rang me back"));
        sees_nothing(&mut third, &routed, &paper).await;
        // Whoever passed it on has nothing taken away.
        read_whole(&mut sender, &routed, &paper).await;

        let reply = ReplyToMemberRequest {
            request_id: receiver.id(),
            name: letter,
            replied_on: Some(civil(place.today())),
            text: "Your reference AG/417. We have looked into it.".to_owned(),
            etag: transferred.etag,
        };
        assert!(!receiver.reply_to_member(reply).await.unwrap().late, "its clock began with the receiver");
        place.leave().await;
    }
}

/// A member's letter about the provider, with a paper, five weeks old: too late for whoever had it first.
async fn received(place: &mut Place, sender: &mut Clerk) -> (Contact, String) {
    let on = place.days_ago(35);
    let mut asked = input(&place.chain.contract, Writer::ElectedMember, &[Matter::Provider], on);
    "MSP".clone_into(&mut asked.title);
    let mut sent = contact(asked, &reference(&mut place.seed));
    sent.participant.clone_from(&place.chain.participant);
    sent.member = Some(Writing {
        full_name: "Ailsa Grant".to_owned(),
        office: "Constituency Office, Ayr".to_owned(),
        reference: "AG/417".to_owned(),
        ..Writing::default()
    });
    let routed = sender.route(sent).await.unwrap();
    let paper = sender.paper(&routed.name, "text/plain", b"What the constituent sent.\n").await.unwrap();
    (routed, paper.name)
}

async fn transfer(place: &mut Place, sender: &mut Clerk, letter: &str) -> MemberLetter {
    let accepted_on = place.days_ago(1);
    let transfer = TransferMemberLetterRequest {
        request_id: sender.id(),
        name: letter.to_owned(),
        organisation: place.organisation(Member::Sub),
        received_on: Some(civil(accepted_on)),
        etag: String::new(),
    };
    let transferred = sender.transfer_member_letter(transfer).await.unwrap();
    let starts: Vec<_> = transferred.clocks.iter().map(|clock| date(clock.start_on)).collect();
    assert!(!starts.is_empty() && starts.iter().all(|start| *start == accepted_on), "{starts:?}");
    transferred
}

/// The letter, the contact with what was said, its papers and their bytes, and its row in the list.
async fn read_whole(clerk: &mut Clerk, routed: &Contact, paper: &str) -> Contact {
    let asked = GetMemberLetterRequest { name: routed.member_letter.clone(), view: 2 };
    let letter = clerk.get_member_letter(asked).await.unwrap();
    assert_eq!(letter.member.unwrap().office, "Constituency Office, Ayr");
    let asked = ListPapersRequest { contact: routed.name.clone(), ..ListPapersRequest::default() };
    let papers = clerk.list_papers(asked).await.unwrap().papers;
    assert_eq!(papers.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), [paper]);
    assert_eq!(clerk.paper_bytes(paper).await.unwrap(), b"What the constituent sent.\n");
    let listed = clerk.list_contacts(ListContactsRequest::default()).await.unwrap().contacts;
    assert_eq!(listed.iter().map(|row| &row.name).collect::<Vec<_>>(), [&routed.name]);
    clerk.get_contact(GetContactRequest { name: routed.name.clone(), view: 2 }).await.unwrap()
}

/// Not that it is there either.
async fn sees_nothing(clerk: &mut Clerk, routed: &Contact, paper: &str) {
    let contact = clerk.contact(&routed.name).await.unwrap_err();
    let asked = GetMemberLetterRequest { name: routed.member_letter.clone(), view: 0 };
    let letter = clerk.get_member_letter(asked).await.unwrap_err();
    let asked = ListPapersRequest { contact: routed.name.clone(), ..ListPapersRequest::default() };
    let papers = clerk.list_papers(asked).await.unwrap_err();
    let one = clerk.get_paper(GetPaperRequest { name: paper.to_owned() }).await.unwrap_err();
    let bytes = clerk.paper_bytes(paper).await.unwrap_err();
    for refused in [contact, letter, papers, one, bytes] {
        assert_eq!(refused.code, Code::NotFound, "{refused:?}");
    }
    let listed = clerk.list_contacts(ListContactsRequest::default()).await.unwrap().contacts;
    assert_eq!(listed, [], "lists are lists of what may be seen");
}
