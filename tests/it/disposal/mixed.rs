//! A mixed complaint from the provider's door to a joint reply that satisfied, in as few words as there are steps (domain 3.2).

use redress_proto::{
    routing::v1::{
        AgreeWordingRequest, DirectToJobcentrePlusRequest, IssueJointReplyRequest, PersonTold,
        ProposeJointReplyRequest, RecordSatisfactionRequest, RequestContributionRequest,
        SendContributionRequest,
    },
    r#type::v1::Channel as Means,
};
use redress_tests::{chain::civil, clerk::Clerk};

use super::ground::ON;

/// Brings it to its end.
pub(super) async fn satisfied(provider: &mut Clerk, jobcentre: &mut Clerk, name: &str, text: &str) {
    let (name, on, etag) = (name.to_owned(), Some(civil(ON)), String::new());
    let told = PersonTold { told_on: on, channel: Means::Telephone.into(), paper: String::new() };
    let request_id = provider.id();
    let direct =
        DirectToJobcentrePlusRequest { request_id, name: name.clone(), told: Some(told), etag: etag.clone() };
    provider.direct_to_jobcentre_plus(direct).await.unwrap();
    let ask = RequestContributionRequest {
        request_id: jobcentre.id(),
        name: name.clone(),
        requested_on: on,
        due_on: None,
        etag: etag.clone(),
    };
    jobcentre.request_contribution(ask).await.unwrap();
    let send = SendContributionRequest {
        request_id: provider.id(),
        name: name.clone(),
        sent_on: on,
        text: text.to_owned(),
        papers: Vec::new(),
        etag: etag.clone(),
    };
    provider.send_contribution(send).await.unwrap();
    let propose = ProposeJointReplyRequest {
        request_id: jobcentre.id(),
        name: name.clone(),
        text: text.to_owned(),
        etag: etag.clone(),
    };
    let proposed = jobcentre.propose_joint_reply(propose).await.unwrap();
    let digest = proposed.joint_reply.unwrap().digest;
    let request_id = provider.id();
    let agree =
        AgreeWordingRequest { request_id, name: name.clone(), digest: digest.clone(), etag: etag.clone() };
    provider.agree_wording(agree).await.unwrap();
    let issue = IssueJointReplyRequest {
        request_id: jobcentre.id(),
        name: name.clone(),
        issued_on: on,
        channel: Means::Post.into(),
        digest,
        etag: etag.clone(),
    };
    jobcentre.issue_joint_reply(issue).await.unwrap();
    let satisfied = RecordSatisfactionRequest { request_id: jobcentre.id(), name, on, etag };
    jobcentre.record_satisfaction(satisfied).await.unwrap();
}
