//! Mixed complaints: R4, R5, R16, R17, R19, R22, R23.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};
use redress_proto::{
    routing::v1::{
        AgreeWordingRequest, DirectToJobcentrePlusRequest, IssueJointReplyRequest, Matter, MixedComplaint,
        ProposeJointReplyRequest, RequestContributionRequest, SendContributionRequest,
    },
    r#type::v1::Channel as Means,
};
use redress_tests::{chain::civil, day::today, officer::Answer};
use tonic::Code;

use super::{Counter, days_ago, told};

impl Counter {
    pub(super) async fn mixed_complaints(&mut self) {
        let sent = self.contact(&[Matter::Provider, Matter::JobcentrePlus]);
        let name = self.holder.route(sent).await.unwrap().mixed_complaint;
        let request_id = self.holder.id();
        let direct = DirectToJobcentrePlusRequest {
            request_id,
            name: name.clone(),
            told: Some(told(days_ago(3))),
            etag: String::new(),
        };
        self.holder.direct_to_jobcentre_plus(direct).await.unwrap();
        self.contribution(&name).await;
        self.wording(&name).await;
        // R5: what the joint reply left over is no first stage.
        let mut sent = self.contact(&[Matter::Provider]);
        sent.input.as_mut().unwrap().mixed_complaint = name;
        let answer = self.holder.route(sent).await;
        self.verdicts.expect(
            "R5 a first stage after the joint reply",
            answer,
            Code::FailedPrecondition,
            "COMBINED_RESPONSE_IS_STAGE_ONE",
        );
    }

    /// R16, R17, and an answer before there is one.
    async fn contribution(&mut self, name: &str) {
        let digest = "0".repeat(64);
        let answer = self.issue(true, name, &digest).await;
        self.verdicts.expect("no contribution", answer, Code::FailedPrecondition, "CONTRIBUTION_MISSING");
        let answer = self.agree(name, &digest).await;
        self.verdicts.expect(
            "R22 agreed without its own",
            answer,
            Code::FailedPrecondition,
            "CONTRIBUTION_MISSING",
        );
        let sunday = (1..=7).map(days_ago).find(|day| day.weekday() == Weekday::Sunday).unwrap();
        let coming = sunday.checked_add(7.days()).unwrap();
        for (case, due_on, reason) in [
            ("R17 due on a Sunday", coming, "NON_WORKING_DAY"),
            (
                "R16 due in three weeks",
                working_day(today().checked_add(21.days()).unwrap()),
                "MAX_FIVE_WORKING_DAYS",
            ),
        ] {
            let ask = RequestContributionRequest {
                request_id: self.jobcentre.id(),
                name: name.to_owned(),
                requested_on: Some(civil(days_ago(1))),
                due_on: Some(civil(due_on)),
                etag: String::new(),
            };
            let answer = self.jobcentre.request_contribution(ask).await;
            self.verdicts.expect(case, answer, Code::InvalidArgument, reason);
        }
        let ask = RequestContributionRequest {
            request_id: self.jobcentre.id(),
            name: name.to_owned(),
            requested_on: Some(civil(days_ago(1))),
            due_on: None,
            etag: String::new(),
        };
        self.jobcentre.request_contribution(ask).await.unwrap();
        let send = SendContributionRequest {
            request_id: self.holder.id(),
            name: name.to_owned(),
            sent_on: Some(civil(today())),
            text: "We rang on Tuesday.".to_owned(),
            papers: Vec::new(),
            etag: String::new(),
        };
        self.holder.send_contribution(send).await.unwrap();
    }

    /// R22, R23, R4, R19.
    async fn wording(&mut self, name: &str) {
        let nothing = "0".repeat(64);
        let answer = self.agree(name, &nothing).await;
        self.verdicts.expect(
            "R22 agreed to nothing",
            answer,
            Code::FailedPrecondition,
            "WORDING_NOT_PROPOSED",
        );
        let propose = ProposeJointReplyRequest {
            request_id: self.jobcentre.id(),
            name: name.to_owned(),
            text: "We are both sorry.".to_owned(),
            etag: String::new(),
        };
        let proposed = self.jobcentre.propose_joint_reply(propose).await.unwrap();
        let digest = proposed.joint_reply.unwrap().digest;
        let answer = self.issue(true, name, &digest).await;
        self.verdicts.expect(
            "R22 sent before agreed",
            answer,
            Code::FailedPrecondition,
            "WORDING_NOT_AGREED",
        );
        let answer = self.agree(name, &nothing).await;
        self.verdicts.expect(
            "R23 agreed to another wording",
            answer,
            Code::FailedPrecondition,
            "AGREEMENT_DIGEST_MISMATCH",
        );
        self.agree(name, &digest).await.unwrap();
        let answer = self.issue(false, name, &digest).await;
        self.verdicts.expect("R4 sent by the provider", answer, Code::FailedPrecondition, "JCP_ISSUES_FINAL");
        self.issue(true, name, &digest).await.unwrap();
        let late = SendContributionRequest {
            request_id: self.holder.id(),
            name: name.to_owned(),
            sent_on: Some(civil(today())),
            text: "One thing more.".to_owned(),
            papers: Vec::new(),
            etag: String::new(),
        };
        let answer = self.holder.send_contribution(late).await;
        self.verdicts.expect("R19 it is out", answer, Code::FailedPrecondition, "ALREADY_FINAL");
    }

    async fn agree(&mut self, name: &str, digest: &str) -> Answer<MixedComplaint> {
        let agree = AgreeWordingRequest {
            request_id: self.holder.id(),
            name: name.to_owned(),
            digest: digest.to_owned(),
            etag: String::new(),
        };
        self.holder.agree_wording(agree).await
    }

    async fn issue(&mut self, by_jobcentre_plus: bool, name: &str, digest: &str) -> Answer<MixedComplaint> {
        let clerk = if by_jobcentre_plus { &mut self.jobcentre } else { &mut self.holder };
        let issue = IssueJointReplyRequest {
            request_id: clerk.id(),
            name: name.to_owned(),
            digest: digest.to_owned(),
            issued_on: Some(civil(today())),
            channel: Means::Post.into(),
            etag: String::new(),
        };
        clerk.issue_joint_reply(issue).await
    }
}

/// A day that is no Saturday or Sunday.
fn working_day(mut day: Date) -> Date {
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.tomorrow().unwrap();
    }
    day
}
