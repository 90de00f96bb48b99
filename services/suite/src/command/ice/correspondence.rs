//! Letters from the examiner.

use clap::{Args, ValueEnum};
use redress_proto::ice_liaison::v1::{
    AnswerIceLetterRequest, IceLetter, IceLetterKind, ListIceLettersRequest, ListIceLettersResponse,
    RecordIceLetterRequest, correspondence_service_client::CorrespondenceServiceClient,
};

use crate::{
    client::{Failure, gather, resolve},
    command::{
        Session,
        day::Day,
        input::{Mutation, Paging, Text},
    },
    present::examination,
};

/// Log a letter.
#[derive(Args, Debug)]
pub struct Receive {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// What it asks
    #[arg(value_name = "KIND")]
    pub kind: Kind,
    /// Day on which it came
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub received_on: Day,
    /// Day that the examiner stated
    #[arg(long, value_name = "DAY")]
    pub stated_on: Option<Day>,
    /// It wants no answer
    #[arg(long)]
    pub for_information: bool,
    /// What it says.
    #[command(flatten)]
    pub text: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Record an answer.
#[derive(Args, Debug)]
pub struct Answer {
    /// The letter, as `redress ice due` shows it
    #[arg(value_name = "LETTER")]
    pub letter: String,
    /// Day on which the answer went
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// It reached the examiner after 12 noon
    #[arg(long)]
    pub after_noon: bool,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// List letters by the day they are due.
#[derive(Args, Debug)]
pub struct Due {
    /// Also those that wait for no answer
    #[arg(long)]
    pub all: bool,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

/// What a letter asks.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    /// Whether every step was done
    ProcessCheck,
    /// Steps to be done again
    Revisit,
    /// All papers
    Evidence,
    /// Something to be explained
    Information,
    /// An agreement to consider
    Proposal,
    /// The report
    Report,
    /// Anything else
    Other,
}

impl From<Kind> for IceLetterKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::ProcessCheck => Self::ProcessCheck,
            Kind::Revisit => Self::RevisitRequest,
            Kind::Evidence => Self::EvidenceRequest,
            Kind::Information => Self::InformationRequest,
            Kind::Proposal => Self::Proposal,
            Kind::Report => Self::Report,
            Kind::Other => Self::Other,
        }
    }
}

impl Receive {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let letter = IceLetter {
            kind: IceLetterKind::from(self.kind).into(),
            received_on: Some(session.day(self.received_on)),
            stated_on: session.optional_day(self.stated_on),
            wants_answer: !self.for_information,
            body: self.text.read()?,
            ..IceLetter::default()
        };
        let question = RecordIceLetterRequest {
            request_id: session.request_id(self.mutation.request_id),
            examination: resolve::by_uuid("examinations", &self.examination)?,
            letter: Some(letter),
            etag: self.mutation.etag,
        };
        let letter = session
            .link
            .ask(question, async |stub, request| {
                CorrespondenceServiceClient::new(stub).record_ice_letter(request).await
            })
            .await?;
        session.answer(&letter, |screen, letter| examination::letters(screen, std::slice::from_ref(letter)))
    }
}

impl Answer {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = AnswerIceLetterRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("iceLetters", &self.letter)?,
            answered_on: Some(session.day(self.on)),
            after_noon: self.after_noon,
            etag: self.mutation.etag,
        };
        let letter = session
            .link
            .ask(question, async |stub, request| {
                CorrespondenceServiceClient::new(stub).answer_ice_letter(request).await
            })
            .await?;
        session.answer(&letter, |screen, letter| examination::letters(screen, std::slice::from_ref(letter)))
    }
}

impl Due {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let open_only = !self.all;
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question = ListIceLettersRequest { open_only, due_by: None, page_size, page_token };
            let answer = session
                .link
                .ask(question, async |stub, request| {
                    CorrespondenceServiceClient::new(stub).list_ice_letters(request).await
                })
                .await?;
            Ok((answer.letters, answer.next_page_token))
        })
        .await?;
        session.answer_list(page, examination::letters, |letters, next_page_token| ListIceLettersResponse {
            letters,
            next_page_token,
        })
    }
}
