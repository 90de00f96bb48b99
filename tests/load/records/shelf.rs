//! Where records are kept: two services, a contract that ended, and a clock.

use std::time::Duration;

use anyhow::ensure;
use complaints::Complaints;
use futures::stream;
use jiff::{SignedDuration, civil::date};
use records_retention::RecordsRetention;
use redress_chassis::{Member, auth::Identity};
use redress_proto::{
    options::v1::Role,
    records_retention::v1::{
        self as proto, disposal_service_client::DisposalServiceClient,
        record_service_client::RecordServiceClient,
    },
    supply_chain::v1::{self as chain, supply_chain_service_client::SupplyChainServiceClient},
};
use redress_store::{Db, Settings};
use redress_testkit::{Bearer, Suite, wait};
use redress_tests::{chain::civil, postgres::Pair, registrar::part, seed::Seed};
use tonic::{service::interceptor::InterceptedService, transport::Channel};
use uuid::Uuid;

use super::fill;
use crate::{report::Column, watch::Watch};

/// How many fall due on the same day.
pub(super) const DUE: u64 = 1_000;
/// As many as one disposal has.
const DISPOSED: u16 = 500;

const DEPARTMENT: Uuid = Uuid::from_u128(0xd0);
const PRIME: Uuid = Uuid::from_u128(0xa1);

/// The last day of a term; what is due falls due on the next.
const LAST: &str = "2028-06-30T09:00:00Z";
/// A Monday on which things are due, and the calendars still reach.
const DISPOSAL: &str = "2028-07-03T09:00:00Z";

/// How many still wait to be looked at.
const WAITING: &str = "SELECT COUNT(*) AS waiting FROM records WHERE look_on <= $1";

/// How many contracts there was news of, after which all their records are to be looked at.
const NEWS: &str = "SELECT COUNT(*) AS waiting FROM recounts";

/// The database that is measured.
#[derive(Clone, Debug)]
pub(crate) enum Engine {
    /// Files.
    Sqlite,
    /// A server, by its administrator's URL.
    Postgres(String),
}

impl Engine {
    pub(super) const fn column(&self) -> Column {
        match self {
            Self::Sqlite => Column::Sqlite,
            Self::Postgres(_) => Column::Postgres,
        }
    }
}

type Caller = InterceptedService<Channel, Bearer>;

/// The suite, and everything that is kept in it.
pub(super) struct Shelf {
    suite: Suite,
    /// Databases of each service on a server.
    pairs: Vec<Pair>,
    /// The database of records.
    url: String,
    contract: String,
    seed: Seed,
}

impl Shelf {
    pub(super) async fn open(engine: &Engine, seed: Seed) -> anyhow::Result<Self> {
        let members = [Member::of::<Complaints>(), Member::of::<RecordsRetention>()];
        let mut plan = Suite::of(members)
            .at(LAST)
            .with("records_retention.look_every", "20ms")
            // Years pass at once here.
            .with("records_retention.largest_jump", "87600h")
            .with("complaints.look_every", "1h");
        let mut pairs = Vec::new();
        if let Engine::Postgres(administrator) = engine {
            for service in ["complaints", "records-retention"] {
                pairs.push(Pair::make(administrator, &format!("bench-kept-{service}")).await?);
            }
            let (server, _) = administrator.rsplit_once('/').unwrap_or((administrator, ""));
            plan = plan
                .with("database.url", format!("{server}/bench-kept-{{service}}"))
                .with("database.any_role", true)
                .with("keyring.url", format!("{server}/bench-kept-{{service}}_keys"))
                .with("keyring.master_key", "A".repeat(43) + "=");
        }
        let suite = plan.start().await?;
        let url = match pairs.last() {
            Some(pair) => pair.database.clone(),
            None => format!("sqlite:{}", suite.folder().join("records-retention.db").display()),
        };
        let mut shelf = Self { suite, pairs, url, contract: String::new(), seed };
        Box::pin(shelf.found()).await?;
        Ok(shelf)
    }

    pub(super) async fn close(self) -> anyhow::Result<()> {
        self.suite.stop().await?;
        for pair in self.pairs {
            pair.remove().await?;
        }
        Ok(())
    }

    /// A contract that ended in June 2022, and one record under it, with nothing in it.
    async fn found(&mut self) -> anyhow::Result<()> {
        let department = self.caller(DEPARTMENT, Role::Commissioner, "dora").await?;
        let mut client = SupplyChainServiceClient::new(department);
        for (id, kind) in
            [(DEPARTMENT, chain::OrganisationKind::Department), (PRIME, chain::OrganisationKind::Provider)]
        {
            let organisation = chain::Organisation {
                display_name: id.to_string(),
                kind: kind.into(),
                ..chain::Organisation::default()
            };
            let request = chain::CreateOrganisationRequest {
                request_id: self.seed.request_id(),
                organisation: Some(organisation),
                organisation_id: id.to_string(),
            };
            client.create_organisation(request).await?;
        }
        let contract = chain::Contract {
            reference: "RECORDS-1".to_owned(),
            programme: "jets-scotland".to_owned(),
            holder: format!("organisations/{PRIME}"),
            commissioner: format!("organisations/{DEPARTMENT}"),
            effective_on: Some(civil(date(2022, 3, 1))),
            end_on: Some(civil(date(2022, 6, 30))),
            ..chain::Contract::default()
        };
        let request =
            chain::CreateContractRequest { request_id: self.seed.request_id(), contract: Some(contract) };
        self.contract = client.create_contract(request).await?.into_inner().name;
        Box::pin(wait::ready("the contract to be known", async {
            while self.register().await.is_err() {
                tokio::task::yield_now().await;
            }
        }))
        .await;
        Ok(())
    }

