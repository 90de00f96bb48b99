//! How a service gets on with following the others, and what a person does about what went wrong.

use clap::Args;
use redress_proto::journal::v1::{
    ListParkedEntriesRequest, ListParkedEntriesResponse, ListSubscriptionsRequest, ReadmitSourceRequest,
    RetryParkedEntryRequest, SkipParkedEntryRequest, subscription_service_client::SubscriptionServiceClient,
};

use super::{
    Session,
    input::{Creation, Paging},
    journal::to,
};
use crate::{
    client::{Failure, gather},
    present::subscription,
};

/// Show how far the service has got with acting on others' journals.
#[derive(Args, Debug)]
pub struct Subscriptions {}

/// List parked entries.
#[derive(Args, Debug)]
pub struct Parked {
    /// Only entries of this service
    #[arg(long, default_value = "", hide_default_value = true, value_name = "SERVICE")]
    pub source: String,
    /// How much of the list.
    #[command(flatten)]
    pub paging: Paging,
}

/// A parked entry.
#[derive(Args, Debug)]
pub struct Which {
    /// Service whose entry it is
    #[arg(value_name = "SOURCE")]
    pub source: String,
    /// Its position in that service's journal
    #[arg(value_name = "POSITION", value_parser = clap::value_parser!(i64).range(1..))]
    pub position: i64,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Try a parked entry again.
#[derive(Args, Debug)]
pub struct Retry {
    /// Which.
    #[command(flatten)]
    pub which: Which,
}

/// Give a parked entry up: its effect never happens, and the journal says who decided so
#[derive(Args, Debug)]
pub struct Skip {
    /// Which.
    #[command(flatten)]
    pub which: Which,
}

/// Trust a quarantined source again. The journal says who decided so
#[derive(Args, Debug)]
pub struct Readmit {
    /// Service that was quarantined
    #[arg(value_name = "SOURCE")]
    pub source: String,
    /// Position after which its entries are taken, again if need be: the last that a restored source still had [default:
    /// where the subscription was left]
    #[arg(long, value_name = "POSITION", value_parser = clap::value_parser!(i64).range(0..))]
    pub resume_after: Option<i64>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl Subscriptions {
    pub(super) async fn run(self, session: &Session, service: &str) -> Result<(), Failure> {
        let found = session
            .link
            .ask(ListSubscriptionsRequest {}, async |stub, request| {
                SubscriptionServiceClient::new(stub).list_subscriptions(to(service, request)).await
            })
            .await?;
        session.answer(&found, |screen, found| subscription::show(screen, &found.subscriptions))
    }
}

impl Parked {
    pub(super) async fn run(self, session: &Session, service: &str) -> Result<(), Failure> {
        let source = self.source;
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question = ListParkedEntriesRequest { source: source.clone(), page_size, page_token };
            let found = session
                .link
                .ask(question, async |stub, request| {
                    SubscriptionServiceClient::new(stub).list_parked_entries(to(service, request)).await
                })
                .await?;
            Ok((found.entries, found.next_page_token))
        })
        .await?;
        session.answer_list(page, subscription::parked, |entries, next_page_token| {
            ListParkedEntriesResponse { entries, next_page_token }
        })
    }
}

impl Retry {
    pub(super) async fn run(self, session: &Session, service: &str) -> Result<(), Failure> {
        let Which { source, position, creation } = self.which;
        let request_id = session.request_id(creation.request_id);
        let request = RetryParkedEntryRequest { request_id, source, position };
        let done = session
            .link
            .ask(request, async |stub, request| {
                SubscriptionServiceClient::new(stub).retry_parked_entry(to(service, request)).await
            })
            .await?;
        session.answer(&done, |_, _| "it is tried again".to_owned())
    }
}

impl Skip {
    pub(super) async fn run(self, session: &Session, service: &str) -> Result<(), Failure> {
        let Which { source, position, creation } = self.which;
        let request_id = session.request_id(creation.request_id);
        let request = SkipParkedEntryRequest { request_id, source, position };
        let done = session
            .link
            .ask(request, async |stub, request| {
                SubscriptionServiceClient::new(stub).skip_parked_entry(to(service, request)).await
            })
            .await?;
        session.answer(&done, |_, _| "it is given up; its stream goes on without it".to_owned())
    }
}

impl Readmit {
    pub(super) async fn run(self, session: &Session, service: &str) -> Result<(), Failure> {
        let request = ReadmitSourceRequest {
            request_id: session.request_id(self.creation.request_id),
            source: self.source,
            resume_after_position: self.resume_after,
        };
        let done = session
            .link
            .ask(request, async |stub, request| {
                SubscriptionServiceClient::new(stub).readmit_source(to(service, request)).await
            })
            .await?;
        session.answer(&done, |_, _| "the source is trusted again".to_owned())
    }
}
