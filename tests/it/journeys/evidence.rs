//! ICE calls for the papers (ICE-07, A0 7.05, J0 7.05): everything about a case in one bag, checked as a stranger would.

use std::{fs, io::Cursor, path::PathBuf};

use bytes::Bytes;
use futures::{StreamExt as _, stream};
use redress_bag::verify;
use redress_journal::checkpoint::VerifierKey;
use redress_proto::{
    complaints::v1::{
        DocumentChunk, DocumentDescription, DocumentKind, Stage, UploadDocumentRequest,
        document_service_client::DocumentServiceClient, upload_document_request::Piece,
    },
    ice_liaison::v1::{
        BuildEvidenceBagRequest, EvidenceBag, EvidenceBagOmission, IceLetterKind, PreviewEvidenceBagRequest,
        WithheldItem, WithholdingGround, evidence_bag_service_client::EvidenceBagServiceClient,
    },
    journal::v1::{GetCheckpointRequest, journal_service_client::JournalServiceClient},
    options::v1::Role,
    routing::v1::{Matter, Writer},
};
use redress_tests::{
    chain::{JETS, Member, bearing},
    clerk::{contact, input, reference},
    examiner::Examiner,
    officer::Answer,
    refused::Refused,
};
use tonic::{Code, Request};

use super::place::{Place, all_steps, finish};

/// Bytes that are sent at a time.
const CHUNK: usize = 256 << 10;