    async fn caller(&self, organisation: Uuid, role: Role, subject: &str) -> anyhow::Result<Caller> {
        let roles = [role].into_iter().collect();
        let identity = Identity { organisation, subject: subject.to_owned(), roles, person: true };
        self.suite.caller(&identity).await
    }

    /// A record with nothing in it.
    async fn register(&mut self) -> anyhow::Result<String> {
        let record = proto::Record {
            contract: self.contract.clone(),
            record_class: proto::RecordClass::CorrespondenceFile.into(),
            ..proto::Record::default()
        };
        let request = proto::RegisterRecordRequest {
            request_id: self.seed.request_id(),
            record: Some(record),
            ..proto::RegisterRecordRequest::default()
        };
        let caller = self.caller(PRIME, Role::RecordsOfficer, "rita").await?;
        Ok(RecordServiceClient::new(caller).register_record(request).await?.into_inner().name)
    }

    /// The same with something in it.
    async fn filled(&mut self) -> anyhow::Result<String> {
        let name = self.register().await?;
        let pieces = stream::iter(part(self.seed.request_id(), name.clone(), b"A letter."));
        let caller = self.caller(PRIME, Role::RecordsOfficer, "rita").await?;
        RecordServiceClient::new(caller).upload_part(pieces).await?;
        Ok(name)
    }

    /// Records with something in them that are destroyed in a second, from the order to the certificate.
    pub(super) async fn dispose(&mut self) -> anyhow::Result<f64> {
        let mut records = Vec::with_capacity(usize::from(DISPOSED));
        for _ in 0..DISPOSED {
            records.push(self.filled().await?);
        }
        self.suite.clock.move_to(DISPOSAL.parse()?);
        let rita = self.caller(PRIME, Role::RecordsOfficer, "rita").await?;
        let omar = self.caller(PRIME, Role::RecordsOfficer, "omar").await?;
        let request = proto::ProposeDisposalRequest {
            request_id: self.seed.request_id(),
            records,
            method: proto::DisposalMethod::Unspecified.into(),
        };
        let proposed = DisposalServiceClient::new(rita).propose_disposal(request).await?.into_inner();
        let request = proto::ApproveDisposalRequest {
            request_id: self.seed.request_id(),
            name: proposed.name.clone(),
            digest: proposed.digest,
        };
        DisposalServiceClient::new(omar).approve_disposal(request).await?;
        let watch = Watch::start();
        self.suite.clock.move_by(SignedDuration::from_hours(3 * 24));
        let rita = self.caller(PRIME, Role::RecordsOfficer, "rita").await?;
        let question = proto::GetDisposalRequest { name: proposed.name };
        let client = DisposalServiceClient::new(rita);
        wait::until_async("the certificate", || async {
            let found = client.clone().get_disposal(question.clone()).await;
            found.is_ok_and(|found| found.get_ref().stage() == proto::DisposalStage::Certified)
        })
        .await;
        Ok(f64::from(DISPOSED) / watch.elapsed().as_secs_f64())
    }

    /// Fills in copies past the services, which begin again.
    pub(super) async fn fill(&mut self, stored: u64) -> anyhow::Result<()> {
        self.counted().await?;
        self.suite.pause().await;
        fill::fill(&self.url, stored).await?;
        self.suite.restart().await
    }

    /// Waits until the record was counted after the news of its contract, which would have every copy looked at as well.
    async fn counted(&self) -> anyhow::Result<()> {
        let db = Db::open(&self.url, Settings::default()).await?;
        wait::until_async("the news of the contract to be counted", || async {
            matches!(news(&db).await, Ok(0))
        })
        .await;
        db.close().await;
        Ok(())
    }

    /// The next day comes: how long until nothing waits to be looked at.
    pub(super) async fn sweep(&self) -> anyhow::Result<Duration> {
        let db = Db::open(&self.url, Settings::default()).await?;
        let day = date(2028, 7, 1);
        ensure!(waiting(&db, day).await? >= i64::try_from(DUE)?, "nothing falls due");
        let watch = Watch::start();
        self.suite.clock.move_by(SignedDuration::from_hours(24));
        wait::until_async("the sweep", || async { matches!(waiting(&db, day).await, Ok(0)) }).await;
        let took = watch.elapsed();
        db.close().await;
        Ok(took)
    }

    /// What if another period were agreed: every record is looked at, a page at a time.
    pub(super) async fn simulate(&self) -> anyhow::Result<u32> {
        let mut client = RecordServiceClient::new(self.caller(PRIME, Role::RecordsOfficer, "rita").await?);
        let mut question = proto::SimulateScheduleRequest {
            contract: self.contract.clone(),
            agreed_months: 84,
            page_size: 200,
            ..proto::SimulateScheduleRequest::default()
        };
        let mut looked = 0;
        loop {
            let page = client.simulate_schedule(question.clone()).await?.into_inner();
            looked += u32::try_from(page.records)?;
            if page.next_page_token.is_empty() {
                return Ok(looked);
            }
            question.page_token = page.next_page_token;
        }
    }
}

async fn waiting(db: &Db, day: jiff::civil::Date) -> anyhow::Result<i64> {
    let mut tx = db.read().await?;
    Ok(tx.query(WAITING).bind(day).one(|row| row.get("waiting")).await?)
}

async fn news(db: &Db) -> anyhow::Result<i64> {
    let mut tx = db.read().await?;
    Ok(tx.query(NEWS).one(|row| row.get("waiting")).await?)
}
