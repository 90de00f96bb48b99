//! Contacts: to the right door, and what became of them.

mod change;

use clap::Args;
use redress_proto::{
    complaints::v1::{Person, Statement},
    routing::v1::{
        Contact as Message, ContactView, ExplainRouteRequest, GetContactRequest, ListContactsRequest,
        ListContactsResponse, Member, RouteContactRequest, RouteInput,
        routing_service_client::RoutingServiceClient,
    },
};

use crate::{
    client::{Failure, resolve},
    present::contact,
};

use super::{
    Session, choice,
    day::Day,
    input::{self, Creation},
    under::Under,
};

pub use change::{Accept, Direct, Reject, Reroute};

/// Send a contact through the right door, or say which one that is and why.
#[derive(Args, Debug)]
pub struct Route {
    /// Contract under which the service was given: reference or name
    #[arg(long, value_name = "CONTRACT")]
    pub contract: String,
    /// Who writes
    #[arg(long, default_value = "participant", value_parser = choice::of("redress.routing.v1.Writer"))]
    pub writer: i32,
    /// About whom or what; may be given several times
    #[arg(long = "about", required = true, value_parser = choice::of("redress.routing.v1.Matter"))]
    pub about: Vec<i32>,
    /// Organisation complained about; may be given several times
    #[arg(long = "respondent", value_name = "ORGANISATION")]
    pub respondents: Vec<String>,
    /// How it came
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// Day on which it reached you
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub received_on: Day,
    /// Day on which it was raised at Jobcentre Plus, where it came from there
    #[arg(long, value_name = "DAY")]
    pub jobcentre_plus_on: Option<Day>,
    /// Title of the elected member or peer, such as MSP
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TITLE")]
    pub title: String,
    /// Date of the letter
    #[arg(long, value_name = "DAY")]
    pub letter_on: Option<Day>,
    /// Only say where it goes, why, and what follows; nothing is recorded
    #[arg(long)]
    pub explain: bool,
    /// Participant whom it concerns: reference or name
    #[arg(long, value_name = "PARTICIPANT")]
    pub participant: Option<String>,
    /// Full name of a person who is on no list yet
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NAME")]
    pub full_name: String,
    /// Full name of the elected member
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NAME")]
    pub member: String,
    /// Office that the reply goes to
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub office: String,
    /// Reference of the letter at that office
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REFERENCE")]
    pub office_reference: String,
    /// Your own reference for it; a second one under it is refused
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REFERENCE")]
    pub reference: String,
    /// What was said
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// File that holds what was said; - reads it from standard input
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    pub text_file: Option<std::path::PathBuf>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl Route {
    /// Routes it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let input = RouteInput {
            contract: resolve::contract(link, &self.contract).await?,
            writer: self.writer,
            about: self.about.clone(),
            respondents: resolve::organisations(link, &self.respondents).await?,
            channel: self.channel,
            received_on: Some(session.day(self.received_on)),
            jobcentre_plus_received_on: session.optional_day(self.jobcentre_plus_on),
            title: self.title.clone(),
            letter_on: session.optional_day(self.letter_on),
            ..RouteInput::default()
        };
        if self.explain {
            let question = ExplainRouteRequest { input: Some(input) };
            let answer = link
                .ask(question, async |stub, request| {
                    RoutingServiceClient::new(stub).explain_route(request).await
                })
                .await?;
            return session.answer(&answer, contact::explained);
        }
        let question = RouteContactRequest {
            request_id: session.request_id(self.creation.request_id),
            contact: Some(self.contact(session, input).await?),
        };
        session
            .ask(question, contact::show, async |stub, request| {
                RoutingServiceClient::new(stub).route_contact(request).await
            })
            .await
    }

    async fn contact(self, session: &Session, input: RouteInput) -> Result<Message, Failure> {
        let participant = match &self.participant {
            Some(text) => resolve::participant(&session.link, text).await?,
            None => String::new(),
        };
        let narrative = match (&self.text, &self.text_file) {
            (Some(text), _) => text.clone(),
            (None, Some(path)) => input::file(path)?,
            (None, None) => return Err(Failure::Usage("give --text or --text-file".to_owned())),
        };
        let named = !self.full_name.is_empty();
        let of_member = !self.member.is_empty() || !self.office.is_empty();
        Ok(Message {
            input: Some(input),
            reference: self.reference,
            participant,
            person: named.then(|| Person { full_name: self.full_name, ..Person::default() }),
            statement: Some(Statement { narrative, ..Statement::default() }),
            member: of_member.then(|| Member {
                full_name: self.member,
                office: self.office,
                reference: self.office_reference,
                ..Member::default()
            }),
            ..Message::default()
        })
    }
}

/// Show a contact: where it went, why, what follows, and what became of it.
#[derive(Args, Debug)]
pub struct Contact {
    /// The contact
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    /// With person and statement; the read is recorded
    #[arg(long)]
    pub full: bool,
}

impl Contact {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let view = if self.full { ContactView::Full } else { ContactView::Basic };
        let name = resolve::by_uuid("contacts", &self.contact)?;
        let question = GetContactRequest { name, view: view.into() };
        session
            .ask(question, contact::show, async |stub, request| {
                RoutingServiceClient::new(stub).get_contact(request).await
            })
            .await
    }
}

/// List contacts, newest first.
#[derive(Args, Debug)]
pub struct Contacts {
    /// Only those that stand here
    #[arg(long, value_parser = choice::of("redress.routing.v1.ContactStage"))]
    pub stage: Option<i32>,
    /// Only those that went through this door
    #[arg(long, value_parser = choice::of("redress.routing.v1.Outcome"))]
    pub outcome: Option<i32>,
    /// Only those with this reference
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REFERENCE")]
    pub reference: String,
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
}

impl Contacts {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let (stage, outcome) = (self.stage.unwrap_or_default(), self.outcome.unwrap_or_default());
        let page = self
            .under
            .gather(session, async |contract, page_size, page_token| {
                let reference = self.reference.clone();
                let question =
                    ListContactsRequest { stage, outcome, contract, reference, page_size, page_token };
                let answer = session
                    .link
                    .ask(question, async |stub, request| {
                        RoutingServiceClient::new(stub).list_contacts(request).await
                    })
                    .await?;
                Ok((answer.contacts, answer.next_page_token))
            })
            .await?;
        session.answer_list(page, contact::list, |contacts, next_page_token| ListContactsResponse {
            contacts,
            next_page_token,
        })
    }
}
