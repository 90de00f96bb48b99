//! The examiner's report, and what it recommends.

use clap::{Args, Subcommand};
use redress_proto::ice_liaison::v1::{
    AssignRecommendationRequest, CompleteRecommendationRequest, ListRecommendationsRequest,
    ListRecommendationsResponse, Recommendation, RecommendationKind, RecordReportRequest, Report,
    ReportElement, correspondence_service_client::CorrespondenceServiceClient,
    examination_service_client::ExaminationServiceClient,
};

use crate::{
    client::{Failure, gather, resolve},
    command::{
        Session, choice,
        day::Day,
        input::{Mutation, Paging, Text},
    },
    present::examination,
};

/// Record the examiner's report.
#[derive(Args, Debug)]
pub struct Record {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// What it found
    #[arg(value_name = "OUTCOME", value_parser = choice::of("redress.ice_liaison.v1.Finding"))]
    pub outcome: i32,
    /// Day of its decision
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// What it found of an element, in the order of the report; needed for one upheld in part, may be repeated
    #[arg(long = "element", value_name = "OUTCOME", value_parser = choice::of("redress.ice_liaison.v1.Finding"))]
    pub elements: Vec<i32>,
    /// A recommendation for this case; may be repeated
    #[arg(long = "recommend", value_name = "TEXT")]
    pub for_case: Vec<String>,
    /// A systemic recommendation; may be repeated
    #[arg(long = "recommend-systemic", value_name = "TEXT")]
    pub systemic: Vec<String>,
    /// SHA-256 of the report as it came
    #[arg(long, default_value = "", hide_default_value = true, value_name = "SHA256")]
    pub sha256: String,
    /// What it says in short.
    #[command(flatten)]
    pub text: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// What to do with recommendations.
#[derive(Debug, Subcommand)]
pub enum Recommendations {
    /// List them by the day they are due
    List(List),
    /// Say who sees to one, and by when
    Assign(Assign),
    /// Record that one was carried out
    Complete(Complete),
}

/// List recommendations.
#[derive(Args, Debug)]
pub struct List {
    /// Also those that are done
    #[arg(long)]
    pub all: bool,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

/// Assign a recommendation.
#[derive(Args, Debug)]
pub struct Assign {
    /// The recommendation
    #[arg(value_name = "RECOMMENDATION")]
    pub recommendation: String,
    /// Opaque id of whoever sees to it
    #[arg(long, value_name = "PERSON")]
    pub owner: String,
    /// Day by which it is to be done
    #[arg(long, value_name = "DAY")]
    pub due_on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Complete a recommendation.
#[derive(Args, Debug)]
pub struct Complete {
    /// The recommendation
    #[arg(value_name = "RECOMMENDATION")]
    pub recommendation: String,
    /// Day on which it was done
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// A paper that shows it; may be repeated
    #[arg(long = "evidence", required = true, value_name = "PAPER")]
    pub evidence: Vec<String>,
    /// The version of the procedure that carries it out
    #[arg(long, value_name = "PROCEDURE")]
    pub procedure: Option<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Record {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let elements = (1..).zip(self.elements).map(|(number, outcome)| ReportElement { number, outcome });
        let report = Report {
            decided_on: Some(session.day(self.on)),
            outcome: self.outcome,
            elements: elements.collect(),
            summary: self.text.read()?,
            sha256: self.sha256,
        };
        let recommend = |kind: RecommendationKind, texts: Vec<String>| {
            texts.into_iter().map(move |text| Recommendation {
                kind: kind.into(),
                text,
                ..Recommendation::default()
            })
        };
        let for_case = recommend(RecommendationKind::Case, self.for_case);
        let question = RecordReportRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("examinations", &self.examination)?,
            report: Some(report),
            recommendations: for_case.chain(recommend(RecommendationKind::Systemic, self.systemic)).collect(),
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).record_report(request).await
            })
            .await
    }
}

impl Recommendations {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::List(list) => list.run(session).await,
            Self::Assign(assign) => assign.run(session).await,
            Self::Complete(complete) => complete.run(session).await,
        }
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let include_done = self.all;
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question = ListRecommendationsRequest { include_done, page_size, page_token };
            let answer = session
                .link
                .ask(question, async |stub, request| {
                    CorrespondenceServiceClient::new(stub).list_recommendations(request).await
                })
                .await?;
            Ok((answer.recommendations, answer.next_page_token))
        })
        .await?;
        session.answer_list(page, examination::recommendations, |recommendations, next_page_token| {
            ListRecommendationsResponse { recommendations, next_page_token }
        })
    }
}

impl Assign {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = AssignRecommendationRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("recommendations", &self.recommendation)?,
            owner: self.owner,
            due_on: Some(session.day(self.due_on)),
            etag: self.mutation.etag,
        };
        let changed = session
            .link
            .ask(question, async |stub, request| {
                CorrespondenceServiceClient::new(stub).assign_recommendation(request).await
            })
            .await?;
        session
            .answer(&changed, |screen, one| examination::recommendations(screen, std::slice::from_ref(one)))
    }
}

impl Complete {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let procedure = self.procedure.map(|procedure| resolve::by_uuid("procedures", &procedure));
        let question = CompleteRecommendationRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("recommendations", &self.recommendation)?,
            completed_on: Some(session.day(self.on)),
            evidence: self.evidence,
            procedure: procedure.transpose()?.unwrap_or_default(),
            etag: self.mutation.etag,
        };
        let changed = session
            .link
            .ask(question, async |stub, request| {
                CorrespondenceServiceClient::new(stub).complete_recommendation(request).await
            })
            .await?;
        session
            .answer(&changed, |screen, one| examination::recommendations(screen, std::slice::from_ref(one)))
    }
}
