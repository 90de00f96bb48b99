//! The bad inputs anyone will try at routing (reliability 4.3), and with them every documented reason for a no of its own.

mod letters;
mod mixed;

use std::collections::BTreeSet;

use jiff::{ToSpan as _, civil::Date};
use redress_proto::{
    options::v1::Role,
    routing::v1::{
        AcceptContactRequest, Contact, DirectPersonRequest, ExplainRouteRequest, Matter, PersonTold,
        RejectContactRequest, RejectReason, RerouteContactRequest, RerouteReason, Writer,
    },
    r#type::v1::Channel as Means,
};
use redress_tests::{
    chain::{ACCESS_TO_WORK_OLD, JETS, Member, civil},
    clerk::{Clerk, contact, input, reference},
    contract,
    day::today,
};
use tonic::Code;

use super::{common, desk::Verdicts};
use crate::stand::Stand;

/// Reasons that this page cannot give, each with the test that does, or with why no caller ever sees it.
const ELSEWHERE: [(&str, &str); 3] = [
    ("NOT_DUE", "of commands of the clock alone: routing-domain"),
    (
        "OUTSIDE_CALENDAR",
        "no date that the declared syntax takes leads past the end of the calendar: redress-policy",
    ),
    ("VALUE_NOT_KNOWN", "of packs that state no limit for contributions: routing-domain"),
];

/// People of every side, and everything they need.
struct Counter {
    stand: Stand,
    holder: Clerk,
    below: Clerk,
    jobcentre: Clerk,
    verdicts: Verdicts,
}

#[tokio::test(flavor = "multi_thread")]
async fn routing_says_no_with_the_reason_it_documents() {
    let mut counter = Counter::open().await;
    counter.questions().await;
    counter.contacts().await;
    counter.holders_place().await;
    counter.mixed_complaints().await;
    counter.member_letters().await;
    counter.before_the_guidance().await;
    let seen = counter.verdicts.conclude();

    let documented = documented();
    let elsewhere: BTreeSet<String> = ELSEWHERE.iter().map(|(reason, _)| (*reason).to_owned()).collect();
    let missing: Vec<&String> =
        documented.iter().filter(|reason| !seen.contains(*reason) && !elsewhere.contains(*reason)).collect();
    assert!(missing.is_empty(), "documented, and given to nobody: {missing:#?}");
    let undocumented: Vec<&String> =
        seen.iter().filter(|reason| !documented.contains(*reason) && !common(reason)).collect();
    assert!(undocumented.is_empty(), "given, and not documented: {undocumented:#?}");
    let both: Vec<&String> = seen.intersection(&elsewhere).collect();
    assert!(both.is_empty(), "given here, so no longer elsewhere: {both:#?}");
}

fn documented() -> BTreeSet<String> {
    let enums = contract::enums();
    let ours = enums.iter().find(|each| each.full_name() == "redress.routing.v1.ErrorReason").unwrap();
    let named = ours.values().filter(|value| value.number() != 0);
    named.map(|value| value.name().trim_start_matches("ERROR_REASON_").to_owned()).collect()
}

fn days_ago(days: i32) -> Date {
    today().checked_sub(days.days()).unwrap()
}

fn told(on: Date) -> PersonTold {
    PersonTold { told_on: Some(civil(on)), channel: Means::Telephone.into(), paper: String::new() }
}

/// Puts something wrong into a contact.
type Spoil = fn(&mut Contact, &Counter);

impl Counter {
    async fn open() -> Self {
        let mut stand = Stand::under(JETS, 0x4f1).await;
        let holder = stand.clerk(Member::Prime, Role::ComplaintsManager).await;
        let below = stand.clerk(Member::Sub, Role::ComplaintsManager).await;
        let jobcentre = stand.clerk(Member::JobcentrePlus, Role::JobcentrePlus).await;
        Self { stand, holder, below, jobcentre, verdicts: Verdicts::default() }
    }

    fn organisation(&self, member: Member) -> String {
        format!("organisations/{}", self.stand.chain.people.organisation(member))
    }

