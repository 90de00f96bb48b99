//! Where things end: the whole suite in this process, a supply chain whose contract ends in July 2022, and a clock.

use std::{fs, path::Path, sync::Arc};

use complaints::Complaints;
use ice_liaison::IceLiaison;
use jiff::{SignedDuration, civil::Date, civil::date};
use records_retention::RecordsRetention;
use redress_chassis::Member as Service;
use redress_kernel::Clock as _;
use redress_proto::{
    options::v1::Role,
    records_retention::v1 as proto,
    supply_chain::v1::{EndContractRequest, supply_chain_service_client::SupplyChainServiceClient},
};
use redress_testkit::{Backend, StillClock, Suite, suite::Plan, wait};
use redress_tests::{
    chain::{Chain, JETS, Member, Programme, bearing, civil},
    clerk::Clerk,
    deployed::Deployed,
    examiner::Examiner,
    identity::{AUDIENCE, ISSUER, Issuer},
    officer::Officer,
    registrar::Registrar,
    seed::Seed,
};
use routing::Routing;
use tempfile::TempDir;
use tonic::transport::Channel;

/// The day on which everything happens that is kept.
pub(super) const ON: Date = date(2022, 7, 4);
/// The last day of the contract.
const END: Date = date(2022, 7, 29);
/// Six years later, and within the calendars.
const DUE: &str = "2028-08-07T09:00:00Z";

/// The guidance of the contract.
pub(super) const PROGRAMME: Programme = JETS;

/// All four services, whose callers have the tokens of an issuer with these keys.
pub(super) fn plan(backend: Backend, keys: &Path) -> Plan {
    let members = [
        Service::of::<Complaints>(),
        Service::of::<Routing>(),
        Service::of::<IceLiaison>(),
        Service::of::<RecordsRetention>(),
    ];
    Suite::of(members)
        .on(backend)
        .with("auth.issuer", ISSUER)
        .with("auth.audience", AUDIENCE)
        .with("auth.jwks_file", keys.display())
        .with("records_retention.look_every", "20ms")
        // Days pass at once here.
        .with("records_retention.largest_jump", "87600h")
}

/// Waits until the examiner's service knows a complaint, of which it learns a moment later.
pub(super) async fn learned(examiner: &mut Examiner, complaint: &str) {
    wait::ready("the complaint to be known", async {
        while !examiner.knows(complaint, ON).await {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// The suite and everyone in it.
pub(super) struct Ground {
    /// What runs; nothing where it is a process of its own.
    pub(super) suite: Option<Suite>,
    pub(super) chain: Chain,
    pub(super) channel: Channel,
    pub(super) seed: Seed,
    _issuer: Option<TempDir>,
}

impl Ground {
    /// A suite on a database engine, on a morning in July 2022.
    pub(super) async fn on(backend: Backend, seed: u64) -> Self {
        Self::of(|keys| plan(backend, keys), seed).await
    }

    /// The same on databases as they are deployed.
    pub(super) async fn on_deployed(deployed: &Deployed, seed: u64) -> Self {
        Self::of(|keys| deployed.suite(plan(Backend::Sqlite, keys)), seed).await
    }

    async fn of(plan: impl FnOnce(&Path) -> Plan, seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let issuer = Issuer::new().unwrap();
        let keys = folder.path().join("issuer.jwks");
        fs::write(&keys, issuer.key_set().to_string()).unwrap();
        let suite = plan(&keys).at("2022-07-04T09:00:00Z").start().await.unwrap();
        let told = Arc::clone(&suite.clock);
        let issuer = issuer.by(move || told.now().as_second().try_into().unwrap());
        let channel = suite.channel().await.unwrap();
        let mut seed = Seed::new(seed);
        let chain = Chain::set_up(&channel, &issuer, PROGRAMME, &mut seed).await.unwrap();
        let mut ground = Self { suite: Some(suite), chain, channel, seed, _issuer: Some(folder) };
        ground.end_contract().await;
        ground
    }

    /// Comes to where a suite runs as a process of its own.
    pub(super) fn visit(channel: Channel, chain: Chain, seed: Seed) -> Self {
        Self { suite: None, chain, channel, seed, _issuer: None }
    }

    fn clock(&self) -> &StillClock {
        &self.suite.as_ref().expect("a suite whose clock can be moved").clock
    }

    /// The contract ends before the month does.
    pub(super) async fn end_contract(&mut self) {
        let token = self.chain.people.token(Member::Department, Role::Commissioner).unwrap();
        let request = EndContractRequest {
            request_id: self.seed.request_id(),
            name: self.chain.contract.clone(),
            end_on: Some(civil(END)),
            etag: String::new(),
        };
        let mut client = SupplyChainServiceClient::new(self.channel.clone());
        client.end_contract(bearing(&token, request).unwrap()).await.unwrap();
    }

    /// Someone of the prime who works complaints.
    pub(super) fn officer(&mut self) -> Officer {
        let token = self.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
        Officer::new(self.channel.clone(), token, self.seed.split())
    }

    /// Someone of the chain who takes contacts in, once routing knows the chain.
    pub(super) async fn clerk(&mut self, member: Member) -> Clerk {
        let mut clerk = self.stranger(member);
        let known = clerk.until_known(&self.chain.contract, ON);
        wait::ready("routing to know the chain", known).await.unwrap();
        clerk
    }

    /// The same, whether or not routing knows them.
    pub(super) fn stranger(&mut self, member: Member) -> Clerk {
        let of_department = member == Member::JobcentrePlus;
        let role = if of_department { Role::JobcentrePlus } else { Role::ComplaintsManager };
        let token = self.chain.people.token(member, role).unwrap();
        Clerk::new(self.channel.clone(), token, self.seed.split())
    }

    /// Someone of the prime who works examinations.
    pub(super) fn examiner(&mut self) -> Examiner {
        Examiner::new(&self.channel, &self.chain.people, self.seed.split())
    }

    /// Those of the prime who keep records.
    pub(super) fn registrar(&mut self) -> Registrar {
        Registrar::new(&self.channel, &self.chain.people, self.seed.split())
    }

    /// Moves to the day on which everything is due, and has a person confirm it.
    pub(super) async fn fall_due(&self, registrar: &mut Registrar) {
        self.clock().move_to(DUE.parse().unwrap());
        registrar.confirm_date().await.unwrap();
    }

    /// Days pass, not so many that anyone doubts them.
    pub(super) fn pass(&self, days: i64) {
        self.clock().move_by(SignedDuration::from_hours(days * 24));
    }

    /// Proposed and approved by two people, and past the last day of the veto; until it is certified.
    pub(super) async fn dispose(&self, registrar: &mut Registrar, records: &[String]) -> proto::Disposal {
        let proposed = registrar.propose(records).await.unwrap();
        registrar.approve(&proposed).await.unwrap();
        self.pass(4);
        registrar.stands(&proposed.name, proto::DisposalStage::Certified).await.unwrap()
    }

    /// Leaves, and takes away what was there.
    pub(super) async fn leave(self) {
        self.suite.expect("a suite").stop().await.unwrap();
    }
}
