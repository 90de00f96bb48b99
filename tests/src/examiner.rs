//! Someone who records what the Independent Case Examiner says, and the department's recovery officer: every command in as
//! few words as a test needs.

use jiff::civil::Date;
use redress_proto::{
    ice_liaison::v1::{
        AcceptExaminationRequest, AdvanceExaminationRequest, AgreeExaminationRequest, Charge,
        CompleteRecommendationRequest, ConfirmProcessRequest, DeclineExaminationRequest, DeclineGround,
        DownloadFiguresRequest, DownloadFiguresResponse, EvidenceItem, Examination, ExaminationMove,
        ExplainAdmissibilityRequest, FigureFormat, Figures, Finding, GetExaminationRequest,
        GetFiguresRequest, GetReconciliationRequest, GetReconciliationResponse, IceLetter, IceLetterKind,
        ListPapersRequest, NamedStep, OpenExaminationRequest, RaiseChargeRequest, Recommendation,
        RecommendationKind, RecordIceLetterRequest, RecordReportRequest, Report, ReportElement,
        RequestRevisitRequest, SendEvidenceRequest, SubmitAccountRequest, WithdrawExaminationRequest,
        correspondence_service_client::CorrespondenceServiceClient,
        examination_service_client::ExaminationServiceClient,
        management_information_service_client::ManagementInformationServiceClient,
        recovery_service_client::RecoveryServiceClient,
    },
    options::v1::Role,
    r#type::v1::Money,
};
use tonic::{Response, Status, transport::Channel};

use crate::{
    chain::{Member, People, bearing, civil},
    officer::Answer,
    refused::Refused,
    seed::Seed,
};

/// Works examinations of the prime. Not to be cloned: a copy would draw the same request ids.
#[derive(Debug)]
pub struct Examiner {
    cases: ExaminationServiceClient<Channel>,
    letters: CorrespondenceServiceClient<Channel>,
    recovery: RecoveryServiceClient<Channel>,
    figures: ManagementInformationServiceClient<Channel>,
    people: People,
    seed: Seed,
}

impl Examiner {
    /// Sits down.
    pub fn new(channel: &Channel, people: &People, seed: Seed) -> Self {
        Self {
            cases: ExaminationServiceClient::new(channel.clone()),
            letters: CorrespondenceServiceClient::new(channel.clone()),
            recovery: RecoveryServiceClient::new(channel.clone()),
            figures: ManagementInformationServiceClient::new(channel.clone()),
            people: people.clone(),
            seed,
        }
    }

    fn id(&mut self) -> String {
        self.seed.request_id()
    }

    fn liaison<T>(&self, message: T) -> Result<tonic::Request<T>, Box<Refused>> {
        self.by(Member::Prime, Role::IceLiaison, message)
    }

    fn by<T>(&self, member: Member, role: Role, message: T) -> Result<tonic::Request<T>, Box<Refused>> {
        let token = self.people.token(member, role).map_err(|error| broken(&error))?;
        bearing(&token, message).map_err(|error| broken(&error))
    }

    /// Whether the service knows a complaint yet: it learns of it a moment after it was registered.
    pub async fn knows(&mut self, complaint: &str, on: Date) -> bool {
        let request =
            ExplainAdmissibilityRequest { complaint: complaint.to_owned(), referred_on: Some(civil(on)) };
        match self.liaison(request) {
            Ok(request) => self.cases.explain_admissibility(request).await.is_ok(),
            Err(_) => false,
        }
    }

    /// How many papers of a complaint the service knows.
    pub async fn papers(&mut self, complaint: &str) -> Answer<Vec<EvidenceItem>> {
        let request = self.liaison(ListPapersRequest { complaint: complaint.to_owned() })?;
        let papers = said(self.cases.list_papers(request).await)?.papers;
        Ok(papers.into_iter().map(|paper| EvidenceItem { paper: paper.name, sha256: paper.sha256 }).collect())
    }

    /// Records that ICE has a complaint.
    pub async fn open(&mut self, complaint: &str, on: Date) -> Answer<Examination> {
        let request = OpenExaminationRequest {
            request_id: self.id(),
            complaint: complaint.to_owned(),
            referred_on: Some(civil(on)),
            after_noon: false,
            notified_on: Some(civil(on)),
            reference: "ICE-77".to_owned(),
        };
        let request = self.liaison(request)?;
        said(self.cases.open_examination(request).await)
    }

    /// Logs a letter from ICE.
    pub async fn letter(&mut self, examination: &str, kind: IceLetterKind, on: Date) -> Answer<IceLetter> {
        let request = RecordIceLetterRequest {
            request_id: self.id(),
            examination: examination.to_owned(),
            letter: Some(IceLetter {
                kind: kind.into(),
                received_on: Some(civil(on)),
                wants_answer: true,
                body: "Please answer.".to_owned(),
                ..IceLetter::default()
            }),
            etag: String::new(),
        };
        let request = self.liaison(request)?;
        said(self.letters.record_ice_letter(request).await)
    }

