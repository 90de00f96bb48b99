//! Participants and their first contact.

use clap::{Args, Subcommand};
use redress_proto::complaints::v1::{
    CreateParticipantRequest, FirstContact, GetParticipantRequest, ListParticipantsRequest,
    ListParticipantsResponse, Participant as Message, ParticipantView, Person, RecordFirstContactRequest,
    participant_service_client::ParticipantServiceClient,
};

use crate::{
    client::{Failure, resolve},
    present::participant,
};

use super::{
    Session, choice,
    day::Day,
    input::{Creation, Mutation},
    under::Under,
};

/// What to do with participants.
#[derive(Debug, Subcommand)]
pub enum Participant {
    /// Record a participant
    Create(Create),
    /// Show one participant
    Show(Show),
    /// List participants, also only those to whom the process was not explained
    List(List),
    /// Record that the process was explained at first contact
    FirstContact(Contact),
}

/// Record a participant.
#[derive(Args, Debug)]
pub struct Create {
    /// Reference of the person in your own system; never a National Insurance number
    #[arg(value_name = "REFERENCE")]
    pub reference: String,
    /// Contract under which the person takes part
    #[arg(long, value_name = "CONTRACT")]
    pub contract: String,
    /// Organisation that deals with the person
    #[arg(long, value_name = "ORGANISATION")]
    pub organisation: String,
    /// Full name as the person writes it
    #[arg(long, value_name = "NAME")]
    pub full_name: String,
    /// Postal address
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub postal_address: String,
    /// E-mail address
    #[arg(long, default_value = "", hide_default_value = true, value_name = "ADDRESS")]
    pub email: String,
    /// Telephone number
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NUMBER")]
    pub telephone: String,
    /// Adjustments the person needs, such as large print
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub adjustments: String,
    /// Day on which the process was explained, where it was already
    #[arg(long, value_name = "DAY", requires = "channel")]
    pub explained_on: Option<Day>,
    /// How it was explained
    #[arg(long, requires = "explained_on", value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: Option<i32>,
    /// What shows that the person accepts the procedure
    #[arg(long, requires = "explained_on", value_parser = choice::of("redress.complaints.v1.AgreementEvidence"))]
    pub agreement: Option<i32>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Show one participant.
#[derive(Args, Debug)]
pub struct Show {
    /// The participant, by reference or uuid
    #[arg(value_name = "PARTICIPANT")]
    pub participant: String,
    /// With the person; the read is recorded
    #[arg(long)]
    pub full: bool,
}

/// List participants.
#[derive(Args, Debug)]
pub struct List {
    /// Only those to whom the process was not explained
    #[arg(long)]
    pub unexplained: bool,
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
}

/// Record that the process was explained.
#[derive(Args, Debug)]
pub struct Contact {
    /// The participant, by reference or uuid
    #[arg(value_name = "PARTICIPANT")]
    pub participant: String,
    /// Day on which it was explained
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// How it was explained
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// What shows that the person accepts the procedure
    #[arg(long, value_parser = choice::of("redress.complaints.v1.AgreementEvidence"))]
    pub agreement: Option<i32>,
    /// Document that holds the evidence
    #[arg(long, value_name = "DOCUMENT")]
    pub document: Option<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Participant {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Create(create) => create.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
            Self::FirstContact(contact) => contact.run(session).await,
        }
    }
}

impl Create {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let first_contact = self.explained_on.map(|day| FirstContact {
            explained_on: Some(session.day(day)),
            channel: self.channel.unwrap_or_default(),
            agreement_evidence: self.agreement.unwrap_or_default(),
            document: String::new(),
        });
        let question = CreateParticipantRequest {
            request_id: session.request_id(self.creation.request_id),
            participant: Some(Message {
                contract: resolve::contract(link, &self.contract).await?,
                organisation: resolve::organisation(link, &self.organisation).await?,
                reference: self.reference,
                person: Some(Person {
                    full_name: self.full_name,
                    postal_address: self.postal_address,
                    email: self.email,
                    telephone: self.telephone,
                    adjustments: self.adjustments,
                    ..Person::default()
                }),
                ..Message::default()
            }),
            first_contact,
        };
        session
            .ask(question, participant::show, async |stub, request| {
                ParticipantServiceClient::new(stub).create_participant(request).await
            })
            .await
    }
}

impl Show {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let view = if self.full { ParticipantView::Full } else { ParticipantView::Basic };
        let name = resolve::participant(&session.link, &self.participant).await?;
        session
            .ask(
                GetParticipantRequest { name, view: view.into() },
                participant::show,
                async |stub, request| ParticipantServiceClient::new(stub).get_participant(request).await,
            )
            .await
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let page = self
            .under
            .gather(session, async |contract, page_size, page_token| {
                let question = ListParticipantsRequest {
                    contract,
                    unexplained_only: self.unexplained,
                    reference: String::new(),
                    page_size,
                    page_token,
                };
                let answer = session
                    .link
                    .ask(question, async |stub, request| {
                        ParticipantServiceClient::new(stub).list_participants(request).await
                    })
                    .await?;
                Ok((answer.participants, answer.next_page_token))
            })
            .await?;
        session.answer_list(page, participant::list, |participants, next_page_token| {
            ListParticipantsResponse { participants, next_page_token }
        })
    }
}

impl Contact {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let document =
            self.document.as_deref().map(|text| resolve::by_uuid("documents", text)).transpose()?;
        let question = RecordFirstContactRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::participant(&session.link, &self.participant).await?,
            first_contact: Some(FirstContact {
                explained_on: Some(session.day(self.on)),
                channel: self.channel,
                agreement_evidence: self.agreement.unwrap_or_default(),
                document: document.unwrap_or_default(),
            }),
            etag: self.mutation.etag,
        };
        session
            .ask(question, participant::show, async |stub, request| {
                ParticipantServiceClient::new(stub).record_first_contact(request).await
            })
            .await
    }
}
