//! A forwarding system that passes rows on in a stream, and after a break passes on those that it has no result for, as new
//! requests: it knows its own reference and nothing else.

use std::collections::VecDeque;

use futures::stream;
use redress_kernel::text::canonical_reference;
use redress_proto::routing::v1::{
    Contact, ForwardContactsRequest, ForwardContactsResponse, ForwardedRow,
    forward_contacts_response::Result as Became, routing_service_client::RoutingServiceClient,
};
use redress_testkit::wait;
use redress_tests::{chain::bearing, seed::Seed};
use tonic::transport::Channel;

use crate::faults::load::gone;

/// The rows, with what waits and what became of the others.
#[derive(Debug)]
pub(super) struct Rows {
    token: String,
    seed: Seed,
    waiting: VecDeque<Contact>,
    results: Vec<Became>,
}

impl Rows {
    pub(super) const fn new(token: String, seed: Seed) -> Self {
        Self { token, seed, waiting: VecDeque::new(), results: Vec::new() }
    }

    pub(super) fn fill(&mut self, contacts: impl Iterator<Item = Contact>) {
        self.waiting.extend(contacts);
    }

    /// Passes on what waits, until each row has its result or routing has gone away.
    pub(super) async fn work(mut self, channel: Channel) -> Self {
        if self.waiting.is_empty() {
            return self;
        }
        let rows: Vec<ForwardContactsRequest> = self
            .waiting
            .iter()
            .map(|contact| {
                let request_id = self.seed.request_id();
                let row = ForwardedRow { request_id, contact: Some(contact.clone()) };
                ForwardContactsRequest { row: Some(row) }
            })
            .collect();
        let mut client = RoutingServiceClient::new(channel);
        let request = bearing(&self.token, stream::iter(rows)).unwrap();
        let mut answers = match client.forward_contacts(request).await {
            Ok(answers) => answers.into_inner(),
            Err(status) => {
                assert!(gone(&status), "routing went away with {status:?}");
                return self;
            }
        };
        for row in 1.. {
            match answers.message().await {
                Ok(Some(answer)) => {
                    if !self.settle(row, answer) {
                        break;
                    }
                }
                Ok(None) => {
                    assert!(self.waiting.is_empty(), "the stream ended before its rows did");
                    break;
                }
                Err(status) => {
                    assert!(gone(&status), "routing went away with {status:?}");
                    break;
                }
            }
        }
        self
    }

    /// Works until each row has its result, however busy routing is.
    pub(super) async fn finish(mut self, channel: Channel) -> Self {
        wait::ready("every row to be answered", async {
            while !self.waiting.is_empty() {
                self = Box::pin(self.work(channel.clone())).await;
            }
            self
        })
        .await
    }

    /// The result of the row that waits longest; `false` where it is that the row is to be sent again.
    fn settle(&mut self, row: i64, answer: ForwardContactsResponse) -> bool {
        assert_eq!(answer.row, row, "results come in the order of their rows");
        let became = answer.result.expect("a result says something");
        if matches!(&became, Became::Refused(refusal) if refusal.retry) {
            return false;
        }
        let contact = self.waiting.pop_front().expect("a result belongs to a row");
        match &became {
            Became::Forwarded(_) => {
                let (said, sent) =
                    (canonical_reference(&answer.reference), canonical_reference(&contact.reference));
                assert_eq!(said, sent, "the result of another row");
            }
            Became::Refused(refusal) => {
                assert!(contact.statement.is_none(), "{contact:?} {refusal:?}");
            }
        }
        self.results.push(became);
        true
    }

    /// How many rows could not be taken.
    pub(super) fn refused(&self) -> usize {
        self.results.iter().filter(|result| matches!(result, Became::Refused(_))).count()
    }

    /// The complaints that the results named.
    pub(super) fn complaints(&self) -> impl Iterator<Item = String> {
        self.results.iter().filter_map(|result| match result {
            Became::Forwarded(taken) => Some(taken.complaint.clone()),
            Became::Refused(_) => None,
        })
    }
}
