//! The provider's own issues, and the changes that wait for the Performance Manager.

use complaints::Complaints;
use redress_chassis::Member;
use redress_proto::{
    complaints::v1::{self as proto, improvement_service_client::ImprovementServiceClient},
    options::v1::Role,
    supply_chain::v1 as chain,
};
use redress_testkit::{Backend, Suite, backends};
use tonic::{Code, Response, Status};
use uuid::Uuid;

use crate::{
    cast::{
        Caller, Cast, DEPARTMENT, PRIME, STRANGER, SUBCONTRACTOR, day, organisation, refused, request_id,
    },
    older,
};

type Client = ImprovementServiceClient<Caller>;

/// The day on which the usual cast lives.
const TODAY: &str = "2026-11-16";

/// The usual cast, at work under a contract that asks for approval of changes.
async fn cast(backend: Backend) -> Cast {
    let mut cast = Cast::on(backend).await;
    cast.contract = older::contract(&cast).await;
    cast
}

async fn manager(cast: &Cast, organisation: Uuid) -> Client {
    ImprovementServiceClient::new(cast.caller(organisation, &[Role::ComplaintsManager]).await)
}

async fn decider(cast: &Cast, subject: &str) -> Client {
    ImprovementServiceClient::new(cast.person(DEPARTMENT, &[Role::PerformanceManager], subject).await)
}

async fn report(
    client: &mut Client,
    cast: &Cast,
    changes_access: bool,
) -> Result<Response<proto::Issue>, Status> {
    let issue = proto::Issue {
        contract: cast.contract.clone(),
        title: "Door too narrow".to_owned(),
        description: "A wheelchair does not pass the door in Mill Lane.".to_owned(),
        found_on: Some(day("2026-11-02")),
        changes_access,
        ..Default::default()
    };
    client.report_issue(proto::ReportIssueRequest { request_id: request_id(), issue: Some(issue) }).await
}

async fn resolve(client: &mut Client, issue: &str, proposal: &str) -> Result<Response<proto::Issue>, Status> {
    let request = proto::ResolveIssueRequest {
        request_id: request_id(),
        name: issue.to_owned(),
        resolved_on: Some(day("2026-11-16")),
        change_proposal: proposal.to_owned(),
        etag: String::new(),
    };
    client.resolve_issue(request).await
}

async fn propose(client: &mut Client, cast: &Cast) -> proto::ChangeProposal {
    let proposal = proto::ChangeProposal {
        contract: cast.contract.clone(),
        title: "Another door".to_owned(),
        text: "We would let people in through the yard.".to_owned(),
        category: proto::ChangeCategory::Access.into(),
        performance_manager: "pam".to_owned(),
        ..Default::default()
    };
    let request =
        proto::CreateChangeProposalRequest { request_id: request_id(), change_proposal: Some(proposal) };
    client.create_change_proposal(request).await.unwrap().into_inner()
}

async fn advance(
    client: &mut Client,
    name: &str,
    on: &str,
    action: proto::ChangeMove,
) -> Result<Response<proto::ChangeProposal>, Status> {
    let request = proto::MoveChangeProposalRequest {
        request_id: request_id(),
        name: name.to_owned(),
        r#move: action.into(),
        on: Some(day(on)),
        etag: String::new(),
    };
    client.move_change_proposal(request).await
}

async fn decide(
    client: &mut Client,
    name: &str,
    on: &str,
    decision: proto::ChangeDecision,
    comment: &str,
) -> Result<Response<proto::ChangeProposal>, Status> {
    let request = proto::DecideChangeProposalRequest {
        request_id: request_id(),
        name: name.to_owned(),
        decision: decision.into(),
        decision_reference: "pm 12".to_owned(),
        decided_on: Some(day(on)),
        comment: comment.to_owned(),
        etag: String::new(),
    };
    client.decide_change_proposal(request).await
}

