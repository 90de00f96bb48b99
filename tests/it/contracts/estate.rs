//! One thing of every kind that belongs to the prime, made as the prime's people make it.

use futures::stream;
use redress_proto::{
    complaints::v1::{
        ChangeCategory, ChangeProposal, CreateChangeProposalRequest, DocumentChunk, DocumentDescription,
        DocumentKind, Issue, ReportIssueRequest, UploadDocumentRequest,
        document_service_client::DocumentServiceClient, improvement_service_client::ImprovementServiceClient,
        upload_document_request::Piece,
    },
    options::v1::Role,
    routing::v1::{self as routing, Matter, Writer},
    supply_chain::v1::{ListSupplyChainRequest, supply_chain_service_client::SupplyChainServiceClient},
};
use redress_tests::{
    chain::{Member, bearing, civil},
    clerk,
    day::today,
};

use super::{examined, filled::Names, kept};
use crate::stand::Stand;

/// Makes them and names them.
pub(super) async fn of_the_prime(stand: &mut Stand) -> Names {
    let (complaint, letter) = answered(stand).await;
    let document = document(stand, &complaint).await;
    let (issue, proposal) = improvements(stand).await;
    let link = link(stand).await;
    let examined = examined::of(stand).await;
    let routed = routed(stand).await;
    let kept = kept::of(stand).await;
    let chain = &stand.chain;
    let mut names = Names::absent(&mut stand.seed);
    let organisation = format!("organisations/{}", chain.people.prime);
    for name in [
        &organisation,
        &chain.contract,
        &link,
        &chain.participant,
        &chain.procedure,
        &complaint,
        &letter,
        &document,
        &issue,
        &proposal,
        &examined.examination,
        &examined.letter,
        &examined.recommendation,
        &examined.charge,
        &routed.contact,
        &routed.mixed,
        &routed.letter,
        &routed.paper,
        &kept.erasure,
        &kept.record,
        &kept.part,
        &kept.hold,
    ] {
        names = names.with(name);
    }
    names
}

/// What routing has.
struct Routed {
    contact: String,
    mixed: String,
    letter: String,
    paper: String,
}

/// A letter of an elected member against both bodies, and a paper with it: one of everything.
async fn routed(stand: &mut Stand) -> Routed {
    let mut clerk = stand.clerk(Member::Prime, Role::ComplaintsManager).await;
    let about = [Matter::Provider, Matter::JobcentrePlus];
    let mut asked = clerk::input(&stand.chain.contract, Writer::ElectedMember, &about, today());
    "MP".clone_into(&mut asked.title);
    let mut contact = clerk::contact(asked, &clerk::reference(&mut stand.seed));
    contact.member = Some(routing::Member {
        full_name: "Ailsa Grant".to_owned(),
        office: "Constituency Office, Ayr".to_owned(),
        ..routing::Member::default()
    });
    let routed = clerk.route(contact).await.unwrap();
    let paper = clerk.paper(&routed.name, "text/plain", b"A note.\n").await.unwrap();
    Routed {
        contact: routed.name,
        mixed: routed.mixed_complaint,
        letter: routed.member_letter,
        paper: paper.name,
    }
}

/// A complaint that was answered at its first stage, and the answer.
async fn answered(stand: &mut Stand) -> (String, String) {
    let name = stand.chain.register(&stand.peer.channel(), today(), &mut stand.seed).await.unwrap();
    let mut officer = stand.officer(Member::Prime, Role::ComplaintsManager);
    officer.acknowledge(&name, today()).await.unwrap();
    officer.assign(&name, "handler-1", "").await.unwrap();
    for step in ["call-complainant", "investigate"] {
        officer.step(&name, step, today(), &[]).await.unwrap();
    }
    let complaint = officer.respond(&name, "We are sorry. Your fares will be paid.", today()).await.unwrap();
    (name, complaint.letters.last().expect("a letter").name.clone())
}

async fn document(stand: &mut Stand, parent: &str) -> String {
    let token = stand.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let content = b"A note of the telephone call.\n";
    let description = DocumentDescription {
        request_id: stand.seed.request_id(),
        parent: parent.to_owned(),
        file_name: "note.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        size_bytes: content.len().try_into().unwrap(),
        sha256: String::new(),
        kind: DocumentKind::Note.into(),
    };
    let chunk = DocumentChunk { offset: 0, data: bytes::Bytes::from_static(content) };
    let pieces = [Piece::Description(description), Piece::Chunk(chunk)]
        .map(|piece| UploadDocumentRequest { piece: Some(piece) });
    let mut client = DocumentServiceClient::new(stand.peer.channel());
    client.upload_document(bearing(&token, stream::iter(pieces)).unwrap()).await.unwrap().into_inner().name
}

async fn improvements(stand: &mut Stand) -> (String, String) {
    let token = stand.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let mut client = ImprovementServiceClient::new(stand.peer.channel());
    let issue = Issue {
        contract: stand.chain.contract.clone(),
        title: "Telephone line".to_owned(),
        description: "The line is engaged all morning.".to_owned(),
        found_on: Some(civil(today())),
        ..Issue::default()
    };
    let report = ReportIssueRequest { request_id: stand.seed.request_id(), issue: Some(issue) };
    let issue = client.report_issue(bearing(&token, report).unwrap()).await.unwrap().into_inner().name;
    let proposal = ChangeProposal {
        contract: stand.chain.contract.clone(),
        title: "A second telephone line".to_owned(),
        text: "We propose a second line.".to_owned(),
        category: ChangeCategory::Access.into(),
        performance_manager: "pm-1".to_owned(),
        ..ChangeProposal::default()
    };
    let create =
        CreateChangeProposalRequest { request_id: stand.seed.request_id(), change_proposal: Some(proposal) };
    let proposal =
        client.create_change_proposal(bearing(&token, create).unwrap()).await.unwrap().into_inner().name;
    (issue, proposal)
}

async fn link(stand: &Stand) -> String {
    let token = stand.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let request = ListSupplyChainRequest { contract: stand.chain.contract.clone() };
    let mut client = SupplyChainServiceClient::new(stand.peer.channel());
    let answer = client.list_supply_chain(bearing(&token, request).unwrap()).await.unwrap().into_inner();
    answer.links.first().expect("a link").name.clone()
}
