//! The report and what it costs: I25, I28, I29, I31.

use jiff::civil::{Date, date};
use redress_proto::{
    ice_liaison::v1::{
        CloseLedgerYearRequest, ExcuseChargeRequest, Finding, GetStatementRequest, RaiseChargeRequest,
        RecordPaymentRequest, ReverseChargeRequest,
    },
    options::v1::Role,
    r#type::v1::Money,
};
use redress_tests::{
    chain::{Member, civil},
    officer::Answer,
};
use tonic::Code;

use super::{Office, said};
use Finding::{NotUpheld, PartiallyUpheld, Upheld};

const CHARGE: i64 = 500_000;

impl Office {
    pub(super) async fn reports(&mut self) {
        let on = self.desk.today;
        let case = self.investigated(3).await;
        let answer = self.report(&case, PartiallyUpheld, &[], on).await;
        self.desk.expect_field("I31 in part, and no part", answer, "report.elements", "REQUIRED");
        let answer = self.report(&case, PartiallyUpheld, &[(1, Upheld), (1, NotUpheld)], on).await;
        self.desk.expect_field("an element twice", answer, "report.elements[1].number", "DUPLICATE");
        let answer = self.report(&case, Upheld, &[(1, NotUpheld)], on).await;
        self.desk.expect_field("another whole than its parts", answer, "report.outcome", "OUTCOME_MISMATCH");
        let answer = self.report(&case, PartiallyUpheld, &[], self.desk.tomorrow()).await;
        let refusal = self.desk.expect("wrong in two ways", answer, Code::InvalidArgument, "INVALID_REQUEST");
        let both = refusal.as_ref().is_some_and(|refusal| refusal.violations.len() == 2);
        self.desk.verdicts.also("wrong in two ways, and both told", both, refusal.as_ref());
    }

    pub(super) async fn charges(&mut self) {
        let upheld = self.reported(Upheld, 3).await;
        for (name, pence) in
            [("I25 pounds for pence", 5_000), ("I25 a pound more", CHARGE + 1), ("I25 nothing", 0)]
        {
            let answer = self.examiner.charge(&upheld, pence).await;
            self.desk.expect(name, answer, Code::InvalidArgument, "MUST_EQUAL_CHARGE");
        }
        let excuse = ExcuseChargeRequest {
            request_id: self.id(),
            examination: upheld.clone(),
            authority: "D-7".to_owned(),
            reason: "The circumstances were not normal.".to_owned(),
        };
        let request = self.by(Member::Prime, Role::ComplaintsManager, excuse.clone());
        let answer = said(self.recovery.excuse_charge(request).await);
        self.desk.expect("I28 by the provider", answer, Code::PermissionDenied, "ROLE_MISSING");
        let nobody =
            ExcuseChargeRequest { request_id: self.id(), authority: String::new(), ..excuse.clone() };
        let request = self.recovery(nobody);
        let answer = said(self.recovery.excuse_charge(request).await);
        self.desk.expect_field("I28 on nobody's authority", answer, "authority", "REQUIRED");
        let excuse = ExcuseChargeRequest { request_id: self.id(), ..excuse };
        let request = self.recovery(excuse);
        let answer = said(self.recovery.excuse_charge(request).await);
        self.desk.expect(
            "J0 7.05 knows no excuse",
            answer,
            Code::FailedPrecondition,
            "EXCUSE_NOT_IN_GUIDANCE",
        );

        let charge = self.examiner.charge(&upheld, CHARGE).await.unwrap().name;
        let pay = RecordPaymentRequest {
            request_id: self.id(),
            name: charge.clone(),
            amount: Some(Money { pence: CHARGE + 1 }),
            posted_on: None,
            etag: String::new(),
        };
        let request = self.recovery(pay);
        let answer = said(self.recovery.record_payment(request).await);
        self.desk.expect("more than is owed", answer, Code::FailedPrecondition, "EXCEEDS_BALANCE");
        let answer = self.reverse(&charge, CHARGE + 1).await;
        self.desk.expect("I29 more than the charge", answer, Code::FailedPrecondition, "EXCEEDS_ORIGINAL");
        self.reverse(&charge, CHARGE).await.unwrap();
        let answer = self.reverse(&charge, CHARGE).await;
        self.desk.expect("I29 a second reversal", answer, Code::FailedPrecondition, "ALREADY_REVERSED");

        let partly = self.reported(PartiallyUpheld, 3).await;
        let answer = self.examiner.charge(&partly, CHARGE).await;
        self.desk.expect("Q10 in part", answer, Code::FailedPrecondition, "CHARGE_DECISION_NEEDED");
        let not = self.reported(NotUpheld, 3).await;
        let answer = self.examiner.charge(&not, CHARGE).await;
        self.desk.expect("nothing upheld", answer, Code::FailedPrecondition, "CHARGE_NOT_DUE");
    }

    /// Closed periods stay closed.
    pub(super) async fn years(&mut self) {
        let decided_on = in_last_year(self.desk.today);
        let days_ago = decided_on.until(self.desk.today).unwrap().get_days();
        let upheld = self.reported(Upheld, days_ago).await;
        let close = |request_id: String, year: i16| CloseLedgerYearRequest { request_id, year: year.into() };
        let last_year = decided_on.year() - 1;
        let this = close(self.id(), last_year + 1);
        let request = self.recovery(this);
        let answer = said(self.recovery.close_ledger_year(request).await);
        self.desk.expect("this year closed", answer, Code::FailedPrecondition, "YEAR_NOT_OVER");
        let last = close(self.id(), last_year);
        let request = self.recovery(last);
        said(self.recovery.close_ledger_year(request).await).unwrap();
        let raise = RaiseChargeRequest {
            request_id: self.id(),
            examination: upheld,
            amount: Some(Money { pence: CHARGE }),
            authority: String::new(),
            posted_on: Some(civil(decided_on)),
        };
        let request = self.recovery(raise);
        let answer = said(self.recovery.raise_charge(request).await);
        self.desk.expect("in a closed year", answer, Code::FailedPrecondition, "PERIOD_CLOSED");
        let backwards = GetStatementRequest {
            organisation: format!("organisations/{}", uuid::Uuid::from_u128(1)),
            from: Some(civil(self.desk.today)),
            to: Some(civil(decided_on)),
        };
        let request = self.recovery(backwards);
        let answer = said(self.recovery.get_statement(request).await);
        self.desk.expect_field("a statement backwards", answer, "to", "NOT_ALLOWED");
    }

    async fn reverse(&mut self, charge: &str, pence: i64) -> Answer<()> {
        let request = ReverseChargeRequest {
            request_id: self.id(),
            name: charge.to_owned(),
            amount: Some(Money { pence }),
            authority: "D-8".to_owned(),
            reason: "It was raised in error.".to_owned(),
            posted_on: None,
            etag: String::new(),
        };
        let request = self.recovery(request);
        said(self.recovery.reverse_charge(request).await).map(drop)
    }
}

/// A day of the ICE year before the one of `today`, shortly before its end on 31 March.
fn in_last_year(today: Date) -> Date {
    let ends = if today.month() >= 4 { today.year() } else { today.year() - 1 };
    date(ends, 3, 15)
}
