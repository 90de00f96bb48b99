//! Each service destroys what it holds, sends its receipt, and answers with the tombstone from then on (L31, L34; RET-07).

use redress_proto::{
    complaints::v1::WithdrawnBy,
    ice_liaison::v1::{DeclineGround, ExaminationStage},
    journal::v1::{ListEntriesRequest, journal_service_client::JournalServiceClient},
    options::v1::Role,
    records_retention::v1::{self as proto, HoldReason, Holder, RecordClass},
    routing::v1::{
        CloseMemberLetterRequest, GetMemberLetterRequest, GetMixedComplaintRequest, GetPaperRequest,
        ListContactsRequest, ListPapersRequest, Matter, Member as Writing, ReplyToMemberRequest,
        RerouteContactRequest, Writer,
    },
};
use redress_testkit::backends;
use redress_tests::{
    chain::{Member, bearing, civil},
    clerk::{contact, input, reference},
    officer::Answer,
};

use super::{
    ground::{Ground, ON, learned},
    mixed,
};

/// The reason of a refusal.
fn refused<T: std::fmt::Debug>(answer: Answer<T>) -> String {
    answer.expect_err("a refusal").reason
}

/// Why a record is held, each once.
fn reasons(record: &proto::Record) -> Vec<HoldReason> {
    let open = record.holds.iter().filter(|hold| hold.released_on.is_none());
    let mut reasons: Vec<HoldReason> = open.map(proto::Hold::reason).collect();
    reasons.sort_unstable_by_key(|reason| i32::from(*reason));
    reasons.dedup();
    reasons
}