#[tokio::test]
async fn a_provider_puts_its_own_faults_right_by_itself() {
    // ISS-01
    for backend in backends() {
        let cast = cast(backend).await;
        let mut client = manager(&cast, SUBCONTRACTOR).await;
        let issue = report(&mut client, &cast, false).await.unwrap().into_inner();
        assert_eq!((issue.stage(), issue.description.as_str()), (proto::IssueStage::Open, ""));
        let get = proto::GetIssueRequest { name: issue.name.clone() };
        let mut above = manager(&cast, PRIME).await;
        let seen = above.get_issue(get.clone()).await.unwrap().into_inner();
        assert_eq!(seen.description, "A wheelchair does not pass the door in Mill Lane.");
        let resolved = resolve(&mut client, &issue.name, "").await.unwrap().into_inner();
        assert_eq!(
            (resolved.stage(), resolved.resolved_on),
            (proto::IssueStage::Resolved, Some(day("2026-11-16")))
        );
        let twice = refused(resolve(&mut client, &issue.name, "").await);
        assert_eq!((twice.code, twice.reason.as_str()), (Code::FailedPrecondition, "STAGE_REFUSES"));
        let mut stranger = manager(&cast, STRANGER).await;
        assert_eq!(refused(stranger.get_issue(get).await).code, Code::NotFound);
        assert_eq!(refused(report(&mut stranger, &cast, false).await).code, Code::NotFound);
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn a_change_of_access_is_made_after_approval_only() {
    // ISS-02, ISS-03
    for backend in backends() {
        let cast = cast(backend).await;
        let mut client = manager(&cast, PRIME).await;
        let issue = report(&mut client, &cast, true).await.unwrap().into_inner();
        let told = refused(resolve(&mut client, &issue.name, "").await);
        assert_eq!((told.code, told.reason.as_str()), (Code::FailedPrecondition, "CHANGE_NOT_APPROVED"));

        let name = propose(&mut client, &cast).await.name;
        let soon = refused(advance(&mut client, &name, TODAY, proto::ChangeMove::Implement).await);
        assert_eq!(soon.reason, "CHANGE_NOT_APPROVED");
        advance(&mut client, &name, TODAY, proto::ChangeMove::Submit).await.unwrap();
        // Nor somebody of that name whom the provider gave the role.
        let own = cast.person(PRIME, &[Role::PerformanceManager], "pam").await;
        let mut own = ImprovementServiceClient::new(own);
        let told = refused(decide(&mut own, &name, TODAY, proto::ChangeDecision::Approve, "").await);
        assert_eq!((told.code, told.reason.as_str()), (Code::PermissionDenied, "NOT_ABOVE_IN_CHAIN"));
        let mut other = decider(&cast, "not pam").await;
        let told = refused(decide(&mut other, &name, TODAY, proto::ChangeDecision::Approve, "").await);
        assert_eq!((told.code, told.reason.as_str()), (Code::PermissionDenied, "NOT_ADDRESSEE"));
        let mut pam = decider(&cast, "pam").await;
        let wordless = refused(decide(&mut pam, &name, TODAY, proto::ChangeDecision::AskForMore, "").await);
        assert_eq!(wordless.fields, [("comment".to_owned(), "REQUIRED".to_owned())]);
        decide(&mut pam, &name, TODAY, proto::ChangeDecision::AskForMore, "How wide is the yard?")
            .await
            .unwrap();
        advance(&mut client, &name, TODAY, proto::ChangeMove::Submit).await.unwrap();
        let approved =
            decide(&mut pam, &name, TODAY, proto::ChangeDecision::Approve, "").await.unwrap().into_inner();
        assert_eq!(
            (approved.stage(), approved.decision_reference.as_str()),
            (proto::ChangeStage::Approved, "PM12")
        );
        let late = refused(advance(&mut client, &name, TODAY, proto::ChangeMove::Withdraw).await);
        assert_eq!((late.code, late.reason.as_str()), (Code::FailedPrecondition, "STAGE_REFUSES"));

        advance(&mut client, &name, TODAY, proto::ChangeMove::Implement).await.unwrap();
        let resolved = resolve(&mut client, &issue.name, &name).await.unwrap().into_inner();
        assert_eq!(resolved.change_proposal, name);
        let reviewed =
            advance(&mut client, &name, TODAY, proto::ChangeMove::Review).await.unwrap().into_inner();
        assert_eq!(reviewed.history.len(), 7);
        let get = proto::GetChangeProposalRequest { name };
        let seen = pam.get_change_proposal(get.clone()).await.unwrap().into_inner();
        assert_eq!(seen.text, "We would let people in through the yard.");
        // The provider reads what is missing, at the move that asked for it; an answer to a command does not repeat it.
        let seen = client.get_change_proposal(get.clone()).await.unwrap().into_inner();
        let said = |history: &[proto::ChangeStep]| -> Vec<(proto::ChangeStage, String)> {
            let spoken = history.iter().filter(|step| !step.comment.is_empty());
            spoken.map(|step| (step.stage(), step.comment.clone())).collect()
        };
        let asked = (proto::ChangeStage::MoreInformation, "How wide is the yard?".to_owned());
        assert_eq!(said(&seen.history), [asked]);
        assert!(said(&reviewed.history).is_empty());
        for outsider in [SUBCONTRACTOR, STRANGER] {
            let told = refused(manager(&cast, outsider).await.get_change_proposal(get.clone()).await);
            assert_eq!(told.code, Code::NotFound);
        }
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn lists_are_newest_first_and_without_the_words() {
    let cast = cast(Backend::Sqlite).await;
    let mut client = manager(&cast, PRIME).await;
    let mut names = Vec::new();
    for _ in 0..3 {
        names.push(propose(&mut client, &cast).await.name);
    }
    names.reverse();
    let request =
        |page_token| proto::ListChangeProposalsRequest { page_size: 2, page_token, ..Default::default() };
    let first = client.list_change_proposals(request(String::new())).await.unwrap().into_inner();
    let second =
        client.list_change_proposals(request(first.next_page_token.clone())).await.unwrap().into_inner();
    let listed: Vec<_> = first.change_proposals.into_iter().chain(second.change_proposals).collect();
    assert_eq!(listed.iter().map(|proposal| proposal.name.clone()).collect::<Vec<_>>(), names);
    assert!(second.next_page_token.is_empty() && listed.iter().all(|proposal| proposal.text.is_empty()));
    let mut below = manager(&cast, SUBCONTRACTOR).await;
    let none = below.list_change_proposals(request(String::new())).await.unwrap().into_inner();
    assert!(none.change_proposals.is_empty(), "what the prime proposes is not its subcontractors' to see");
}

#[tokio::test]
async fn an_approval_ends_when_the_guidance_changes_before_the_change_is_made() {
    // Domain 3.6, the suite's own rule: the pack of June 2023 was succeeded in April 2024.
    let suite = Suite::of([Member::of::<Complaints>()]).at("2024-04-08T09:00:00Z").start().await.unwrap();
    let mut cast =
        Cast { suite, contract: String::new(), participant: String::new(), procedure: String::new() };
    cast.contract = newer_contract(&cast).await;
    let mut client = manager(&cast, PRIME).await;
    let name = propose(&mut client, &cast).await.name;
    advance(&mut client, &name, "2024-04-08", proto::ChangeMove::Submit).await.unwrap();
    let mut pam = decider(&cast, "pam").await;
    let approved = decide(&mut pam, &name, "2024-04-08", proto::ChangeDecision::Approve, "").await.unwrap();
    assert_eq!(approved.into_inner().pack.unwrap().version, "2023-06-05");

    cast.suite.clock.move_to("2024-04-12T09:00:00Z".parse().unwrap());
    let mut client = manager(&cast, PRIME).await;
    let told = refused(advance(&mut client, &name, "2024-04-12", proto::ChangeMove::Implement).await);
    assert_eq!((told.code, told.reason.as_str()), (Code::FailedPrecondition, "APPROVAL_EXPIRED"));
    let again =
        advance(&mut client, &name, "2024-04-12", proto::ChangeMove::Submit).await.unwrap().into_inner();
    assert_eq!(again.pack.unwrap().version, "2024-05-01");
    let stages: Vec<_> = again.history.iter().map(proto::ChangeStep::stage).collect();
    let back = [proto::ChangeStage::Drafted, proto::ChangeStage::Submitted];
    assert_eq!(stages[3..], back, "the approval ended first, and that is on record");
}

/// A contract under the pack that changed in April 2024.
async fn newer_contract(cast: &Cast) -> String {
    let mut department = cast.chain(DEPARTMENT, &[Role::Commissioner]).await;
    for (id, kind) in
        [(DEPARTMENT, chain::OrganisationKind::Department), (PRIME, chain::OrganisationKind::Provider)]
    {
        let request = chain::CreateOrganisationRequest {
            request_id: request_id(),
            organisation: Some(chain::Organisation {
                display_name: "Somebody".to_owned(),
                kind: kind.into(),
                ..Default::default()
            }),
            organisation_id: id.to_string(),
        };
        department.create_organisation(request).await.unwrap();
    }
    let contract = chain::Contract {
        reference: "newer".to_owned(),
        programme: "access-to-work-holistic-assessments".to_owned(),
        holder: organisation(PRIME),
        commissioner: organisation(DEPARTMENT),
        effective_on: Some(day("2023-07-01")),
        ..Default::default()
    };
    let request = chain::CreateContractRequest { request_id: request_id(), contract: Some(contract) };
    department.create_contract(request).await.unwrap().into_inner().name
}
