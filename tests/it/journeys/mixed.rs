//! A complaint against both the provider and Jobcentre Plus, from raising to what is left over (domain 3.2).

use redress_proto::{
    options::v1::Role,
    routing::v1::{
        AgreeWordingRequest, Contact, DirectToJobcentrePlusRequest, GetMixedComplaintRequest,
        IssueJointReplyRequest, Matter, MixedComplaint, MixedStage, Outcome, PersonTold,
        ProposeJointReplyRequest, RecordResidualRequest, RequestContributionRequest, SendContributionRequest,
        Writer,
    },
    r#type::v1::Channel as Means,
};
use redress_tests::{
    chain::{Member, civil},
    clerk::{Clerk, contact, input, reference},
};

use super::place::{Place, date};

/// At the provider and at Jobcentre Plus.
struct Both {
    place: Place,
    provider: Clerk,
    jobcentre: Clerk,
}

/// From raising at the provider to residuals at both, which it returns with the place.
pub(super) async fn live(mut place: Place) -> (Place, MixedComplaint) {
    let provider = place.clerk(Member::Prime, Role::ComplaintsManager).await;
    let jobcentre = place.clerk(Member::JobcentrePlus, Role::JobcentrePlus).await;
    let mut both = Both { place, provider, jobcentre };
    let routed = both.raised().await;
    let name = routed.mixed_complaint.clone();
    both.directed(&name).await;
    both.contributed(&routed, &name).await;
    let digest = both.agreed(&name).await;
    both.issued(&name, &digest).await;
    let left = both.left_over(&name).await;
    (both.place, left)
}

impl Both {
    /// RTE-01: both are complained about, and the provider has it.
    async fn raised(&mut self) -> Contact {
        let on = self.place.days_ago(3);
        let about = [Matter::Provider, Matter::JobcentrePlus];
        let asked = input(&self.place.chain.contract, Writer::Participant, &about, on);
        let mut sent = contact(asked, &reference(&mut self.place.seed));
        sent.participant = self.place.chain.participant.clone();
        let routed = self.provider.route(sent).await.unwrap();
        assert_eq!(routed.route.as_ref().unwrap().outcome(), Outcome::Mixed);
        assert!(routed.complaint.is_empty(), "the provider does not answer it alone (RTE-02)");
        routed
    }

    /// RTE-03: the provider sends the person to Jobcentre Plus, which leads from then on.
    async fn directed(&mut self, name: &str) {
        let told = PersonTold {
            told_on: Some(civil(self.place.days_ago(2))),
            channel: Means::Telephone.into(),
            paper: String::new(),
        };
        let direct = DirectToJobcentrePlusRequest {
            request_id: self.provider.id(),
            name: name.to_owned(),
            told: Some(told),
            etag: String::new(),
        };
        let directed = self.provider.direct_to_jobcentre_plus(direct).await.unwrap();
        assert_eq!(directed.stage(), MixedStage::JcpLeading);
    }

    /// RTE-04: asked for within five working days, and sent with a paper.
    async fn contributed(&mut self, routed: &Contact, name: &str) {
        let (today, yesterday) = (self.place.today(), self.place.days_ago(1));
        let mut ask = RequestContributionRequest {
            request_id: self.jobcentre.id(),
            name: name.to_owned(),
            requested_on: Some(civil(yesterday)),
            due_on: Some(civil(today.checked_add(jiff::Span::new().days(60)).unwrap())),
            etag: String::new(),
        };
        let refused = self.jobcentre.request_contribution(ask.clone()).await.unwrap_err();
        assert_eq!(refused.violations[0].1, "MAX_FIVE_WORKING_DAYS", "{refused:?}");
        (ask.request_id, ask.due_on) = (self.jobcentre.id(), None);
        let asked = self.jobcentre.request_contribution(ask).await.unwrap();
        assert_eq!(asked.stage(), MixedStage::ContributionRequested);
        let due_on = date(asked.contributions[0].due_on);
        // Five working days over Christmas are many days.
        assert!(
            due_on > today && due_on <= today.checked_add(jiff::Span::new().days(14)).unwrap(),
            "{due_on}"
        );

        let paper = self.provider.paper(&routed.name, "text/plain", b"The record of calls.\n").await.unwrap();
        let mut send = SendContributionRequest {
            request_id: self.provider.id(),
            name: name.to_owned(),
            sent_on: Some(civil(today)),
            text: "We rang on Tuesday; nobody answered.".to_owned(),
            papers: vec![routed.name.replace("contacts/", "papers/")],
            etag: String::new(),
        };
        let refused = self.provider.send_contribution(send.clone()).await.unwrap_err();
        assert_eq!(refused.violations, [("papers[0]".to_owned(), "NOT_ON_FILE".to_owned())], "{refused:?}");
        (send.request_id, send.papers) = (self.provider.id(), vec![paper.name.clone()]);
        let sent = self.provider.send_contribution(send).await.unwrap();
        assert_eq!(sent.stage(), MixedStage::ContributionSent);
        assert!(!sent.contributions[0].late && sent.contributions[0].papers == [paper.name.clone()]);
        assert_eq!(self.jobcentre.paper_bytes(&paper.name).await.unwrap(), b"The record of calls.\n");
    }

