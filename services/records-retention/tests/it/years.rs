//! Seven years of one contract, with a clock that the test moves: kept as long as promised, gone when promised, on both databases.

use redress_proto::{
    journal::v1::{ListEntriesRequest, journal_service_client::JournalServiceClient},
    options::v1::Role,
    records_retention::v1 as proto,
    supply_chain::v1 as chain,
};
use redress_testkit::{Backend, backends, wait};
use tonic::Request;

use crate::{
    anonymised::{Assessors, report},
    cast::{DEPARTMENT, PRIME, day, hold, refused, release, request_id},
};

/// A contract's life, as the people of the prime see it.
struct Years {
    here: Assessors,
}

impl Years {
    /// Time passes until a morning, more than a week on, and a person confirms the date.
    async fn until(&self, day: &str) {
        self.here.cast.suite.clock.move_to(format!("{day}T09:00:00Z").parse().unwrap());
        self.here.cast.confirm_date().await;
    }

    async fn stage(&self, name: &str) -> proto::RecordStage {
        self.here.cast.get(name).await.stage()
    }

    async fn stands(&self, name: &str, stage: proto::RecordStage) {
        wait::until_async(stage.as_str_name(), || async { self.stage(name).await == stage }).await;
    }

    async fn last_day(&self, name: &str) -> Option<redress_proto::r#type::v1::CivilDate> {
        self.here.cast.get(name).await.retention.and_then(|last| last.due_on)
    }

    /// How many entries of a message the journal of the service has.
    async fn told(&self, message: &str) -> usize {
        let caller = self.here.cast.caller(DEPARTMENT, Role::Auditor, "audrey").await;
        let question = ListEntriesRequest {
            page_size: 200,
            types: vec![format!("redress.records_retention.v1.{message}")],
            ..Default::default()
        };
        let mut request = Request::new(question);
        request.metadata_mut().insert("redress-service", "records-retention".parse().unwrap());
        JournalServiceClient::new(caller).list_entries(request).await.unwrap().into_inner().entries.len()
    }

    async fn has_told(&self, message: &str, times: usize) {
        wait::until_async(message, || async { self.told(message).await >= times }).await;
        assert_eq!(self.told(message).await, times, "{message}");
    }

    async fn the_contract_ends(&self, on: &str) {
        let request = chain::EndContractRequest {
            request_id: request_id(),
            name: self.here.contract.clone(),
            end_on: Some(day(on)),
            etag: String::new(),
        };
        self.here.cast.chain().await.end_contract(request).await.unwrap();
    }
}

#[tokio::test]
async fn seven_years_of_a_contract() {
    for backend in backends() {
        Box::pin(seven_years(backend)).await;
    }
}

