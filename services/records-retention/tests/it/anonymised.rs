//! Reports that are anonymised: what goes, what stays, who agrees, and what is left of the originals (RET-04, RET-13).

use redress_proto::{records_retention::v1 as proto, supply_chain::v1 as chain};
use redress_store::{Db, Settings};
use redress_testkit::{Backend, wait};
use tonic::{Response, Status};
use uuid::Uuid;

use crate::{
    canary::sightings,
    cast::{Cast, DEPARTMENT, PRIME, day, hold, organisation, refused, request_id},
    execute::execute,
    recount::looks,
};

const SURNAME: &str = "Featherstonehaugh";

/// A report on a person, in all its detail.
pub(crate) fn report(number: u32) -> proto::AssessmentReport {
    proto::AssessmentReport {
        person: Some(proto::AssessedPerson {
            full_name: format!("Rhiannon {SURNAME}"),
            national_insurance_number: "AB123456C".to_owned(),
            born_on: Some(day("1984-05-17")),
            email: "rhiannon@example.org".to_owned(),
            telephone: "0141 496 0000".to_owned(),
        }),
        reference: format!("HA-{number}"),
        assessor: "assessor-7".to_owned(),
        referred_on: Some(day("2022-01-10")),
        assessed_on: Some(day(if number.is_multiple_of(2) { "2022-02-03" } else { "2022-03-02" })),
        postcode: "G12 8QQ".to_owned(),
        weekly_hours: 31 + i32::try_from(number % 3).unwrap(),
        setting: proto::AssessmentSetting::Workplace.into(),
        condition_group: if number.is_multiple_of(2) {
            proto::ConditionGroup::Sensory.into()
        } else {
            proto::ConditionGroup::Physical.into()
        },
        adjustment_codes: vec!["screen-reader".to_owned()],
        cost_pence: 128_400 + i64::from(number),
        findings: format!("Ms {SURNAME} works shifts."),
        recommendation: "Large print.".to_owned(),
    }
}

/// The cast with a contract of Access to Work before 2023, and how to register reports under it.
pub(crate) struct Assessors {
    pub(crate) cast: Cast,
    pub(crate) contract: String,
}

impl Assessors {
    async fn usual() -> Self {
        Box::pin(Self::on(Backend::Sqlite)).await
    }

    pub(crate) async fn on(backend: Backend) -> Self {
        let cast = Cast::on(backend).await;
        // From here on the guidance is known that lets a report be anonymised.
        cast.suite.clock.move_to("2023-06-12T09:00:00Z".parse().unwrap());
        cast.confirm_date().await;
        let create = chain::CreateContractRequest {
            request_id: request_id(),
            contract: Some(chain::Contract {
                reference: "ATW-0".to_owned(),
                programme: "access-to-work-holistic-assessments".to_owned(),
                holder: organisation(PRIME),
                commissioner: organisation(DEPARTMENT),
                effective_on: Some(day("2022-03-01")),
                ..Default::default()
            }),
        };
        let contract = cast.chain().await.create_contract(create).await.unwrap().into_inner().name;
        let this = Self { cast, contract };
        let known = || async { this.register(None).await.is_ok() };
        Box::pin(wait::until_async("the contract", known)).await;
        this
    }

    /// A report that nobody has paid for yet.
    pub(crate) async fn register(
        &self,
        report: Option<proto::AssessmentReport>,
    ) -> Result<proto::Record, Status> {
        let record = proto::Record {
            contract: self.contract.clone(),
            record_class: proto::RecordClass::NeedsAssessmentReport.into(),
            completed_on: Some(day("2023-06-05")),
            ..Default::default()
        };
        let request = proto::RegisterRecordRequest {
            request_id: request_id(),
            record: Some(record),
            report,
            readmission_authority: String::new(),
        };
        self.cast.records().await.register_record(request).await.map(Response::into_inner)
    }

    /// A report that was paid for on the first day.
    pub(crate) async fn paid(&self, report: proto::AssessmentReport) -> String {
        let name = self.register(Some(report)).await.unwrap().name;
        self.pay(&name, "2023-06-12").await;
        name
    }

    /// A report is paid for.
    pub(crate) async fn pay(&self, name: &str, received_on: &str) {
        let payment = proto::Payment {
            name: format!("payments/{}", request_id()),
            revision: 1,
            received_on: Some(day(received_on)),
            completes: true,
            withdrawn: false,
        };
        let request = proto::RecordPaymentRequest {
            request_id: request_id(),
            name: name.to_owned(),
            payment: Some(payment),
        };
        self.cast.records().await.record_payment(request).await.unwrap();
    }

    pub(crate) async fn anonymise(&self, records: &[&str]) -> Result<proto::Disposal, Status> {
        self.cast.propose_to(proto::DisposalMethod::Anonymised, records).await
    }

    /// Half a year passes, and a person confirms the date.
    async fn fall_due(&self) {
        self.cast.suite.clock.move_to("2023-12-12T09:00:00Z".parse().unwrap());
        self.cast.confirm_date().await;
    }

