//! Management information of a year over very many complaints, as of the end, the middle and the beginning of the journal.
//!
//! The facts are written by the database itself at the mix of domain 4.5: every fifth complaint goes to the examiner, every
//! twentieth is accepted, every fortieth investigated. What is measured is the rpc.

mod fill;

use std::path::Path;

use anyhow::{Context as _, ensure};
use redress_proto::{
    ice_liaison::v1::{
        Breakdown, GetFiguresRequest, Measure,
        management_information_service_client::ManagementInformationServiceClient,
    },
    options::v1::Role,
};
use redress_tests::{
    chain::{Member, People, bearing},
    identity::Issuer,
    postgres::Pair,
    server::{Launch, Server},
};
use tonic::transport::Channel;

use crate::{
    arguments::Plan,
    ceiling::pgbench,
    closed::{self, Caller},
    effort::Effort,
    report::{Column, Report},
};

/// Entries of the complaints journal for each complaint.
const ENTRIES: u64 = 10;

/// Someone of the department who asks for a year as of a position.
struct Asking {
    client: ManagementInformationServiceClient<Channel>,
    token: String,
    request: GetFiguresRequest,
    /// Complaints there are up to the position.
    complaints: i64,
}

impl Caller for Asking {
    async fn call(&mut self) -> anyhow::Result<()> {
        let answer = self.client.get_figures(bearing(&self.token, self.request)?).await?.into_inner();
        let total = answer.figures.unwrap_or_default().total.unwrap_or_default();
        let told = total.figures.iter().find(|figure| figure.measure() == Measure::Complaints);
        let told = told.and_then(|figure| figure.count);
        ensure!(told == Some(self.complaints), "{told:?} complaints, and not {}", self.complaints);
        Ok(())
    }
}

/// On SQLite.
pub(crate) async fn sqlite(folder: &Path, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    report.progress(&format!("SQLite: the figures of {} complaints", plan.large));
    let issuer = Issuer::new()?;
    let launch = Launch::whole(folder, &issuer)?;
    // Once for the schema.
    launch.start().await?.stop().await?;
    let people = People::draw(&issuer, &mut plan.seed());
    let database = launch.folder().join("data").join("ice-liaison.db");
    fill::fill(&format!("sqlite:{}", database.display()), plan.large, people.department).await?;
    let server = launch.start().await?;
    drive(&server, &people, Column::Sqlite, None, plan, report).await
}

/// On PostgreSQL.
pub(crate) async fn on_postgres(
    folder: &Path,
    pair: &Pair,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    report.progress(&format!("PostgreSQL: the figures of {} complaints", plan.large));
    let issuer = Issuer::new()?;
    let launch = Launch::service("ice-liaison", folder, &issuer, pair)?;
    let people = People::draw(&issuer, &mut plan.seed());
    fill::fill(&pair.database, plan.large, people.department).await?;
    pgbench::ask(&pair.database, "ANALYZE")?;
    let server = launch.start().await?;
    drive(&server, &people, Column::Postgres, Some(&pair.database), plan, report).await
}

async fn drive(
    server: &Server,
    people: &People,
    column: Column,
    database: Option<&str>,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    let channel = server.connect().await?;
    for (name, part) in [
        ("figures of a year, all that is known", 100),
        ("figures of a year, as of the middle", 50),
        ("figures of a year, as of the first 1 %", 1),
    ] {
        let complaints = plan.large * part / 100;
        let [position, complaints_position] =
            if part == 100 { [0, 0] } else { [complaints, complaints * ENTRIES] };
        let request = GetFiguresRequest {
            year: fill::YEAR,
            breakdown: Breakdown::Contract.into(),
            position: i64::try_from(position)?,
            complaints_position: i64::try_from(complaints_position)?,
            as_of: None,
        };
        let asking = Asking {
            client: ManagementInformationServiceClient::new(channel.clone()),
            token: people.token(Member::Department, Role::Commissioner)?,
            request,
            complaints: i64::try_from(complaints)?,
        };
        let effort = Effort::of(server.id(), database);
        let measured = closed::run(vec![asking], plan.measure, &effort).await.context(name)?;
        report.rate(name, column, &measured);
    }
    report.count("complaints they are of", column, plan.large);
    Ok(())
}