async fn seven_years(backend: Backend) {
    let years = Years { here: Box::pin(Assessors::on(backend)).await };
    let (here, cast) = (&years.here, &years.here.cast);

    // June 2023: five reports were paid for a year ago, one is paid for today, and one is not.
    let mut old = Vec::new();
    for number in 0..5 {
        let name = here.register(Some(report(number))).await.unwrap().name;
        here.pay(&name, "2022-06-20").await;
        old.push(name);
    }
    let paid = here.paid(report(5)).await;
    let unpaid = here.register(Some(report(6))).await.unwrap().name;
    let payments = proto::Record {
        contract: here.contract.clone(),
        record_class: proto::RecordClass::PaymentsMade.into(),
        ..Default::default()
    };
    let payments = cast.enter(payments).await.unwrap().name;
    let payments = cast.lay_by(&payments, b"All payments of the department.").await;
    let waits = (proto::RecordStage::Active, proto::RetentionGap::ContractNotEnded);
    assert_eq!((payments.stage(), payments.gap()), waits);
    let payments = payments.name;

    // Five go on without anyone in them (A0 7.12, second bullet).
    let five: Vec<&str> = old.iter().map(String::as_str).collect();
    let proposed = here.anonymise(&five).await.unwrap();
    cast.approve(&proposed, "omar").await.unwrap();
    cast.pass(3);
    cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
    let set = cast.get(five[0]).await.tombstone.unwrap().anonymised_in;
    assert_eq!(
        years.last_day(&set).await,
        Some(day("2028-12-20")),
        "Q11: six years after the report had to go"
    );

    // The news that the contract ended comes a year late; six years run from the day itself (A0 7.11, L38).
    years.until("2023-06-28").await;
    years.the_contract_ends("2022-06-30").await;
    years.stands(&payments, proto::RecordStage::RetentionRunning).await;
    assert_eq!(years.last_day(&payments).await, Some(day("2028-06-30")));

    // December 2023: nobody paid for one report, and someone should ask (Q12). An embargo keeps another (RET-08).
    let told = years.told("ReportUnpaid").await;
    years.until("2023-12-06").await;
    // The report with nothing in it, with which the service was found to know the contract, is not paid for either.
    wait::until_async("the unpaid reports", || async { years.told("ReportUnpaid").await >= told + 2 }).await;
    let held = cast.records().await.place_hold(hold(&paid, "DWP-EMBARGO-1")).await.unwrap().into_inner();
    cast.pass(6);
    years.stands(&paid, proto::RecordStage::Due).await;
    assert_eq!(refused(cast.propose(&[&paid]).await), "ON_HOLD");

    // January 2024: the embargo is lifted; not in the same second, and then it goes.
    years.until("2024-01-08").await;
    let placed = &held.holds[0].name;
    cast.records().await.release_hold(release(&paid, placed)).await.unwrap();
    assert_eq!(refused(cast.propose(&[&paid]).await), "HOLD_RECENTLY_RELEASED");
    cast.pass(2);
    cast.dispose(&[&paid]).await;
    assert_eq!(years.stage(&paid).await, proto::RecordStage::Destroyed);

    // February 2024: the payment came late, and the news of it later; the clock runs from the day it was received (L38).
    years.until("2024-02-12").await;
    here.pay(&unpaid, "2024-01-31").await;
    assert_eq!(years.last_day(&unpaid).await, Some(day("2024-07-31")));

    // Every June: is the set still anonymous? (RET-13)
    for (turn, year) in (2024..=2028).enumerate() {
        years.until(&format!("{year}-06-20")).await;
        years.has_told("AnonymityReviewDue", turn + 1).await;
        let review = proto::ReviewAnonymityRequest {
            request_id: request_id(),
            name: set.clone(),
            finding: proto::AnonymityFinding::StillAnonymous.into(),
            etag: String::new(),
        };
        cast.records().await.review_anonymity(review).await.unwrap();
        if year == 2024 {
            years.until("2024-07-31").await;
            cast.dispose(&[&unpaid]).await;
        }
    }

    // June 2028: the record of the contract is kept to the end of its last day, and goes after it.
    years.until("2028-06-30").await;
    assert_eq!(refused(cast.propose(&[&payments]).await), "NOT_DUE");
    cast.pass(3);
    years.stands(&payments, proto::RecordStage::Due).await;
    cast.dispose(&[&payments]).await;
    assert_eq!(years.stage(&payments).await, proto::RecordStage::Destroyed);

    // December 2028: what was anonymised has had its six years as well, and ends as everything does.
    years.until("2028-12-20").await;
    years.stands(&set, proto::RecordStage::Due).await;
    let ended = cast.dispose(&[&set]).await;
    assert_eq!(ended.receipts[0].parts, 5);
    assert_eq!(years.stage(&set).await, proto::RecordStage::Destroyed);
    years.has_told("DisposalCertified", 5).await;
    let first = years.stage(five[0]).await;
    assert_eq!(first, proto::RecordStage::Anonymised, "and its tombstone still says where it went");
    assert_eq!(cast.control().await.name, format!("disposalControls/{PRIME}"));
    years.here.cast.suite.stop().await.unwrap();
}
