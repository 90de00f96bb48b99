//! Someone who routes contacts, and asks again for every answer that did not come, with the request that it belongs to.

use std::collections::VecDeque;

use redress_proto::routing::v1::{
    Contact, RouteContactRequest, routing_service_client::RoutingServiceClient,
};
use redress_testkit::wait;
use redress_tests::{chain::bearing, seed::Seed};
use tonic::transport::Channel;

use crate::faults::load::gone;

/// A desk, with what waits and what was answered.
#[derive(Debug)]
pub(super) struct Desk {
    token: String,
    seed: Seed,
    waiting: VecDeque<RouteContactRequest>,
    routed: Vec<(RouteContactRequest, Contact)>,
}

impl Desk {
    pub(super) const fn new(token: String, seed: Seed) -> Self {
        Self { token, seed, waiting: VecDeque::new(), routed: Vec::new() }
    }

    /// Puts contacts on it, each with a request id of its own for as long as it takes.
    pub(super) fn fill(&mut self, contacts: impl Iterator<Item = Contact>) {
        for contact in contacts {
            let request_id = self.seed.request_id();
            self.waiting.push_back(RouteContactRequest { request_id, contact: Some(contact) });
        }
    }

    /// Works through what waits, until all of it is answered or routing has gone away.
    pub(super) async fn work(mut self, channel: Channel) -> Self {
        let mut client = RoutingServiceClient::new(channel);
        while let Some(request) = self.waiting.pop_front() {
            match client.route_contact(bearing(&self.token, request.clone()).unwrap()).await {
                Ok(answer) => self.routed.push((request, answer.into_inner())),
                Err(status) => {
                    assert!(gone(&status), "routing went away with {status:?}");
                    self.waiting.push_front(request);
                    break;
                }
            }
        }
        self
    }

    /// Works until nothing waits any more, however busy routing is.
    pub(super) async fn finish(mut self, channel: Channel) -> Self {
        wait::ready("every contact to be answered", async {
            while !self.waiting.is_empty() {
                self = Box::pin(self.work(channel.clone())).await;
            }
            self
        })
        .await
    }

    /// Asks again for everything that was answered; each has the answer that it had.
    pub(super) async fn repeat(&self, channel: Channel) {
        for (request, before) in &self.routed {
            let mut again = Self::new(self.token.clone(), self.seed.clone());
            again.waiting.push_back(request.clone());
            let again = again.finish(channel.clone()).await;
            assert_eq!(again.routed, [(request.clone(), before.clone())], "a repetition had another answer");
        }
    }

    /// The complaints that the answers named.
    pub(super) fn complaints(&self) -> impl Iterator<Item = String> {
        self.routed.iter().map(|(_, contact)| contact.complaint.clone())
    }
}
