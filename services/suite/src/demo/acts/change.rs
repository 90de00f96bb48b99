//! A problem of the provider's own, and the change that waits for the Performance Manager.

use redress_proto::{
    complaints::v1::{
        ChangeCategory, ChangeDecision, ChangeMove, ChangeProposal, CreateChangeProposalRequest,
        DecideChangeProposalRequest, Issue, MoveChangeProposalRequest, ReportIssueRequest,
        ResolveIssueRequest, improvement_service_client::ImprovementServiceClient,
    },
    supply_chain::v1::Contract,
};

use super::super::{Example, cast::PERFORMANCE_MANAGER, fresh_id, text};
use crate::client::Failure;

/// Reports a problem and puts it right.
pub(super) async fn play(example: &Example, contract: &Contract) -> Result<(), Failure> {
    let teller = example.teller;
    let manager = &example.cast.manager;
    teller.chapter("7. A change in how services are reached");
    teller.say("The case shows a problem of the provider's own. Putting it right changes how services are reached (ISS-01, ISS-03).");
    let question = ReportIssueRequest {
        request_id: fresh_id(),
        issue: Some(Issue {
            contract: contract.name.clone(),
            title: "Booking form shuts people out".to_owned(),
            description: text::ISSUE.to_owned(),
            found_on: Some(example.ago(12)),
            changes_access: true,
            ..Issue::default()
        }),
    };
    let issue = manager
        .ask(question, async |stub, request| ImprovementServiceClient::new(stub).report_issue(request).await)
        .await?;
    let question = CreateChangeProposalRequest {
        request_id: fresh_id(),
        change_proposal: Some(ChangeProposal {
            contract: contract.name.clone(),
            title: "Bookings by text message".to_owned(),
            text: text::PROPOSAL.to_owned(),
            category: ChangeCategory::Access.into(),
            performance_manager: PERFORMANCE_MANAGER.to_owned(),
            ..ChangeProposal::default()
        }),
    };
    let proposal = manager
        .ask(question, async |stub, request| {
            ImprovementServiceClient::new(stub).create_change_proposal(request).await
        })
        .await?;
    advance(example, &proposal, ChangeMove::Submit).await?;
    teller.refused(
        "the change is made before the Performance Manager has approved it.",
        "CHANGE_NOT_APPROVED",
        advance(example, &proposal, ChangeMove::Implement).await,
    )?;
    let question = DecideChangeProposalRequest {
        request_id: fresh_id(),
        name: proposal.name.clone(),
        decision: ChangeDecision::Approve.into(),
        decision_reference: "PM-EXAMPLE-1".to_owned(),
        decided_on: Some(example.ago(0)),
        ..DecideChangeProposalRequest::default()
    };
    example
        .cast
        .performance_manager
        .ask(question, async |stub, request| {
            ImprovementServiceClient::new(stub).decide_change_proposal(request).await
        })
        .await?;
    advance(example, &proposal, ChangeMove::Implement).await?;
    let question = ResolveIssueRequest {
        request_id: fresh_id(),
        name: issue.name,
        resolved_on: Some(example.ago(0)),
        change_proposal: proposal.name,
        etag: String::new(),
    };
    manager
        .ask(question, async |stub, request| ImprovementServiceClient::new(stub).resolve_issue(request).await)
        .await?;
    teller.say("Approved in writing, the change is made, and with it the problem is put right.");
    Ok(())
}

async fn advance(
    example: &Example,
    proposal: &ChangeProposal,
    step: ChangeMove,
) -> Result<ChangeProposal, Failure> {
    let question = MoveChangeProposalRequest {
        request_id: fresh_id(),
        name: proposal.name.clone(),
        r#move: step.into(),
        on: Some(example.ago(0)),
        etag: String::new(),
    };
    example
        .cast
        .manager
        .ask(question, async |stub, request| {
            ImprovementServiceClient::new(stub).move_change_proposal(request).await
        })
        .await
}