    /// Confirms every step.
    pub async fn confirm(&mut self, name: &str, on: Date) -> Answer<Examination> {
        let request = ConfirmProcessRequest {
            request_id: self.id(),
            name: name.to_owned(),
            etag: String::new(),
            confirmed_on: Some(civil(on)),
            after_noon: false,
        };
        let request = self.liaison(request)?;
        said(self.cases.confirm_process(request).await)
    }

    /// Has a step done again.
    pub async fn revisit(
        &mut self,
        name: &str,
        (stage_number, step): (i32, &str),
        on: Date,
    ) -> Answer<Examination> {
        let request = RequestRevisitRequest {
            request_id: self.id(),
            name: name.to_owned(),
            etag: String::new(),
            steps: vec![NamedStep { stage_number, step: step.to_owned() }],
            requested_on: Some(civil(on)),
            due_on: None,
        };
        let request = self.liaison(request)?;
        said(self.cases.request_revisit(request).await)
    }

    /// Records that ICE took the case; at its discretion where a reason is given.
    pub async fn accept(&mut self, name: &str, on: Date, reason: &str) -> Answer<Examination> {
        let request = AcceptExaminationRequest {
            request_id: self.id(),
            name: name.to_owned(),
            etag: String::new(),
            accepted_on: Some(civil(on)),
            discretion: !reason.is_empty(),
            reason: reason.to_owned(),
        };
        let request = self.liaison(request)?;
        said(self.cases.accept_examination(request).await)
    }

    /// Records that ICE did not take the case.
    pub async fn decline(&mut self, name: &str, ground: DeclineGround, on: Date) -> Answer<Examination> {
        let request = DeclineExaminationRequest {
            request_id: self.id(),
            name: name.to_owned(),
            etag: String::new(),
            declined_on: Some(civil(on)),
            ground: ground.into(),
            reason: String::new(),
        };
        let request = self.liaison(request)?;
        said(self.cases.decline_examination(request).await)
    }

    /// Records what ICE does next.
    pub async fn advance(&mut self, name: &str, to: ExaminationMove, on: Date) -> Answer<Examination> {
        let request = AdvanceExaminationRequest {
            request_id: self.id(),
            name: name.to_owned(),
            etag: String::new(),
            r#move: to.into(),
            on: Some(civil(on)),
            reason: String::new(),
        };
        let request = self.liaison(request)?;
        said(self.cases.advance_examination(request).await)
    }

    /// Sends papers.
    pub async fn send(&mut self, name: &str, included: Vec<EvidenceItem>, on: Date) -> Answer<Examination> {
        let request = SendEvidenceRequest {
            request_id: self.id(),
            name: name.to_owned(),
            etag: String::new(),
            sent_on: Some(civil(on)),
            after_noon: false,
            included,
            withheld: Vec::new(),
        };
        let request = self.by(Member::Prime, Role::ComplaintsManager, request)?;
        said(self.cases.send_evidence(request).await)
    }

    /// Gives the provider's account.
    pub async fn account(&mut self, name: &str, on: Date) -> Answer<Examination> {
        let request = SubmitAccountRequest {
            request_id: self.id(),
            name: name.to_owned(),
            etag: String::new(),
            given_on: Some(civil(on)),
            statement: "We did what we promised.".to_owned(),
            evidence: Vec::new(),
        };
        let request = self.by(Member::Prime, Role::ComplaintsManager, request)?;
        said(self.cases.submit_account(request).await)
    }

    /// Records an agreement.
    pub async fn agree(&mut self, name: &str, on: Date) -> Answer<Examination> {
        let request = AgreeExaminationRequest {
            request_id: self.id(),
            name: name.to_owned(),
            etag: String::new(),
            person_agreed_on: Some(civil(on)),
            provider_agreed_on: Some(civil(on)),
        };
        let request = self.liaison(request)?;
        said(self.cases.agree_examination(request).await)
    }

    /// Records a withdrawal.
    pub async fn withdraw(&mut self, name: &str, on: Date) -> Answer<Examination> {
        let request = WithdrawExaminationRequest {
            request_id: self.id(),
            name: name.to_owned(),
            etag: String::new(),
            withdrawn_on: Some(civil(on)),
        };
        let request = self.liaison(request)?;
        said(self.cases.withdraw_examination(request).await)
    }

    /// Records a report with one element for each finding there is in it, and as many recommendations.
    pub async fn report(
        &mut self,
        name: &str,
        outcome: Finding,
        recommendations: usize,
        on: Date,
    ) -> Answer<Examination> {
        let request = RecordReportRequest {
            request_id: self.id(),
            name: name.to_owned(),
            etag: String::new(),
            report: Some(report(outcome, on)),
            recommendations: vec![recommendation(); recommendations],
        };
        let request = self.liaison(request)?;
        said(self.cases.record_report(request).await)
    }