    /// RTE-02: both agree on one wording, at its digest.
    async fn agreed(&mut self, name: &str) -> String {
        let propose = ProposeJointReplyRequest {
            request_id: self.jobcentre.id(),
            name: name.to_owned(),
            text: "We are both sorry.".to_owned(),
            etag: String::new(),
        };
        let proposed = self.jobcentre.propose_joint_reply(propose).await.unwrap();
        let digest = proposed.joint_reply.as_ref().unwrap().digest.clone();
        let agree = |digest: &str, request_id: String| AgreeWordingRequest {
            request_id,
            name: name.to_owned(),
            digest: digest.to_owned(),
            etag: String::new(),
        };
        let id = self.provider.id();
        let refused = self.provider.agree_wording(agree(&"0".repeat(64), id)).await.unwrap_err();
        assert_eq!(refused.reason, "AGREEMENT_DIGEST_MISMATCH", "{refused:?}");
        let shown = GetMixedComplaintRequest { name: name.to_owned(), view: 2 };
        let shown = self.provider.get_mixed_complaint(shown).await.unwrap();
        assert_eq!(shown.joint_reply.unwrap().text, "We are both sorry.");
        let id = self.provider.id();
        let agreed = self.provider.agree_wording(agree(&digest, id)).await.unwrap();
        assert_eq!(agreed.stage(), MixedStage::WordingAgreed);
        digest
    }

    /// RTE-01: Jobcentre Plus sends it, and nobody else.
    async fn issued(&mut self, name: &str, digest: &str) {
        let issue = |today, request_id: String| IssueJointReplyRequest {
            request_id,
            name: name.to_owned(),
            digest: digest.to_owned(),
            issued_on: Some(civil(today)),
            channel: Means::Post.into(),
            etag: String::new(),
        };
        let (today, id) = (self.place.today(), self.provider.id());
        let refused = self.provider.issue_joint_reply(issue(today, id)).await.unwrap_err();
        let told = (refused.code, refused.reason.as_str());
        assert!(
            told.1 == "JCP_ISSUES_FINAL" || told.1 == "ROLE_MISSING",
            "a provider that tries is told who sends it: {refused:?}"
        );
        let id = self.jobcentre.id();
        let issued = self.jobcentre.issue_joint_reply(issue(today, id)).await.unwrap();
        assert_eq!(issued.stage(), MixedStage::JointReplyIssued);
    }

    /// RTE-05, RTE-06, CMP-13: what is left about the provider opens a complaint at its next stage; what is left about Jobcentre
    /// Plus goes there. Both may stand.
    async fn left_over(&mut self, name: &str) -> MixedComplaint {
        let residual = RecordResidualRequest {
            request_id: self.jobcentre.id(),
            name: name.to_owned(),
            provider: true,
            jobcentre_plus: true,
            on: Some(civil(self.place.today())),
            etag: String::new(),
        };
        let left: MixedComplaint = self.jobcentre.record_residual(residual).await.unwrap();
        assert_eq!(left.stage(), MixedStage::Residual);
        assert!(
            left.residual_complaint.starts_with("complaints/") && left.residual_jobcentre_plus,
            "{left:#?}"
        );
        left
    }
}
