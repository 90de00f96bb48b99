//! What is done about a contact after it was routed.

use clap::Args;
use redress_proto::routing::v1::{
    AcceptContactRequest, DirectPersonRequest, RejectContactRequest, RerouteContactRequest,
    routing_service_client::RoutingServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, choice, input::Mutation, told::Told},
    present::contact,
};

/// Take a contact about your subcontractors, as the contract holder.
#[derive(Args, Debug)]
pub struct Accept {
    /// The contact
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    /// Organisation that works it [default: the one that it is about]
    #[arg(long, value_name = "ORGANISATION")]
    pub organisation: Option<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Accept {
    /// Takes it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let organisation = match &self.organisation {
            Some(organisation) => resolve::organisation(&session.link, organisation).await?,
            None => String::new(),
        };
        let question = AcceptContactRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("contacts", &self.contact)?,
            organisation,
            etag: self.mutation.etag,
        };
        session
            .ask(question, contact::show, async |stub, request| {
                RoutingServiceClient::new(stub).accept_contact(request).await
            })
            .await
    }
}

/// Do not take a contact about your subcontractors, and say why.
#[derive(Args, Debug)]
pub struct Reject {
    /// The contact
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    /// Why it is not yours
    #[arg(long, value_parser = choice::of("redress.routing.v1.RejectReason"))]
    pub reason: i32,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Reject {
    /// Says so.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RejectContactRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("contacts", &self.contact)?,
            reason: self.reason,
            etag: self.mutation.etag,
        };
        session
            .ask(question, contact::show, async |stub, request| {
                RoutingServiceClient::new(stub).reject_contact(request).await
            })
            .await
    }
}

/// Correct where a contact went. What was decided before is kept.
#[derive(Args, Debug)]
pub struct Reroute {
    /// The contact
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    /// Why
    #[arg(long, value_parser = choice::of("redress.routing.v1.RerouteReason"))]
    pub reason: i32,
    /// Who writes, where that was wrong
    #[arg(long, value_parser = choice::of("redress.routing.v1.Writer"))]
    pub writer: Option<i32>,
    /// About whom or what it is after all; may be given several times
    #[arg(long = "about", required = true, value_parser = choice::of("redress.routing.v1.Matter"))]
    pub about: Vec<i32>,
    /// Organisation complained about; may be given several times
    #[arg(long = "respondent", value_name = "ORGANISATION")]
    pub respondents: Vec<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Reroute {
    /// Corrects it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RerouteContactRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("contacts", &self.contact)?,
            writer: self.writer.unwrap_or_default(),
            about: self.about,
            respondents: resolve::organisations(&session.link, &self.respondents).await?,
            reason: self.reason,
            etag: self.mutation.etag,
        };
        session
            .ask(question, contact::show, async |stub, request| {
                RoutingServiceClient::new(stub).reroute_contact(request).await
            })
            .await
    }
}

/// Record that the person was told to go to Jobcentre Plus, and what shows it.
#[derive(Args, Debug)]
pub struct Direct {
    /// The contact
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    /// When and how.
    #[command(flatten)]
    pub told: Told,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Direct {
    /// Records it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = DirectPersonRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("contacts", &self.contact)?,
            told: Some(self.told.message(session)?),
            etag: self.mutation.etag,
        };
        session
            .ask(question, contact::show, async |stub, request| {
                RoutingServiceClient::new(stub).direct_person(request).await
            })
            .await
    }
}