    /// Records that a recommendation was carried out.
    pub async fn complete(
        &mut self,
        recommendation: &str,
        evidence: &str,
        on: Date,
    ) -> Answer<Recommendation> {
        let request = CompleteRecommendationRequest {
            request_id: self.id(),
            name: recommendation.to_owned(),
            completed_on: Some(civil(on)),
            evidence: vec![evidence.to_owned()],
            procedure: String::new(),
            etag: String::new(),
        };
        let request = self.by(Member::Prime, Role::ComplaintsManager, request)?;
        said(self.letters.complete_recommendation(request).await)
    }

    /// One examination with its texts.
    pub async fn get(&mut self, name: &str) -> Answer<Examination> {
        let request = GetExaminationRequest { name: name.to_owned() };
        let request = self.liaison(request)?;
        said(self.cases.get_examination(request).await)
    }

    /// Raises the charge, as the department.
    pub async fn charge(&mut self, examination: &str, pence: i64) -> Answer<Charge> {
        let request = RaiseChargeRequest {
            request_id: self.id(),
            examination: examination.to_owned(),
            amount: Some(Money { pence }),
            authority: String::new(),
            posted_on: None,
        };
        let request = self.by(Member::Department, Role::RecoveryOfficer, request)?;
        said(self.recovery.raise_charge(request).await)
    }

    /// Adds up the ledger, as the department.
    pub async fn reconcile(&mut self, _on: Date) -> Answer<GetReconciliationResponse> {
        let request = GetReconciliationRequest {};
        let request = self.by(Member::Department, Role::RecoveryOfficer, request)?;
        said(self.recovery.get_reconciliation(request).await)
    }

    /// A year as a file, as someone of the department.
    pub async fn export(
        &mut self,
        year: i32,
        format: FigureFormat,
        role: Role,
    ) -> Answer<DownloadFiguresResponse> {
        let request = DownloadFiguresRequest {
            year,
            format: format.into(),
            breakdown: 1,
            position: 0,
            complaints_position: 0,
            as_of: None,
        };
        let request = self.by(Member::Department, role, request)?;
        said(self.figures.download_figures(request).await)
    }

    /// The figures of a year up to a position, as someone of the department.
    pub async fn year(&mut self, year: i32, position: i64, role: Role) -> Answer<Figures> {
        let request = GetFiguresRequest { year, breakdown: 1, position, complaints_position: 0, as_of: None };
        let request = self.by(Member::Department, role, request)?;
        Ok(said(self.figures.get_figures(request).await)?.figures.unwrap_or_default())
    }

    /// The figures of a year as they stood once before.
    pub async fn as_before(&mut self, year: i32, before: &Figures, role: Role) -> Answer<Figures> {
        let request = GetFiguresRequest {
            year,
            breakdown: 1,
            position: before.position,
            complaints_position: before.complaints_position,
            as_of: before.as_of,
        };
        let request = self.by(Member::Department, role, request)?;
        Ok(said(self.figures.get_figures(request).await)?.figures.unwrap_or_default())
    }

    /// Brings an accepted case to its investigation, all on one day.
    pub async fn investigate(&mut self, name: &str, complaint: &str, on: Date) -> Answer<Examination> {
        self.advance(name, ExaminationMove::BeginResolution, on).await?;
        self.advance(name, ExaminationMove::RequestEvidence, on).await?;
        let papers = self.papers(complaint).await?;
        self.send(name, papers, on).await?;
        self.advance(name, ExaminationMove::Allocate, on).await?;
        self.advance(name, ExaminationMove::BeginInvestigation, on).await
    }
}

fn report(outcome: Finding, on: Date) -> Report {
    let element = |number, outcome: Finding| ReportElement { number, outcome: outcome.into() };
    let elements = match outcome {
        Finding::PartiallyUpheld => vec![element(1, Finding::Upheld), element(2, Finding::NotUpheld)],
        Finding::Unspecified | Finding::Upheld | Finding::NotUpheld => vec![element(1, outcome)],
    };
    Report {
        decided_on: Some(civil(on)),
        outcome: outcome.into(),
        elements,
        summary: "What we found.".to_owned(),
        sha256: String::new(),
    }
}

fn recommendation() -> Recommendation {
    Recommendation {
        kind: RecommendationKind::Case.into(),
        text: "Apologise to the participant.".to_owned(),
        ..Recommendation::default()
    }
}

fn said<T>(answer: Result<Response<T>, Status>) -> Answer<T> {
    answer.map(Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}

fn broken(error: &anyhow::Error) -> Box<Refused> {
    #[expect(clippy::disallowed_methods, reason = "this is a client: the status never reaches a wire")]
    let status = Status::unknown(format!("client: {error:#}"));
    Box::new(Refused::from(&status))
}
