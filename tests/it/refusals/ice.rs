//! The bad inputs anyone will try at ice-liaison (reliability 4.4), and with them every documented reason for a no of its own.
//!
//! | rows | where |
//! |---|---|
//! | I1, I2, I4, I7, I8, I10, I22, I23 | [`cases`] |
//! | I11, I14, I16, I17, I19 | [`papers`] |
//! | I25, I28, I29, I31 | [`money`] |
//! | I5, I13 | `ice-liaison-domain`, scenarios of admissibility and of letters |
//! | I26 | `journeys/examination.rs`, and `command/charge/once.rs` on both databases |
//! | I20, I32 | no field is signed, and nobody outside the chain is a caller: roles and tenancy, from the descriptors |
//! | I34 | the feed is the journal's: `faults/feed.rs` |
//! | I35 | the contract takes no address to call |

mod cases;
mod money;
mod papers;

use std::collections::BTreeSet;

use jiff::civil::Date;
use redress_proto::{
    ice_liaison::v1::{
        Examination, ExaminationMove, Finding, RecordReportRequest, Report, ReportElement,
        correspondence_service_client::CorrespondenceServiceClient,
        evidence_bag_service_client::EvidenceBagServiceClient,
        examination_service_client::ExaminationServiceClient, recovery_service_client::RecoveryServiceClient,
    },
    options::v1::Role,
};
use redress_tests::{
    chain::{ACCESS_TO_WORK_OLD, JETS, Member, Programme, bearing, civil},
    contract,
    examiner::Examiner,
    officer::Answer,
    refused::Refused,
};
use tonic::{Request, Response, Status, transport::Channel};

use super::{common, desk::Desk};

/// Reasons that this page cannot give, each with the test that does, or with why no caller ever sees it.
const ELSEWHERE: [(&str, &str); 5] = [
    ("ITEM_DESTROYED", "a record lives for years: ice-liaison-domain, stages and record"),
    ("NOT_DUE", "of commands of the clock alone: ice-liaison-domain"),
    ("VALUE_NOT_KNOWN", "of packs that do not know the charge: ice-liaison-domain, charge"),
    (
        "OUTSIDE_CALENDAR",
        "no date that the declared syntax takes leads past the end of the calendar: redress-policy",
    ),
    ("DATE_OUT_OF_RANGE", "as for the calendar: redress-policy"),
];

/// Someone who records what ICE says, and everyone else it takes.
struct Office {
    desk: Desk,
    examiner: Examiner,
    cases: ExaminationServiceClient<Channel>,
    letters: CorrespondenceServiceClient<Channel>,
    recovery: RecoveryServiceClient<Channel>,
    bags: EvidenceBagServiceClient<Channel>,
}