    /// A contact as it would be sent, of the participant.
    fn contact(&mut self, about: &[Matter]) -> Contact {
        let asked = input(&self.stand.chain.contract, Writer::Participant, about, days_ago(3));
        let mut sent = contact(asked, &reference(&mut self.stand.seed));
        sent.participant.clone_from(&self.stand.chain.participant);
        sent
    }

    /// What decides, and what is wrong with it.
    async fn questions(&mut self) {
        let cases: [(&str, &str, &str, Spoil); 7] = [
            ("about nothing", "contact.input.about", "REQUIRED", |sent, _| {
                sent.input.as_mut().unwrap().about.clear();
            }),
            ("received tomorrow", "contact.input.received_on", "DATE_IN_FUTURE", |sent, _| {
                sent.input.as_mut().unwrap().received_on = Some(civil(today().tomorrow().unwrap()));
            }),
            (
                "R2 about a subcontractor, and none named",
                "contact.input.respondents",
                "REQUIRED",
                |sent, _| {
                    sent.input.as_mut().unwrap().about = vec![Matter::Subcontractor.into()];
                },
            ),
            ("a contract twice", "contact.input.contract", "NOT_ALLOWED", |sent, _| {
                "K-1".clone_into(&mut sent.input.as_mut().unwrap().contract_reference);
            }),
            (
                "a respondent of another chain",
                "contact.input.respondents",
                "NOT_IN_CHAIN",
                |sent, counter| {
                    sent.input.as_mut().unwrap().respondents = vec![counter.organisation(Member::Rival)];
                },
            ),
            ("worked by another chain", "contact.organisation", "NOT_IN_CHAIN", |sent, counter| {
                sent.organisation = counter.organisation(Member::Rival);
            }),
            ("nobody it concerns", "contact.person", "REQUIRED", |sent, _| {
                sent.participant.clear();
                sent.person = None;
            }),
        ];
        for (case, field, reason, spoil) in cases {
            let mut sent = self.contact(&[Matter::Provider]);
            spoil(&mut sent, self);
            let explained = ExplainRouteRequest { input: sent.input.clone() };
            let refusal = self.holder.route(sent).await;
            let refusal = self.verdicts.expect(case, refusal, Code::InvalidArgument, reason);
            let named = refusal.as_ref().is_some_and(|refusal| refusal.names(field));
            self.verdicts.also(case, named, refusal.as_ref());
            if let Some(rest) = field.strip_prefix("contact.input.") {
                let refusal = self.holder.explain_route(explained).await;
                let refusal = self.verdicts.expect(case, refusal, Code::InvalidArgument, reason);
                let named = refusal.as_ref().is_some_and(|refusal| refusal.names(&format!("input.{rest}")));
                self.verdicts.also(case, named, refusal.as_ref());
            }
        }
        let mut sent = self.contact(&[Matter::Provider]);
        sent.input.as_mut().unwrap().received_on = Some(civil(today().tomorrow().unwrap()));
        sent.input.as_mut().unwrap().respondents = vec![self.organisation(Member::Rival)];
        let answer = self.holder.route(sent).await;
        self.verdicts.expect("wrong in two ways", answer, Code::InvalidArgument, "INVALID_REQUEST");
        let mut sent = self.contact(&[Matter::Provider]);
        sent.input.as_mut().unwrap().received_on = Some(civil(jiff::civil::date(2022, 5, 31)));
        let answer = self.holder.route(sent).await;
        self.verdicts.expect(
            "before the contract",
            answer,
            Code::FailedPrecondition,
            "CONTRACT_NOT_IN_FORCE",
        );
        let mut sent = self.contact(&[Matter::Provider]);
        sent.input.as_mut().unwrap().contract.clone_from(&self.stand.chain.rival_contract);
        let answer = self.holder.route(sent).await;
        self.verdicts.expect("R1 under another's contract", answer, Code::NotFound, "NOT_FOUND");
    }

