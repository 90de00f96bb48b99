//! The examiner calls for the papers when some of them are destroyed: the bag says so, and by which disposal (ICE-07, RET-14).

use std::io::Cursor;

use futures::StreamExt as _;
use redress_bag::verify;
use redress_proto::{
    complaints::v1::WithdrawnBy,
    ice_liaison::v1::{
        BuildEvidenceBagRequest, DeclineGround, EvidenceBag, EvidenceBagItem, EvidenceBagOmission,
        evidence_bag_service_client::EvidenceBagServiceClient,
    },
    options::v1::Role,
    routing::v1::{Matter, Writer},
};
use redress_testkit::backends;
use redress_tests::{
    chain::{Member, bearing},
    clerk::{contact, input, reference},
};

use super::ground::{Ground, ON, learned};

const NOTE: &[u8] = b"A note of the call.\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_bag_accounts_for_what_was_destroyed_by_the_disposal_that_did_it() {
    for backend in backends() {
        let mut ground = Ground::on(backend, 0xba9).await;
        let (mut officer, mut registrar) = (ground.officer(), ground.registrar());
        let mut clerk = ground.clerk(Member::Prime).await;
        let asked = input(&ground.chain.contract, Writer::Participant, &[Matter::Provider], ON);
        let mut sent = contact(asked, &reference(&mut ground.seed));
        sent.participant = ground.chain.participant.clone();
        let routed = clerk.route(sent).await.unwrap();
        let paper = clerk.paper(&routed.name, "text/plain", NOTE).await.unwrap().name;
        registrar.record(&routed.complaint, |record| record.held).await.unwrap();
        officer.withdraw(&routed.complaint, WithdrawnBy::Participant, ON).await.unwrap();
        let kept = registrar.record(&routed.name, |record| !record.held).await.unwrap();
        // Before: the paper goes with everything else.
        let (bag, bytes) = of_all(&ground, &routed.complaint, &paper).await;
        assert!(!item(&bag, &paper).files.is_empty() && holds(&bytes, NOTE));

        ground.fall_due(&mut registrar).await;
        let disposal = ground.dispose(&mut registrar, &[kept.name]).await;
        let (bag, bytes) = of_all(&ground, &routed.complaint, &paper).await;
        for gone in [&routed.name, &paper] {
            let item = item(&bag, gone);
            assert_eq!(item.omission(), EvidenceBagOmission::Destroyed, "{gone}");
            assert_eq!((item.authority.as_str(), item.files.len()), (disposal.name.as_str(), 0), "{gone}");
        }
        assert!(!holds(&bytes, NOTE));
        // The journals still tell that it was there, and the bag holds without it.
        assert!(holds(&bytes, b"redress.routing.v1.PaperStored"));
        let report = verify::archive(Cursor::new(&bytes), &[]);
        assert!(report.is_sound(), "{}", report.words());
        ground.leave().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bag_accounts_for_an_examination_that_was_destroyed() {
    for backend in backends() {
        let mut ground = Ground::on(backend, 0xba6).await;
        let (mut officer, mut registrar) = (ground.officer(), ground.registrar());
        let mut examiner = ground.examiner();
        let complaint = ground.chain.registration(ON, &mut ground.seed).complaint.unwrap();
        let complaint = officer.register(complaint).await.unwrap().name;
        learned(&mut examiner, &complaint).await;
        let case = examiner.open(&complaint, ON).await.unwrap().name;
        examiner.decline(&case, DeclineGround::Premature, ON).await.unwrap();
        officer.withdraw(&complaint, WithdrawnBy::Participant, ON).await.unwrap();
        let kept = registrar.record(&case, |record| !record.held).await.unwrap();

        ground.fall_due(&mut registrar).await;
        let disposal = ground.dispose(&mut registrar, &[kept.name]).await;
        let (bag, bytes) = of_all(&ground, &complaint, &case).await;
        let item = item(&bag, &case);
        assert_eq!(item.omission(), EvidenceBagOmission::Destroyed);
        assert_eq!((item.authority.as_str(), item.files.len()), (disposal.name.as_str(), 0));
        let report = verify::archive(Cursor::new(&bytes), &[]);
        assert!(report.is_sound(), "{}", report.words());
        ground.leave().await;
    }
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

fn item<'b>(bag: &'b EvidenceBag, paper: &str) -> &'b EvidenceBagItem {
    bag.items.iter().find(|item| item.paper == paper).unwrap()
}

/// Builds until the bag tells of the paper, which is learned from routing a moment later.
async fn of_all(ground: &Ground, complaint: &str, paper: &str) -> (EvidenceBag, Vec<u8>) {
    let token = ground.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    loop {
        let request = BuildEvidenceBagRequest { complaint: complaint.to_owned(), ..Default::default() };
        let mut client = EvidenceBagServiceClient::new(ground.channel.clone());
        let answer = client.build_evidence_bag(bearing(&token, request).unwrap()).await;
        let mut parts = answer.unwrap().into_inner();
        let (mut bag, mut bytes) = (None, Vec::new());
        while let Some(part) = parts.next().await {
            let part = part.unwrap();
            bag = bag.or(part.bag);
            bytes.extend_from_slice(&part.chunk);
        }
        let bag: EvidenceBag = bag.unwrap();
        if bag.items.iter().any(|item| item.paper == paper) {
            return (bag, bytes);
        }
        tokio::task::yield_now().await;
    }
}