#[tokio::test(flavor = "multi_thread")]
async fn ice_liaison_says_no_with_the_reason_it_documents() {
    let mut office = Office::open(JETS, 0x5e5).await;
    office.ways_in().await;
    office.stages().await;
    office.correspondence().await;
    office.evidence().await;
    office.bag().await;
    office.reports().await;
    office.charges().await;
    office.years().await;
    let mut seen = office.desk.verdicts.conclude();

    let mut office = Office::open(ACCESS_TO_WORK_OLD, 0x5e6).await;
    office.without_early_access().await;
    seen.extend(office.desk.verdicts.conclude());

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

/// The reasons of the service and of its bags.
fn documented() -> BTreeSet<String> {
    let of_ours = ["redress.ice_liaison.v1.ErrorReason", "redress.ice_liaison.v1.EvidenceBagErrorReason"];
    let enums = contract::enums();
    let ours = enums.iter().filter(|each| of_ours.contains(&each.full_name()));
    let values = ours.flat_map(|each| each.values().collect::<Vec<_>>());
    let named = values.filter(|value| value.number() != 0);
    named
        .filter_map(|value| value.name().split_once("ERROR_REASON_").map(|(_, reason)| reason.to_owned()))
        .collect()
}

/// An answer without its envelope.
fn said<T>(answer: Result<Response<T>, Status>) -> Answer<T> {
    answer.map(Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}

impl Office {
    async fn open(programme: Programme, seed: u64) -> Self {
        let mut desk = Desk::open(programme, seed).await;
        let channel = desk.stand.peer.channel();
        let examiner = Examiner::new(&channel, &desk.stand.chain.people, desk.stand.seed.split());
        Self {
            desk,
            examiner,
            cases: ExaminationServiceClient::new(channel.clone()),
            letters: CorrespondenceServiceClient::new(channel.clone()),
            recovery: RecoveryServiceClient::new(channel.clone()),
            bags: EvidenceBagServiceClient::new(channel),
        }
    }

    fn id(&mut self) -> String {
        self.desk.stand.seed.request_id()
    }

    fn by<T>(&self, member: Member, role: Role, message: T) -> Request<T> {
        bearing(&self.desk.stand.chain.people.token(member, role).unwrap(), message).unwrap()
    }

    fn liaison<T>(&self, message: T) -> Request<T> {
        self.by(Member::Prime, Role::IceLiaison, message)
    }

    fn recovery<T>(&self, message: T) -> Request<T> {
        self.by(Member::Department, Role::RecoveryOfficer, message)
    }

    /// Waits until the service knows a complaint, with so many papers.
    async fn known(&mut self, complaint: &str, papers: usize) {
        let mut looks = 0;
        while self.examiner.papers(complaint).await.map_or(true, |known| known.len() < papers) {
            looks += 1;
            assert!(looks < 20_000, "the other service does not learn of the complaint");
            tokio::task::yield_now().await;
        }
    }

    /// A case that ICE opened, of a complaint whose final response is some days old.
    async fn opened(&mut self, days_ago: i32) -> (String, Examination) {
        let complaint = self.desk.finished(days_ago).await;
        self.known(&complaint, 2).await;
        let on = self.desk.days_ago(days_ago);
        let case = self.examiner.open(&complaint, on).await.unwrap();
        (complaint, case)
    }

    /// One that ICE took, all on that day.
    async fn accepted(&mut self, days_ago: i32) -> (String, String) {
        let (complaint, case) = self.opened(days_ago).await;
        self.examiner.accept(&case.name, self.desk.days_ago(days_ago), "").await.unwrap();
        (complaint, case.name)
    }

    /// One that ICE called for the papers of, and those.
    async fn called_for(&mut self) -> (String, String) {
        let (complaint, case) = self.accepted(3).await;
        for to in [ExaminationMove::BeginResolution, ExaminationMove::RequestEvidence] {
            self.examiner.advance(&case, to, self.desk.today).await.unwrap();
        }
        (complaint, case)
    }

    /// One that ICE investigates.
    async fn investigated(&mut self, days_ago: i32) -> String {
        let (complaint, case) = self.accepted(days_ago).await;
        let on = self.desk.days_ago(days_ago);
        self.examiner.investigate(&case, &complaint, on).await.unwrap();
        case
    }

    /// One that ICE reported on.
    async fn reported(&mut self, outcome: Finding, days_ago: i32) -> String {
        let case = self.investigated(days_ago).await;
        let on = self.desk.days_ago(days_ago);
        self.examiner.report(&case, outcome, 0, on).await.unwrap();
        case
    }

    /// Records a report as given.
    async fn report(
        &mut self,
        case: &str,
        outcome: Finding,
        elements: &[(i32, Finding)],
        on: Date,
    ) -> Answer<Examination> {
        let element = |(number, outcome): &(i32, Finding)| ReportElement {
            number: *number,
            outcome: (*outcome).into(),
        };
        let request = RecordReportRequest {
            request_id: self.id(),
            name: case.to_owned(),
            etag: String::new(),
            report: Some(Report {
                decided_on: Some(civil(on)),
                outcome: outcome.into(),
                elements: elements.iter().map(element).collect(),
                summary: "What we found.".to_owned(),
                sha256: String::new(),
            }),
            recommendations: Vec::new(),
        };
        let request = self.liaison(request);
        said(self.cases.record_report(request).await)
    }
}