/// One who asks for bags.
struct Desk<'a> {
    place: &'a mut Place,
    token: String,
    complaint: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn all_papers_go_to_the_examiner_in_one_bag() {
    let mut place = Place::here(JETS, 0xBA6).await;
    let complaint = finished(&mut place).await;
    let mut desk = Desk::of(&mut place, Member::Prime, complaint);
    let letter = desk.upload("Letter from Siân.txt", "text/plain", &b"Nobody came.\n".repeat(9000)).await;
    let advice = desk.upload("Advice.txt", "text/plain", b"Privileged.\n").await;

    let previewed = desk.preview(&[]).await.unwrap();
    let (bag, bytes) = desk.build(&[], &previewed.digest, &previewed.checkpoint).await.unwrap();
    assert_eq!(bag, previewed, "what was previewed is what is built");
    assert_eq!(bytes.len(), usize::try_from(bag.size_bytes).unwrap());
    assert!(bag.items.iter().any(|item| item.paper == letter && item.title.contains("Letter from Siân")));
    // Registered, acknowledged, assigned, steps, responses, and both documents and the participant.
    assert!(bag.entries > 10, "{}", bag.entries);
    let keys = [key(&bag), desk.key_of_complaints().await];
    let report = verify::archive(Cursor::new(&bytes), &keys);
    assert!(report.is_proved(), "{}", report.words());
    told(&bytes);

    nothing_else_changes_it(&mut desk, &bag, &bytes).await;
    withheld(&mut desk, &advice, &keys).await;
    changed(&mut desk, &bag).await;
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_routing_and_the_examiner_hold_goes_in_the_same_bag() {
    let mut place = Place::here(JETS, 0xBA8).await;
    let on = place.today();
    let complaint = handed_over(&mut place).await;
    let mut examiner = Examiner::new(&place.channel, &place.chain.people, place.seed.split());
    while examiner.papers(&complaint).await.map_or(0, |papers| papers.len()) < 2 {
        tokio::task::yield_now().await;
    }
    let case = examiner.open(&complaint, on).await.unwrap().name;
    let letter = examiner.letter(&case, IceLetterKind::ProcessCheck, on).await.unwrap().name;
    examiner.account(&case, on).await.unwrap();
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    while officer.get(&complaint).await.is_ok_and(|it| it.stage() != Stage::WithIce) {
        tokio::task::yield_now().await;
    }
    let mut desk = Desk::of(&mut place, Member::Prime, complaint);
    let keys =
        [desk.key_of("complaints").await, desk.key_of("ice-liaison").await, desk.key_of("routing").await];
    let (bag, bytes) = desk.build_of_all(&keys).await;
    for paper in
        [letter.clone(), format!("{case}/accounts/1"), "examination-1".to_owned(), "contact-1".to_owned()]
    {
        assert!(bag.items.iter().any(|item| item.paper == paper && !item.files.is_empty()), "{paper}");
    }
    let text = String::from_utf8_lossy(&bytes);
    for told in [
        "Please answer.",
        "We did what we promised.",
        "Where did the contact of",
        "Had the person a right to go to the examiner",
        "redress.routing.v1.ComplaintHandedOver",
        "redress.ice_liaison.v1.AccountSubmitted",
    ] {
        assert!(text.contains(told), "{told}");
    }
    // Built again it is the first, though its having been built is in the journal by now; withheld, a letter of the examiner
    // is listed so.
    assert_eq!(desk.build(&[], "", b"").await.unwrap(), (bag.clone(), bytes.clone()));
    let (without, bytes) = desk.build(&[(&letter, "COUNSEL-7")], "", b"").await.unwrap();
    let item = without.items.iter().find(|item| item.paper == letter).unwrap();
    assert_eq!(item.omission(), EvidenceBagOmission::LegalPrivilege);
    assert!(!String::from_utf8_lossy(&bytes).contains("Please answer."));
    // What happens at the examiner changes the case.
    examiner.withdraw(&case, on).await.unwrap();
    let refused = desk.build(&[], &bag.digest, &bag.checkpoint).await.unwrap_err();
    assert_eq!((refused.code, refused.reason.as_str()), (Code::Aborted, "EVIDENCE_CHANGED"));
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_go_is_named_before_the_first_byte() {
    let mut place = Place::here(JETS, 0xBA7).await;
    let complaint = finished(&mut place).await;
    let mut desk = Desk::of(&mut place, Member::Prime, complaint.clone());

    // I16: a quarantined paper stops the bag until it is withheld, and the bag gives the true reason.
    let page =
        desk.upload("letter.pdf", "application/pdf", b"<!doctype html><script>alert(1)</script>").await;
    let refused = desk.build(&[], "", b"").await.unwrap_err();
    assert_eq!((refused.code, refused.reason.as_str()), (Code::FailedPrecondition, "ITEM_QUARANTINED"));
    assert_eq!(refused.metadata["papers"], page);
    let (bag, _) = desk.build(&[(&page, "SCAN-1")], "", b"").await.unwrap();
    let item = bag.items.iter().find(|item| item.paper == page).unwrap();
    assert_eq!((item.omission(), item.authority.as_str()), (EvidenceBagOmission::Quarantined, "SCAN-1"));

    // I19: what is withheld must be on file.
    let stranger = "documents/0190c2f6-7d5e-7000-8000-000000000001";
    let refused = desk.preview(&[(&page, "SCAN-1"), (stranger, "A-1")]).await.unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument, "{refused:?}");
    let refused = desk.build(&[(&page, "SCAN-1")], "", b"not a checkpoint").await.unwrap_err();
    assert_eq!(refused.code, Code::InvalidArgument, "{refused:?}");
    // I17: another digest than the one previewed.
    let refused = desk.build(&[(&page, "SCAN-1")], &"0".repeat(64), b"").await.unwrap_err();
    assert_eq!((refused.code, refused.reason.as_str()), (Code::Aborted, "EVIDENCE_CHANGED"));

    // I14: a paper whose bytes are gone.
    let lost = desk.upload("note.txt", "text/plain", b"A note.\n").await;
    lose_documents(desk.place);
    let refused = desk.build(&[(&page, "SCAN-1")], "", b"").await.unwrap_err();
    assert_eq!((refused.code, refused.reason.as_str()), (Code::FailedPrecondition, "BUNDLE_INCOMPLETE"));
    assert_eq!(refused.metadata["papers"], lost);

    // Whoever is no party to the case learns nothing of it.
    let mut rival = Desk::of(&mut place, Member::Rival, complaint);
    assert_eq!(rival.preview(&[]).await.unwrap_err().code, Code::NotFound);
    assert_eq!(rival.build(&[], "", b"").await.unwrap_err().code, Code::NotFound);
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_was_changed_where_it_lies_ends_the_stream_and_makes_no_bag() {
    let mut place = Place::here(JETS, 0xBA9).await;
    let complaint = finished(&mut place).await;
    let mut desk = Desk::of(&mut place, Member::Prime, complaint);
    let recording = b"Nobody came, and nobody rang.\n".repeat(40_000);
    desk.upload("recording.txt", "text/plain", &recording).await;
    spoil_documents(desk.place);
    let request =
        BuildEvidenceBagRequest { complaint: desk.complaint.clone(), ..BuildEvidenceBagRequest::default() };
    let mut client = EvidenceBagServiceClient::new(desk.place.channel.clone());
    let answer = client.build_evidence_bag(bearing(&desk.token, request).unwrap()).await;
    let mut parts = answer.unwrap().into_inner();
    let (mut bytes, mut ended) = (Vec::new(), None);
    while let Some(part) = parts.next().await {
        match part {
            Ok(part) => bytes.extend_from_slice(&part.chunk),
            Err(status) => ended = Some(status.code()),
        }
    }
    assert_eq!(ended, Some(Code::Internal), "the holder's fault, and nobody's who asks");
    // Most of it was sent by then, and none of it passes for a bag.
    assert!(bytes.len() > recording.len() / 2, "{}", bytes.len());
    assert!(!verify::archive(Cursor::new(&bytes), &[]).is_sound());
    place.leave().await;
}

/// Other cases move the journal on; the bag of this one stays what it was.
async fn nothing_else_changes_it(desk: &mut Desk<'_>, bag: &EvidenceBag, bytes: &[u8]) {
    let mut officer = desk.place.officer(Member::Prime, Role::ComplaintsManager);
    let today = desk.place.today();
    let another = desk.place.complaint(today);
    officer.register(another).await.unwrap();
    desk.place.wait_until(today.checked_add(jiff::ToSpan::days(1)).unwrap());
    desk.token = desk.place.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let (again, same) = desk.build(&[], "", b"").await.unwrap();
    assert_eq!((&again, same.as_slice()), (bag, bytes), "the same bag again is the first, also tomorrow");
}

/// I19: withheld with its reason and authority, and listed so.
async fn withheld(desk: &mut Desk<'_>, advice: &str, keys: &[VerifierKey]) {
    let (bag, bytes) = desk.build(&[(advice, "COUNSEL-7")], "", b"").await.unwrap();
    let report = verify::archive(Cursor::new(&bytes), keys);
    assert!(report.is_proved() && report.words().contains("1 are withheld"), "{}", report.words());
    let item = bag.items.iter().find(|item| item.paper == advice).unwrap();
    assert_eq!(
        (item.omission(), item.authority.as_str()),
        (EvidenceBagOmission::LegalPrivilege, "COUNSEL-7")
    );
    assert!(item.files.is_empty() && !bytes.windows(11).any(|window| window == b"Privileged."));
}

/// I17: a paper that came after the preview.
async fn changed(desk: &mut Desk<'_>, bag: &EvidenceBag) {
    desk.upload("more.txt", "text/plain", b"More.\n").await;
    for checkpoint in [bag.checkpoint.as_ref(), b"".as_slice()] {
        let refused = desk.build(&[], &bag.digest, checkpoint).await.unwrap_err();
        assert_eq!((refused.code, refused.reason.as_str()), (Code::Aborted, "EVIDENCE_CHANGED"));
    }
    let now = desk.preview(&[]).await.unwrap();
    assert!(now.position > bag.position && now.digest != bag.digest);
}

/// What a case examiner reads without any tool.
fn told(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for told in
        ["<h1>Complaint ", "Final response issued", "CMP-07", "What the person said", "Speak to the person"]
    {
        assert!(text.contains(told), "{told}");
    }
}

/// The bytes of documents are gone, as after a disk failed.
fn lose_documents(place: &Place) {
    for path in objects(place) {
        fs::remove_file(path).unwrap();
    }
}

/// One bit of every document is another, close to its end.
fn spoil_documents(place: &Place) {
    for path in objects(place) {
        let mut bytes = fs::read(&path).unwrap();
        let at = bytes.len() - 40;
        bytes[at] ^= 1;
        fs::write(path, bytes).unwrap();
    }
}

/// Where the documents of the complaints service lie.
fn objects(place: &Place) -> Vec<PathBuf> {
    let (mut waiting, mut found) = (vec![place.folder().join("complaints")], Vec::new());
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.components().any(|part| part.as_os_str() == "blobs") {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "nothing was stored where it was looked for");
    found
}

/// A complaint with everything done, and its final response out.
async fn finished(place: &mut Place) -> String {
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let today = place.today();
    let complaint = place.complaint(today);
    let registered = officer.register(complaint).await.unwrap();
    all_steps(&mut officer, &registered.name, today).await;
    finish(&mut officer, &registered.name, today).await;
    registered.name
}

/// The same of a complaint that came by way of routing.
async fn handed_over(place: &mut Place) -> String {
    let on = place.today();
    let mut clerk = place.clerk(Member::Prime, Role::ComplaintsOfficer).await;
    let asked = input(&place.chain.contract, Writer::Participant, &[Matter::Provider], on);
    let mut sent = contact(asked, &reference(&mut place.seed));
    sent.participant.clone_from(&place.chain.participant);
    let complaint = clerk.route(sent).await.unwrap().complaint;
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    while officer.get(&complaint).await.is_err() {
        tokio::task::yield_now().await;
    }
    all_steps(&mut officer, &complaint, on).await;
    finish(&mut officer, &complaint, on).await;
    complaint
}

fn key(bag: &EvidenceBag) -> VerifierKey {
    VerifierKey::parse(&bag.verifier_key).unwrap()
}

impl<'a> Desk<'a> {
    fn of(place: &'a mut Place, member: Member, complaint: String) -> Self {
        let token = place.chain.people.token(member, Role::ComplaintsManager).unwrap();
        Self { place, token, complaint }
    }

    async fn key_of_complaints(&self) -> VerifierKey {
        self.key_of("complaints").await
    }

    /// The key that a service publishes for its journal.
    async fn key_of(&self, service: &str) -> VerifierKey {
        let token = self.place.chain.people.token(Member::Prime, Role::Auditor).unwrap();
        let mut request: Request<_> = bearing(&token, GetCheckpointRequest {}).unwrap();
        request.metadata_mut().insert("redress-service", service.parse().unwrap());
        let mut client = JournalServiceClient::new(self.place.channel.clone());
        let head = client.get_checkpoint(request).await.unwrap().into_inner();
        VerifierKey::parse(&head.verifier_key).unwrap()
    }

    async fn preview(&mut self, withheld: &[(&str, &str)]) -> Answer<EvidenceBag> {
        let request =
            PreviewEvidenceBagRequest { complaint: self.complaint.clone(), withheld: items(withheld) };
        let mut client = EvidenceBagServiceClient::new(self.place.channel.clone());
        let answer = client.preview_evidence_bag(bearing(&self.token, request).unwrap()).await;
        answer
            .map(|answer| answer.into_inner().bag.unwrap())
            .map_err(|status| Box::new(Refused::from(&status)))
    }

    /// Builds until the bag holds what all three journals tell, which they learn of each other a moment later; checks it then.
    async fn build_of_all(&mut self, keys: &[VerifierKey]) -> (EvidenceBag, Vec<u8>) {
        loop {
            let (bag, bytes) = self.build(&[], "", b"").await.unwrap();
            let pinned = String::from_utf8_lossy(&bag.checkpoint).into_owned();
            if ["complaints", "ice-liaison", "routing"].iter().all(|service| pinned.contains(service)) {
                let report = verify::archive(Cursor::new(&bytes), keys);
                assert!(report.is_proved(), "{}", report.words());
                return (bag, bytes);
            }
            tokio::task::yield_now().await;
        }
    }

    async fn build(
        &mut self,
        withheld: &[(&str, &str)],
        digest: &str,
        checkpoint: &[u8],
    ) -> Answer<(EvidenceBag, Vec<u8>)> {
        let request = BuildEvidenceBagRequest {
            complaint: self.complaint.clone(),
            withheld: items(withheld),
            digest: digest.to_owned(),
            checkpoint: Bytes::copy_from_slice(checkpoint),
        };
        let mut client = EvidenceBagServiceClient::new(self.place.channel.clone());
        let answer = client.build_evidence_bag(bearing(&self.token, request).unwrap()).await;
        let mut parts = answer.map_err(|status| Box::new(Refused::from(&status)))?.into_inner();
        let (mut bag, mut bytes) = (None, Vec::new());
        while let Some(part) = parts.next().await {
            let part = part.map_err(|status| Box::new(Refused::from(&status)))?;
            assert_eq!(bag.is_none(), part.bag.is_some(), "what it is comes first, and once");
            bag = bag.or(part.bag);
            bytes.extend_from_slice(&part.chunk);
        }
        Ok((bag.unwrap(), bytes))
    }

    async fn upload(&mut self, file_name: &str, media_type: &str, content: &[u8]) -> String {
        let description = DocumentDescription {
            request_id: self.place.seed.request_id(),
            parent: self.complaint.clone(),
            file_name: file_name.to_owned(),
            media_type: media_type.to_owned(),
            size_bytes: i64::try_from(content.len()).unwrap(),
            sha256: String::new(),
            kind: DocumentKind::Evidence.into(),
        };
        let chunk = |(number, data): (usize, &[u8])| {
            let offset = i64::try_from(number * CHUNK).unwrap();
            Piece::Chunk(DocumentChunk { offset, data: Bytes::copy_from_slice(data) })
        };
        let chunks = content.chunks(CHUNK).enumerate().map(chunk);
        let pieces: Vec<_> = [Piece::Description(description)].into_iter().chain(chunks).collect();
        let pieces = pieces.into_iter().map(|piece| UploadDocumentRequest { piece: Some(piece) });
        let mut client = DocumentServiceClient::new(self.place.channel.clone());
        let answer = client.upload_document(bearing(&self.token, stream::iter(pieces)).unwrap()).await;
        answer.unwrap().into_inner().name
    }
}

fn items(withheld: &[(&str, &str)]) -> Vec<WithheldItem> {
    let item = |(paper, authority): &(&str, &str)| WithheldItem {
        paper: (*paper).to_owned(),
        ground: WithholdingGround::LegalPrivilege.into(),
        authority: (*authority).to_owned(),
    };
    withheld.iter().map(item).collect()
}
