//! Officers who register complaints until the server goes away, and what each of them knows afterwards.

use std::{collections::BTreeMap, error::Error as _, sync::Arc};

use jiff::civil::Date;
use redress_proto::{
    complaints::v1::{RegisterComplaintRequest, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_tests::{
    chain::{Chain, Member, bearing},
    day::today,
    refused::Refused,
    seed::Seed,
    server::Server,
};
use tokio::task::JoinSet;
use tonic::{Code, Status};

/// How often a registration is repeated at most; each time the server waits for whoever is in its way.
const TRIES: usize = 6;
/// Officers at once.
const OFFICERS: usize = 8;

/// What the officers know.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Registrations that were acknowledged: what was asked, and the name that was answered.
    pub(super) acknowledged: BTreeMap<String, (RegisterComplaintRequest, String)>,
    /// Registrations without an answer: they may have happened or not.
    pub(super) indeterminate: Vec<RegisterComplaintRequest>,
}

impl Known {
    pub(super) fn acknowledge(&mut self, request: RegisterComplaintRequest, name: String) {
        let before = self.acknowledged.insert(request.request_id.clone(), (request, name));
        assert!(before.is_none(), "a request id was drawn twice");
    }

    fn merge(&mut self, other: Self) {
        for (request, name) in other.acknowledged.into_values() {
            self.acknowledge(request, name);
        }
        self.indeterminate.extend(other.indeterminate);
    }
}

/// Officers at work.
pub(super) struct Shift(JoinSet<Known>);

impl Shift {
    /// Sets them to work on `server`.
    pub(super) async fn begin(server: &Server, chain: &Arc<Chain>, seed: &mut Seed) -> Self {
        let mut officers = JoinSet::new();
        let token = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
        for _ in 0..OFFICERS {
            let client = ComplaintServiceClient::new(server.connect().await.unwrap());
            officers.spawn(work(client, Arc::clone(chain), token.clone(), seed.split(), today()));
        }
        Self(officers)
    }

    /// Waits until the server has gone away from all of them.
    pub(super) async fn end(mut self, known: &mut Known) {
        while let Some(one) = self.0.join_next().await {
            known.merge(one.unwrap());
        }
    }
}

async fn work(
    mut client: ComplaintServiceClient<tonic::transport::Channel>,
    chain: Arc<Chain>,
    token: String,
    mut seed: Seed,
    received_on: Date,
) -> Known {
    let mut known = Known::default();
    loop {
        let request = chain.registration(received_on, &mut seed);
        match client.register_complaint(bearing(&token, request.clone()).unwrap()).await {
            Ok(answer) => known.acknowledge(request, answer.into_inner().name),
            Err(status) => {
                assert!(gone(&status), "the server went away with {status:?}");
                known.indeterminate.push(request);
                return known;
            }
        }
    }
}

/// Whether the answer is one a caller may get from a server that goes away: "not now", or none at all, because the connection
/// ended, which the client's own library then calls one thing or another.
pub(super) fn gone(status: &Status) -> bool {
    status.code() == Code::Unavailable || status.source().is_some()
}

/// Asks again for everything that had no answer, as a client does that holds to the contract: for as long as it is told to come
/// back, and under the same request id. Each then has an answer.
///
/// A process that was killed leaves its database sessions to end by themselves. While one of them is still at work it holds what it
/// wrote, and who asks for the same waits for it, at most as long as locks are waited for, and is then told to come back. So a
/// refusal that says when to retry is no answer yet; any other would be one that contradicts what may have happened.
pub(super) async fn settle(server: &Server, chain: &Chain, known: &mut Known) {
    let token = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let mut client = ComplaintServiceClient::new(server.connect().await.unwrap());
    for request in std::mem::take(&mut known.indeterminate) {
        let mut told = Vec::new();
        let name = loop {
            match client.register_complaint(bearing(&token, request.clone()).unwrap()).await {
                Ok(answer) => break answer.into_inner().name,
                Err(status) => told.push(Refused::from(&status)),
            }
            let come_back = told.last().is_some_and(|refused| refused.retry || late(refused));
            assert!(come_back && told.len() < TRIES, "a repeated registration was refused: {told:#?}");
        };
        if !told.is_empty() {
            eprintln!("a registration was repeated after {told:?}");
        }
        known.acknowledge(request, name);
    }
}

/// A deadline that passed leaves it open what happened.
fn late(refused: &Refused) -> bool {
    refused.code == Code::DeadlineExceeded
}

/// Asks again for everything that was acknowledged; each has the same answer as before.
pub(super) async fn repeat(server: &Server, chain: &Chain, known: &Known) {
    let token = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let mut client = ComplaintServiceClient::new(server.connect().await.unwrap());
    for (request, name) in known.acknowledged.values() {
        let answer = client.register_complaint(bearing(&token, request.clone()).unwrap()).await.unwrap();
        assert_eq!(answer.into_inner().name, *name, "a repetition had another answer");
    }
}