    async fn contacts(&mut self) {
        let sent = self.contact(&[Matter::ProgrammePolicy]);
        let routed = self.holder.route(sent.clone()).await.unwrap();
        let answer = self.holder.route(sent).await;
        self.verdicts.expect("the same reference", answer, Code::AlreadyExists, "ALREADY_THERE");
        let mut direct = DirectPersonRequest {
            request_id: self.holder.id(),
            name: routed.name.clone(),
            told: Some(told(days_ago(10))),
            etag: String::new(),
        };
        let answer = self.holder.direct_person(direct.clone()).await;
        self.verdicts.expect("told before it came", answer, Code::InvalidArgument, "TOO_EARLY");
        (direct.request_id, direct.told) = (self.holder.id(), Some(told(today())));
        direct.told.as_mut().unwrap().paper = routed.name.replace("contacts", "papers");
        let answer = self.holder.direct_person(direct.clone()).await;
        self.verdicts.expect("a paper that is not there", answer, Code::InvalidArgument, "NOT_ON_FILE");
        (direct.request_id, direct.told, direct.etag) =
            (self.holder.id(), Some(told(today())), "\"7\"".to_owned());
        let answer = self.holder.direct_person(direct).await;
        self.verdicts.expect("R14, G25 another version", answer, Code::Aborted, "VERSION_MISMATCH");
        let reroute = |about: Matter, request_id: String| RerouteContactRequest {
            request_id,
            name: routed.name.clone(),
            about: vec![about.into()],
            reason: RerouteReason::Misread.into(),
            ..RerouteContactRequest::default()
        };
        let id = self.holder.id();
        let answer = self.holder.reroute_contact(reroute(Matter::Attendance, id)).await;
        self.verdicts.expect("through the same door", answer, Code::FailedPrecondition, "SAME_ROUTE");
        let accept = AcceptContactRequest {
            request_id: self.holder.id(),
            name: routed.name.clone(),
            ..AcceptContactRequest::default()
        };
        let answer = self.holder.accept_contact(accept).await;
        self.verdicts.expect("taking what is not offered", answer, Code::FailedPrecondition, "STAGE_REFUSES");
    }

    /// R7, R13: the contract holder comes first (XCT-06).
    async fn holders_place(&mut self) {
        let mut sent = self.contact(&[Matter::Subcontractor]);
        sent.participant = self.stand.chain.sub_participant.clone();
        sent.input.as_mut().unwrap().respondents = vec![self.organisation(Member::Sub)];
        let offered = self.below.route(sent).await.unwrap();
        let accept = |request_id: String| AcceptContactRequest {
            request_id,
            name: offered.name.clone(),
            ..AcceptContactRequest::default()
        };
        let id = self.below.id();
        let answer = self.below.accept_contact(accept(id)).await;
        self.verdicts.expect("R7 past the holder", answer, Code::FailedPrecondition, "PRIME_MUST_ACCEPT");
        let id = self.holder.id();
        self.holder.accept_contact(accept(id)).await.unwrap();
        let reject = RejectContactRequest {
            request_id: self.holder.id(),
            name: offered.name,
            reason: RejectReason::NotOurService.into(),
            etag: String::new(),
        };
        let answer = self.holder.reject_contact(reject).await;
        self.verdicts.expect("R13 taken already", answer, Code::FailedPrecondition, "ALREADY_ACCEPTED");
    }

    /// XCT-01: within the contract, and before the guidance that is known.
    async fn before_the_guidance(&mut self) {
        let mut stand = Stand::under(ACCESS_TO_WORK_OLD, 0x4f2).await;
        let mut clerk = stand.clerk(Member::Prime, Role::ComplaintsManager).await;
        let on = jiff::civil::date(2022, 12, 1);
        let asked = input(&stand.chain.contract, Writer::Participant, &[Matter::Provider], on);
        let answer = clerk.route(contact(asked, &reference(&mut stand.seed))).await;
        self.verdicts.expect("before the guidance", answer, Code::FailedPrecondition, "GUIDANCE_NOT_KNOWN");
    }
}
