//! Issues and proposals for change (ISS-01 to ISS-03, A0 7.08, 7.09).

use redress_proto::{
    complaints::v1::{
        ChangeCategory, ChangeDecision, ChangeMove, ChangeProposal, CreateChangeProposalRequest,
        DecideChangeProposalRequest, Issue, MoveChangeProposalRequest, ReportIssueRequest,
        ResolveIssueRequest, improvement_service_client::ImprovementServiceClient,
    },
    options::v1::Role,
};
use redress_tests::{
    chain::{Member, bearing},
    identity::Identity,
    officer::Answer,
    refused::Refused,
};
use tonic::{Code, Response, Status, transport::Channel};

use super::desk::{Desk, wire};

pub(super) async fn try_all(desk: &mut Desk) {
    let people = desk.stand.chain.people.clone();
    let manager = people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let mut client = ImprovementServiceClient::new(desk.stand.peer.channel());
    let proposal = proposed(desk, &mut client, &manager).await;

    let implement = moved(desk, &proposal, ChangeMove::Implement);
    let answer = said(client.move_change_proposal(bearing(&manager, implement).unwrap()).await);
    desk.expect("made before it was approved", answer, Code::FailedPrecondition, "CHANGE_NOT_APPROVED");
    let review = moved(desk, &proposal, ChangeMove::Review);
    let answer = said(client.move_change_proposal(bearing(&manager, review).unwrap()).await);
    desk.expect("looked back upon before it was made", answer, Code::FailedPrecondition, "STAGE_REFUSES");
    let submit = moved(desk, &proposal, ChangeMove::Submit);
    client.move_change_proposal(bearing(&manager, submit).unwrap()).await.unwrap();

    let other = Identity::person(people.department, "pm-2", Role::PerformanceManager);
    let token = people.issuer().token(&other).unwrap();
    let decide = DecideChangeProposalRequest {
        request_id: desk.stand.seed.request_id(),
        name: proposal.clone(),
        decision: ChangeDecision::Approve.into(),
        decision_reference: "PM-1".to_owned(),
        decided_on: wire(desk.today),
        ..DecideChangeProposalRequest::default()
    };
    let answer = said(client.decide_change_proposal(bearing(&token, decide).unwrap()).await);
    desk.expect("decided by another Performance Manager", answer, Code::PermissionDenied, "NOT_ADDRESSEE");

    resolving(desk, &mut client, &manager).await;
}

async fn proposed(desk: &mut Desk, client: &mut ImprovementServiceClient<Channel>, token: &str) -> String {
    let proposal = ChangeProposal {
        contract: desk.stand.chain.contract.clone(),
        title: "A second telephone line".to_owned(),
        text: "We propose a second line.".to_owned(),
        category: ChangeCategory::Access.into(),
        performance_manager: "pm-1".to_owned(),
        ..ChangeProposal::default()
    };
    let request = CreateChangeProposalRequest {
        request_id: desk.stand.seed.request_id(),
        change_proposal: Some(proposal),
    };
    client.create_change_proposal(bearing(token, request).unwrap()).await.unwrap().into_inner().name
}

async fn resolving(desk: &mut Desk, client: &mut ImprovementServiceClient<Channel>, token: &str) {
    let issue = Issue {
        contract: desk.stand.chain.contract.clone(),
        title: "The line is engaged".to_owned(),
        description: "All morning.".to_owned(),
        found_on: wire(desk.days_ago(2)),
        changes_access: true,
        ..Issue::default()
    };
    let report = ReportIssueRequest { request_id: desk.stand.seed.request_id(), issue: Some(issue) };
    let name = client.report_issue(bearing(token, report).unwrap()).await.unwrap().into_inner().name;
    let resolve = |desk: &mut Desk, on| ResolveIssueRequest {
        request_id: desk.stand.seed.request_id(),
        name: name.clone(),
        resolved_on: wire(on),
        ..ResolveIssueRequest::default()
    };
    let (early, on) = (desk.days_ago(3), desk.today);
    let request = resolve(desk, early);
    let answer = said(client.resolve_issue(bearing(token, request).unwrap()).await);
    desk.expect_field("put right before it was found", answer, "resolved_on", "TOO_EARLY");
    let request = resolve(desk, on);
    let answer = said(client.resolve_issue(bearing(token, request).unwrap()).await);
    desk.expect("access changed without approval", answer, Code::FailedPrecondition, "CHANGE_NOT_APPROVED");
}

fn moved(desk: &mut Desk, name: &str, what: ChangeMove) -> MoveChangeProposalRequest {
    MoveChangeProposalRequest {
        request_id: desk.stand.seed.request_id(),
        name: name.to_owned(),
        r#move: what.into(),
        on: wire(desk.today),
        etag: String::new(),
    }
}

fn said<T>(answer: Result<Response<T>, Status>) -> Answer<T> {
    answer.map(Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}
