//! A desk at the prime, complaints brought to any stage, and what was said at it.

use std::{collections::BTreeSet, fmt::Debug};

use jiff::{ToSpan as _, civil::Date};
use redress_proto::{complaints::v1::Complaint, options::v1::Role};
use redress_tests::{
    chain::{self, Member, Programme},
    day::today,
    officer::{Answer, Officer},
    refused::Refused,
};
use tonic::Code;

use crate::stand::Stand;

/// Someone at the prime, and everyone else within reach.
pub(super) struct Desk {
    pub(super) stand: Stand,
    pub(super) officer: Officer,
    pub(super) verdicts: Verdicts,
    pub(super) today: Date,
}

impl Desk {
    pub(super) async fn open(programme: Programme, seed: u64) -> Self {
        let mut stand = Stand::under(programme, seed).await;
        let officer = stand.officer(Member::Prime, Role::ComplaintsManager);
        Self { stand, officer, verdicts: Verdicts::default(), today: today() }
    }

    pub(super) fn days_ago(&self, days: i32) -> Date {
        self.today.checked_sub(days.days()).unwrap()
    }

    pub(super) fn tomorrow(&self) -> Date {
        self.today.tomorrow().unwrap()
    }

    /// A complaint as it would be sent, received some days ago.
    pub(super) fn complaint(&mut self, days_ago: i32) -> Complaint {
        let received_on = self.days_ago(days_ago);
        self.stand.chain.registration(received_on, &mut self.stand.seed).complaint.unwrap()
    }

    /// Just registered.
    pub(super) async fn registered(&mut self, days_ago: i32) -> String {
        let complaint = self.complaint(days_ago);
        self.officer.register(complaint).await.unwrap().name
    }

    /// Acknowledged on the day of receipt, with a handler: at the first stage.
    pub(super) async fn at_stage_one(&mut self, days_ago: i32) -> String {
        let (name, on) = (self.registered(days_ago).await, self.days_ago(days_ago));
        self.officer.acknowledge(&name, on).await.unwrap();
        self.officer.assign(&name, "handler-1", "").await.unwrap();
        name
    }

    /// With every step of the first stage done.
    pub(super) async fn ready_to_respond(&mut self, days_ago: i32) -> String {
        let (name, on) = (self.at_stage_one(days_ago).await, self.days_ago(days_ago));
        for step in ["call-complainant", "investigate"] {
            self.officer.step(&name, step, on, &[]).await.unwrap();
        }
        name
    }

    /// Answered at the first stage.
    pub(super) async fn responded(&mut self, days_ago: i32) -> String {
        let (name, on) = (self.ready_to_respond(days_ago).await, self.days_ago(days_ago));
        self.officer.respond(&name, "We are sorry.", on).await.unwrap();
        name
    }

    /// At the last stage, nothing of it done.
    pub(super) async fn escalated(&mut self, days_ago: i32) -> String {
        let (name, on) = (self.responded(days_ago).await, self.days_ago(days_ago));
        self.officer.escalate(&name, on).await.unwrap();
        name
    }

    /// With every step of every stage done.
    pub(super) async fn ready_to_finish(&mut self, days_ago: i32) -> String {
        let (name, on) = (self.escalated(days_ago).await, self.days_ago(days_ago));
        self.officer.step(&name, "review", on, &[]).await.unwrap();
        name
    }

    /// What a final response must say.
    pub(super) async fn full_text(&mut self, name: &str, on: Date) -> String {
        let must = self.officer.signposting(name, on).await.unwrap();
        format!("We have looked at everything again.\n\n{}\n\n{}\n", must.text, must.window_advice)
    }

    /// With the final response out.
    pub(super) async fn finished(&mut self, days_ago: i32) -> String {
        let (name, on) = (self.ready_to_finish(days_ago).await, self.days_ago(days_ago));
        let text = self.full_text(&name, on).await;
        self.officer.finish(&name, &text, on).await.unwrap();
        name
    }

    /// The name of an organisation of the chain.
    pub(super) fn organisation(&self, member: Member) -> String {
        format!("organisations/{}", self.stand.chain.people.organisation(member))
    }

    /// Notes what was said where a no was due.
    pub(super) fn expect<T: Debug>(
        &mut self,
        case: &str,
        answer: Answer<T>,
        code: Code,
        reason: &str,
    ) -> Option<Refused> {
        self.verdicts.expect(case, answer, code, reason)
    }

    /// Notes a no to a field.
    pub(super) fn expect_field<T: Debug>(
        &mut self,
        case: &str,
        answer: Answer<T>,
        field: &str,
        reason: &str,
    ) {
        let refusal = self.verdicts.expect(case, answer, Code::InvalidArgument, reason);
        if let Some(refusal) =
            refusal.filter(|refusal| !refusal.violations.contains(&(field.to_owned(), reason.to_owned())))
        {
            self.verdicts.wrong.push(format!("{case}: {field} is not named {reason}: {refusal:?}"));
        }
    }
}

/// A date as it goes over the wire, where messages are optional.
#[expect(clippy::unnecessary_wraps, reason = "every message in a message is optional")]
pub(super) fn wire(date: Date) -> Option<redress_proto::r#type::v1::CivilDate> {
    Some(chain::civil(date))
}

/// What was said, and what should not have been.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    seen: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Verdicts {
    /// Holds an answer against the one that is due; a request that is wrong in one way only gives that way as its reason.
    pub(super) fn expect<T: Debug>(
        &mut self,
        case: &str,
        answer: Answer<T>,
        code: Code,
        reason: &str,
    ) -> Option<Refused> {
        match answer {
            Ok(taken) => {
                self.wrong.push(format!("{case}: was taken: {taken:?}"));
                None
            }
            Err(refusal) => {
                self.seen.insert(refusal.reason.clone());
                self.seen.extend(refusal.violations.iter().map(|(_, reason)| reason.clone()));
                let named =
                    refusal.reason == reason || refusal.violations.iter().any(|(_, given)| given == reason);
                if refusal.code != code || !named || !refusal.request_info || refusal.message.is_empty() {
                    self.wrong.push(format!("{case}: should be {code:?} {reason}: {refusal:?}"));
                }
                Some(*refusal)
            }
        }
    }

    /// Holds a refusal against what else it must say.
    pub(super) fn also(&mut self, case: &str, holds: bool, refusal: Option<&Refused>) {
        if !holds {
            self.wrong.push(format!("{case}: says too little: {refusal:?}"));
        }
    }

    /// Ends: fails with everything that was wrong, or hands out every reason that was given.
    pub(super) fn conclude(self) -> BTreeSet<String> {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        self.seen
    }
}
