//! The case itself.

use clap::{Args, ValueEnum};
use redress_proto::ice_liaison::v1::{
    AcceptExaminationRequest, AdvanceExaminationRequest, ConfirmProcessRequest, EvidenceItem,
    ExaminationMove, ExplainAdmissibilityRequest, GetExaminationRequest, ListExaminationsRequest,
    ListExaminationsResponse, ListPapersRequest, OpenExaminationRequest, PaperStanding, SendEvidenceRequest,
    examination_service_client::ExaminationServiceClient,
};

use crate::{
    client::{Failure, gather, resolve},
    command::{
        Session,
        day::Day,
        input::{Creation, Mutation, Paging},
    },
    present::examination,
};

/// Say whether the person has a right to go to the examiner.
#[derive(Args, Debug)]
pub struct Right {
    /// The complaint
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Day on which the person went, or would go
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
}

/// Record that the examiner has a complaint.
#[derive(Args, Debug)]
pub struct Open {
    /// The complaint
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Day on which the person went to the examiner
    #[arg(long, value_name = "DAY")]
    pub referred_on: Day,
    /// Day on which the examiner told the provider
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub notified_on: Day,
    /// The examiner got it after 12 noon
    #[arg(long)]
    pub after_noon: bool,
    /// Reference at the examiner's office
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REFERENCE")]
    pub reference: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Show a case.
#[derive(Args, Debug)]
pub struct Show {
    /// The case at the examiner, as `redress ice list` shows it
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
}

/// List cases.
#[derive(Args, Debug)]
pub struct List {
    /// Only those of this complaint
    #[arg(long, value_name = "CASE")]
    pub case: Option<String>,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

/// Confirm the steps.
#[derive(Args, Debug)]
pub struct Confirm {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// Day on which the confirmation went
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// It reached the examiner after 12 noon
    #[arg(long)]
    pub after_noon: bool,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Record that the examiner took a case.
#[derive(Args, Debug)]
pub struct Accept {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// Day on which it did
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// It took it at its own discretion, for this reason
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REASON")]
    pub discretion: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Record what the examiner does next.
#[derive(Args, Debug)]
pub struct Advance {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// What it does
    #[arg(value_name = "MOVE")]
    pub to: Move,
    /// Day on which it did
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// Its reason to leave out a stage
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REASON")]
    pub reason: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Send all papers that may leave the file.
#[derive(Args, Debug)]
pub struct Send {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// Day on which they went
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// What the examiner does with a case it took.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Move {
    /// Brokers an agreement without evidence
    Resolve,
    /// Calls for all papers
    RequestEvidence,
    /// Gives the case to an investigator
    Allocate,
    /// Investigates
    Investigate,
}

impl From<Move> for ExaminationMove {
    fn from(to: Move) -> Self {
        match to {
            Move::Resolve => Self::BeginResolution,
            Move::RequestEvidence => Self::RequestEvidence,
            Move::Allocate => Self::Allocate,
            Move::Investigate => Self::BeginInvestigation,
        }
    }
}

impl Right {
    /// Asks.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ExplainAdmissibilityRequest {
            complaint: resolve::complaint(&session.link, &self.case).await?,
            referred_on: Some(session.day(self.on)),
        };
        let found = session
            .link
            .ask(question, async |stub, request| {
                ExaminationServiceClient::new(stub).explain_admissibility(request).await
            })
            .await?;
        session.answer(&found, |screen, found| examination::right(screen, found.admissibility.as_ref()))
    }
}

impl Open {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = OpenExaminationRequest {
            request_id: session.request_id(self.creation.request_id),
            complaint: resolve::complaint(&session.link, &self.case).await?,
            referred_on: Some(session.day(self.referred_on)),
            after_noon: self.after_noon,
            notified_on: Some(session.day(self.notified_on)),
            reference: self.reference,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).open_examination(request).await
            })
            .await
    }
}

impl Show {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = GetExaminationRequest { name: resolve::by_uuid("examinations", &self.examination)? };
        session
            .ask(question, examination::whole, async |stub, request| {
                ExaminationServiceClient::new(stub).get_examination(request).await
            })
            .await
    }
}

impl List {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let complaint = match &self.case {
            Some(case) => resolve::complaint(&session.link, case).await?,
            None => String::new(),
        };
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question =
                ListExaminationsRequest { complaint: complaint.clone(), stage: 0, page_size, page_token };
            let answer = session
                .link
                .ask(question, async |stub, request| {
                    ExaminationServiceClient::new(stub).list_examinations(request).await
                })
                .await?;
            Ok((answer.examinations, answer.next_page_token))
        })
        .await?;
        session.answer_list(page, examination::list, |examinations, next_page_token| {
            ListExaminationsResponse { examinations, next_page_token }
        })
    }
}

impl Confirm {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ConfirmProcessRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("examinations", &self.examination)?,
            confirmed_on: Some(session.day(self.on)),
            after_noon: self.after_noon,
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).confirm_process(request).await
            })
            .await
    }
}

impl Accept {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = AcceptExaminationRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("examinations", &self.examination)?,
            accepted_on: Some(session.day(self.on)),
            discretion: !self.discretion.is_empty(),
            reason: self.discretion,
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).accept_examination(request).await
            })
            .await
    }
}

impl Advance {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = AdvanceExaminationRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("examinations", &self.examination)?,
            r#move: ExaminationMove::from(self.to).into(),
            on: Some(session.day(self.on)),
            reason: self.reason,
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).advance_examination(request).await
            })
            .await
    }
}

impl Send {
    /// Reads the list of papers and sends those on file, at the digests that were read.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::by_uuid("examinations", &self.examination)?;
        let link = &session.link;
        let question = GetExaminationRequest { name: name.clone() };
        let case = link
            .ask(question, async |stub, request| {
                ExaminationServiceClient::new(stub).get_examination(request).await
            })
            .await?;
        let question = ListPapersRequest { complaint: case.complaint };
        let papers = link
            .ask(question, async |stub, request| {
                ExaminationServiceClient::new(stub).list_papers(request).await
            })
            .await?
            .papers;
        let on_file = papers.into_iter().filter(|paper| paper.standing() == PaperStanding::OnFile);
        let question = SendEvidenceRequest {
            request_id: session.request_id(self.mutation.request_id),
            name,
            sent_on: Some(session.day(self.on)),
            after_noon: false,
            included: on_file.map(|paper| EvidenceItem { paper: paper.name, sha256: paper.sha256 }).collect(),
            withheld: Vec::new(),
            etag: self.mutation.etag,
        };
        session
            .ask(question, examination::outcome, async |stub, request| {
                ExaminationServiceClient::new(stub).send_evidence(request).await
            })
            .await
    }
}