/// How many entries about a complaint someone is shown.
async fn shown(ground: &Ground, (member, role): (Member, Role), complaint: &str) -> usize {
    let (stream_kind, stream_id) = complaint.split_once('/').unwrap();
    let asked = ListEntriesRequest {
        stream_kind: stream_kind.to_owned(),
        stream_id: stream_id.to_owned(),
        page_size: 200,
        ..Default::default()
    };
    let mut request = bearing(&ground.chain.people.token(member, role).unwrap(), asked).unwrap();
    request.metadata_mut().insert("redress-service", "complaints".parse().unwrap());
    let mut journal = JournalServiceClient::new(ground.channel.clone());
    journal.list_entries(request).await.unwrap().into_inner().entries.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_ends_with_the_complaint_it_opened_and_every_rpc_says_so() {
    for backend in backends() {
        let mut ground = Ground::on(backend, 0xd15).await;
        let (mut officer, mut registrar) = (ground.officer(), ground.registrar());
        let mut clerk = ground.clerk(Member::Prime).await;
        let asked = input(&ground.chain.contract, Writer::Participant, &[Matter::Provider], ON);
        let mut sent = contact(asked, &reference(&mut ground.seed));
        sent.participant = ground.chain.participant.clone();
        let routed = clerk.route(sent).await.unwrap();
        let paper = clerk.paper(&routed.name, "text/plain", b"A note of the call.\n").await.unwrap().name;

        // L41: from birth it has a basis; while its complaint is open it is held, whichever news came first.
        let is_held = |record: &proto::Record| record.held;
        let kept = registrar.record(&routed.name, is_held).await.unwrap();
        assert_eq!(kept.record_class(), RecordClass::CorrespondenceFile);
        assert_eq!(kept.parts[0].holder(), Holder::Routing);
        assert_eq!(kept.holds[0].matter, routed.complaint);
        let file = registrar.record(&routed.complaint, is_held).await.unwrap();
        officer.withdraw(&routed.complaint, WithdrawnBy::Participant, ON).await.unwrap();
        let is_free = |record: &proto::Record| !record.held;
        registrar.record(&routed.name, is_free).await.unwrap();
        registrar.record(&routed.complaint, is_free).await.unwrap();

        ground.fall_due(&mut registrar).await;
        let disposal = ground.dispose(&mut registrar, &[kept.name, file.name]).await;
        let mut receipts: Vec<_> =
            disposal.receipts.iter().map(|receipt| (receipt.holder(), receipt.objects)).collect();
        receipts.sort_unstable_by_key(|(holder, _)| i32::from(*holder));
        let told = [(Holder::Complaints, 0), (Holder::Routing, 1), (Holder::IceLiaison, 0)];
        assert_eq!(receipts, told, "{disposal:?}");
        // Six years later they come with tokens of that day.
        let mut clerk = ground.stranger(Member::Prime);

        let list = ListPapersRequest { contact: routed.name.clone(), ..Default::default() };
        let id = clerk.id();
        let reroute = RerouteContactRequest {
            request_id: id,
            name: routed.name.clone(),
            about: vec![Matter::JobcentrePlus.into()],
            writer: Writer::Participant.into(),
            reason: 1,
            ..Default::default()
        };
        for reason in [
            refused(clerk.contact(&routed.name).await),
            refused(clerk.list_papers(list).await),
            refused(clerk.get_paper(GetPaperRequest { name: paper.clone() }).await),
            refused(clerk.paper_bytes(&paper).await),
            refused(clerk.paper(&routed.name, "text/plain", b"Another.\n").await),
            refused(clerk.reroute_contact(reroute).await),
        ] {
            assert_eq!(reason, "ITEM_DESTROYED");
        }
        let left = clerk.list_contacts(ListContactsRequest::default()).await.unwrap().contacts;
        assert!(left.is_empty(), "{left:?}");
        let mut rival = ground.stranger(Member::Rival);
        assert_eq!(refused(rival.contact(&routed.name).await), "NOT_FOUND");
        // The journal goes on telling of it whom it told before, and nobody else of the chain (CMP-12).
        assert!(shown(&ground, (Member::Prime, Role::Auditor), &routed.complaint).await > 1);
        for stranger in [(Member::JobcentrePlus, Role::JobcentrePlus), (Member::Sibling, Role::Auditor)] {
            assert_eq!(shown(&ground, stranger, &routed.complaint).await, 0, "{stranger:?}");
        }
        ground.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_and_a_mixed_complaint_hold_their_contact_and_end_with_it() {
    for backend in backends() {
        let mut ground = Ground::on(backend, 0xd16).await;
        let mut registrar = ground.registrar();
        let mut clerk = ground.clerk(Member::Prime).await;
        let mut jobcentre = ground.clerk(Member::JobcentrePlus).await;
        let about = [Matter::Provider, Matter::JobcentrePlus];
        let mut asked = input(&ground.chain.contract, Writer::ElectedMember, &about, ON);
        "MSP".clone_into(&mut asked.title);
        let mut sent = contact(asked, &reference(&mut ground.seed));
        sent.member = Some(Writing {
            full_name: "Ailsa Grant".to_owned(),
            office: "Constituency Office, Ayr".to_owned(),
            ..Writing::default()
        });
        let routed = clerk.route(sent).await.unwrap();
        let held = registrar.record(&routed.name, |record| reasons(record).len() == 2).await.unwrap();
        assert_eq!(reasons(&held), [HoldReason::OpenComplaint, HoldReason::OpenCorrespondence]);

        let reply = ReplyToMemberRequest {
            request_id: clerk.id(),
            name: routed.member_letter.clone(),
            replied_on: Some(civil(ON)),
            text: "We have looked into it.".to_owned(),
            etag: String::new(),
        };
        clerk.reply_to_member(reply).await.unwrap();
        let close = CloseMemberLetterRequest {
            request_id: clerk.id(),
            name: routed.member_letter.clone(),
            etag: String::new(),
        };
        clerk.close_member_letter(close).await.unwrap();
        let only = |reason: HoldReason| move |record: &proto::Record| reasons(record) == [reason];
        registrar.record(&routed.name, only(HoldReason::OpenComplaint)).await.unwrap();
        mixed::satisfied(&mut clerk, &mut jobcentre, &routed.mixed_complaint, "We are both sorry.").await;
        let kept = registrar.record(&routed.name, |record| !record.held).await.unwrap();

        ground.fall_due(&mut registrar).await;
        let disposal = ground.dispose(&mut registrar, &[kept.name]).await;
        assert!(disposal.receipts[0].sealed_texts >= 4, "{disposal:?}");
        let mut clerk = ground.stranger(Member::Prime);
        let letter = GetMemberLetterRequest { name: routed.member_letter.clone(), view: 2 };
        let mixed = GetMixedComplaintRequest { name: routed.mixed_complaint.clone(), ..Default::default() };
        for reason in [
            refused(clerk.contact(&routed.name).await),
            refused(clerk.get_member_letter(letter).await),
            refused(clerk.get_mixed_complaint(mixed).await),
        ] {
            assert_eq!(reason, "ITEM_DESTROYED");
        }
        ground.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_examination_holds_everything_about_its_person_and_ends_by_itself() {
    for backend in backends() {
        let mut ground = Ground::on(backend, 0xd17).await;
        let (mut officer, mut registrar) = (ground.officer(), ground.registrar());
        let mut examiner = ground.examiner();
        let complaint = ground.chain.registration(ON, &mut ground.seed).complaint.unwrap();
        let complaint = officer.register(complaint).await.unwrap().name;
        learned(&mut examiner, &complaint).await;
        let case = examiner.open(&complaint, ON).await.unwrap().name;
        // RET-07, ICE-07: of the complaint, of its person, and of the examination itself.
        let both = |record: &proto::Record| {
            reasons(record) == [HoldReason::OpenComplaint, HoldReason::OpenExamination]
        };
        let participant = ground.chain.participant.clone();
        for subject in [&complaint, &participant, &case] {
            registrar.record(subject, both).await.unwrap();
        }
        let kept = registrar.record(&case, both).await.unwrap();
        assert_eq!(kept.record_class(), RecordClass::ExaminationFile);
        assert!(kept.holds.iter().any(|hold| hold.matter == case), "{kept:?}");
        let declined = examiner.decline(&case, DeclineGround::Premature, ON).await.unwrap();
        assert_eq!(declined.stage(), ExaminationStage::Premature);
        let only = |record: &proto::Record| reasons(record) == [HoldReason::OpenComplaint];
        registrar.record(&case, only).await.unwrap();
        officer.withdraw(&complaint, WithdrawnBy::Participant, ON).await.unwrap();
        let mut names = Vec::new();
        for subject in [&complaint, &participant, &case] {
            names.push(registrar.record(subject, |record| !record.held).await.unwrap().name);
        }

        ground.fall_due(&mut registrar).await;
        ground.dispose(&mut registrar, &names).await;
        let (mut officer, mut examiner) = (ground.officer(), ground.examiner());
        assert_eq!(refused(examiner.get(&case).await), "ITEM_DESTROYED");
        assert_eq!(refused(examiner.papers(&complaint).await), "ITEM_DESTROYED");
        assert_eq!(refused(officer.get(&complaint).await), "ITEM_DESTROYED");
        ground.leave().await;
    }
}