    async fn form(&self, record: &str, part: &str) -> Result<proto::AssessmentReport, Status> {
        let request = proto::GetReportRequest { name: record.to_owned(), part: part.to_owned() };
        let answer = self.cast.records().await.get_report(request).await?.into_inner();
        Ok(answer.report.expect("a report"))
    }
}

#[tokio::test]
async fn reports_go_into_a_set_in_which_nobody_is_found() {
    let mut here = Box::pin(Assessors::usual()).await;
    let mut names = Vec::new();
    for number in 0..6 {
        names.push(here.paid(report(number)).await);
    }
    let records: Vec<&str> = names.iter().map(String::as_str).collect();
    let first = here.cast.get(records[0]).await;
    let part = first.parts[0].name.clone();
    assert!(first.parts[0].is_report);
    assert_eq!(refused(here.anonymise(&records).await), "NOT_DUE");
    here.fall_due().await;

    // D29: one of six is held, and nothing is proposed.
    let held = here.cast.records().await.place_hold(hold(records[5], "NAO-7")).await.unwrap().into_inner();
    assert_eq!(refused(here.anonymise(&records).await), "ON_HOLD");
    assert!(held.held);
    let others = &records[..5];

    let proposed = here.anonymise(others).await.unwrap();
    let found = proposed.assessment.clone().unwrap();
    assert_eq!((found.reports, found.smallest_group, found.least_group), (5, 5, 5));
    assert_eq!(found.coarseness(), proto::Coarseness::Quarter, "five of one quarter, one area, one band");
    for path in ["person", "reference", "assessor", "findings", "recommendation"] {
        assert!(found.removed.iter().any(|removed| removed == path), "{path}: {found:?}");
    }
    let coarser = [
        "referred_on",
        "assessed_on",
        "postcode",
        "weekly_hours",
        "setting",
        "adjustment_codes",
        "cost_pence",
    ];
    for path in coarser {
        assert!(found.generalised.iter().any(|coarser| coarser == path), "{path}: {found:?}");
    }
    assert_eq!(refused(here.cast.approve(&proposed, "rita").await), "SAME_PERSON");
    here.cast.approve(&proposed, "omar").await.unwrap();
    here.cast.pass(3);
    here.cast.stands(&proposed.name, proto::DisposalStage::Certified).await;

    // What is left of an original says where its form went, and nothing more.
    let ended = here.cast.get(records[0]).await;
    assert_eq!(ended.stage(), proto::RecordStage::Anonymised);
    let tombstone = ended.tombstone.unwrap();
    assert_eq!(tombstone.method(), proto::DisposalMethod::Anonymised);
    assert_eq!(refused(here.form(records[0], &part).await), "ITEM_DESTROYED");

    // The set is a record of its own, and its forms are those that two people agreed on.
    let set = here.cast.get(&tombstone.anonymised_in).await;
    assert_eq!(set.record_class(), proto::RecordClass::AnonymisedReports);
    assert_eq!((set.parts.len(), set.participant.as_str(), set.reference.as_str()), (5, "", ""));
    let kept = set.anonymised.clone().unwrap();
    assert_eq!(kept.assessment.unwrap(), found);
    assert_eq!(kept.review_on, Some(day("2024-12-15")));
    assert_eq!(set.retention.unwrap().due_on, Some(day("2029-12-12")), "Q11: capped by the payment");
    let mut groups = Vec::new();
    for part in &set.parts {
        let form = here.form(&set.name, &part.name).await.unwrap();
        assert_eq!(form.assessed_on, Some(day("2022-01-01")));
        assert_eq!((form.postcode.as_str(), form.weekly_hours, form.cost_pence), ("G", 30, 100_000));
        assert_eq!(form.adjustment_codes, ["screen-reader"], "what all of them share survives");
        let bare = proto::AssessmentReport {
            referred_on: form.referred_on,
            assessed_on: form.assessed_on,
            postcode: form.postcode.clone(),
            weekly_hours: form.weekly_hours,
            setting: form.setting,
            condition_group: form.condition_group,
            adjustment_codes: form.adjustment_codes.clone(),
            cost_pence: form.cost_pence,
            ..Default::default()
        };
        assert_eq!(form, bare);
        groups.push(form.condition_group());
    }
    groups.sort_unstable();
    groups.dedup();
    assert_eq!(groups.len(), 2, "a special category stays while it tells of nobody");

    // The one that was held is whole; the others are in no file.
    assert_eq!(here.cast.get(records[5]).await.stage(), proto::RecordStage::Due);
    here.cast.suite.pause().await;
    assert_eq!(sightings(here.cast.suite.folder(), SURNAME), Vec::<String>::new());
    here.cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reports_of_a_set_that_waits_are_left_alone() {
    // An order that cannot be given yet is looked at again and again: it opens nothing, and takes no key.
    let here = Box::pin(Assessors::usual()).await;
    let mut names = Vec::new();
    for number in 0..5 {
        names.push(here.paid(report(number)).await);
    }
    let records: Vec<&str> = names.iter().map(String::as_str).collect();
    here.fall_due().await;
    let proposed = here.anonymise(&records).await.unwrap();
    here.cast.approve(&proposed, "omar").await.unwrap();
    let stop = proto::StopDisposalsRequest { request_id: request_id() };
    here.cast.disposals("rita").await.stop_disposals(stop).await.unwrap();
    // Whoever opened the reports now would not find this one, and would take it that the set has changed.
    let db = Db::open(&here.cast.suite.database("records-retention"), Settings::default()).await.unwrap();
    let part = here.cast.get(records[0]).await.parts[0].name.clone();
    let part: Uuid = part.strip_prefix("parts/").unwrap().parse().unwrap();
    rename(&db, part, ["CONTENT", "AWAY"]).await;
    here.cast.pass(3);
    looks(&here.cast, &db).await;
    assert_eq!(here.cast.disposal(&proposed.name).await.stage(), proto::DisposalStage::Approved);
    assert_eq!(refused(execute(&here.cast, &proposed.name, "omar").await), "DISPOSALS_STOPPED");
    assert_eq!(here.cast.disposal(&proposed.name).await.stage(), proto::DisposalStage::Approved);
    rename(&db, part, ["AWAY", "CONTENT"]).await;
    db.close().await;
    let release = proto::ReleaseStopRequest { request_id: request_id() };
    here.cast.disposals("omar").await.release_stop(release).await.unwrap();
    here.cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
    here.cast.suite.stop().await.unwrap();
}

/// What lies with a part under seal goes by another name.
async fn rename(db: &Db, part: Uuid, [from, to]: [&str; 2]) {
    let mut tx = db.write().await.unwrap();
    let renamed = tx.query("UPDATE sealed SET part = $3 WHERE subject_id = $1 AND part = $2");
    assert_eq!(renamed.bind(part).bind(from).bind(to).execute().await.unwrap(), 1);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_set_that_would_tell_of_someone_is_refused() {
    // Reliability D28: paths of fields, never what stands in them.
    let here = Box::pin(Assessors::usual()).await;
    let mut names = Vec::new();
    for number in 0..5 {
        names.push(here.paid(report(number)).await);
    }
    let mut telling = report(5);
    telling.adjustment_codes.push(format!("ask-{}", SURNAME.to_lowercase()));
    let telling = here.paid(telling).await;
    let mut numbered = report(6);
    numbered.adjustment_codes.push("qq123456c".to_owned());
    let numbered = here.paid(numbered).await;
    let letter = here.cast.letter().await;
    here.fall_due().await;
    let records: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(refused(here.anonymise(&records[..4]).await), "ANONYMISATION_FAILED");
    for bad in [&telling, &numbered] {
        let mut with = records.clone();
        with.push(bad);
        let status = here.anonymise(&with).await.unwrap_err();
        let told = format!("{status:?}").to_lowercase();
        assert!(told.contains("anonymisation_failed") && told.contains("adjustment_codes"), "{told}");
        assert!(!told.contains(&SURNAME.to_lowercase()) && !told.contains("qq123456c"), "{told}");
    }
    // What was laid by as bytes has no declared fields.
    let bare = here.register(None).await.unwrap().name;
    assert_eq!(refused(here.anonymise(&[&bare]).await), "ANONYMISATION_FAILED");
    assert_eq!(refused(here.anonymise(&[&letter]).await), "METHOD_NOT_ALLOWED");
    // Reports whose groups are too small at every step become coarser until they are large enough.
    let mut odd = report(7);
    odd.postcode = "EH1 1AA".to_owned();
    let odd = here.register(Some(odd)).await.unwrap();
    assert_eq!(refused(here.anonymise(&[&odd.name]).await), "ANONYMISATION_FAILED");
    here.cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn only_reports_are_laid_by_field_by_field() {
    let here = Box::pin(Assessors::usual()).await;
    let record = proto::Record {
        contract: here.contract.clone(),
        record_class: proto::RecordClass::PaymentsMade.into(),
        ..Default::default()
    };
    let request = proto::RegisterRecordRequest {
        request_id: request_id(),
        record: Some(record),
        report: Some(report(1)),
        readmission_authority: String::new(),
    };
    assert_eq!(refused(here.cast.records().await.register_record(request).await), "NOT_ALLOWED");
    // A set is found wanting by a person, is due at once, and ends like any record.
    let review = proto::ReviewAnonymityRequest {
        request_id: request_id(),
        name: here.cast.letter().await,
        finding: proto::AnonymityFinding::NotAnonymous.into(),
        etag: String::new(),
    };
    assert_eq!(refused(here.cast.records().await.review_anonymity(review).await), "NOT_ALLOWED");
    here.cast.suite.stop().await.unwrap();
}
