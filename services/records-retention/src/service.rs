//! The service as the chassis builds it.

use std::sync::Arc;

use redress_chassis::{App as Answers, BuildFailure, Desk, Domain, Parts, Service};
use redress_journal::{Shell, shell};
use redress_papers::sweep;
use redress_policy::Rulebook;
use redress_proto::records_retention::v1::{
    disposal_service_server::DisposalServiceServer, erasure_service_server::ErasureServiceServer,
    record_service_server::RecordServiceServer, schedule_service_server::ScheduleServiceServer,
};
use redress_store::{List, Migration, mark, sealed};

use crate::{
    app::{App, DOMAIN},
    beside,
    clock::Watch,
    config::Config,
    figures,
    follow::{OfComplaints, OfExaminer, OfItself, OfRouting},
    grpc, holding, reactor, replay,
    store::content::Swept,
};

/// The records-retention service.
#[derive(Debug)]
pub enum RecordsRetention {}

/// The schema of the service's own tables.
pub const MIGRATIONS: List = List {
    name: "records-retention",
    migrations: &[
        Migration { version: 1, name: "records", sql: include_str!("../migrations/0001_records.sql") },
        Migration { version: 2, name: "disposals", sql: include_str!("../migrations/0002_disposals.sql") },
        Migration { version: 3, name: "sealed", sql: sealed::SQL },
        Migration { version: 4, name: "marks", sql: mark::SQL },
        Migration { version: 5, name: "cases", sql: include_str!("../migrations/0005_cases.sql") },
        Migration { version: 6, name: "watched", sql: include_str!("../migrations/0006_watched.sql") },
        Migration {
            version: 7,
            name: "erasure_requests",
            sql: include_str!("../migrations/0007_erasure_requests.sql"),
        },
        Migration { version: 8, name: "gone", sql: include_str!("../migrations/0008_gone.sql") },
        Migration { version: 9, name: "schedules", sql: include_str!("../migrations/0009_schedules.sql") },
        Migration {
            version: 10,
            name: "part_contents",
            sql: include_str!("../migrations/0010_part_contents.sql"),
        },
        Migration { version: 11, name: "named", sql: include_str!("../migrations/0011_named.sql") },
        Migration { version: 12, name: "withheld", sql: include_str!("../migrations/0012_withheld.sql") },
        Migration { version: 13, name: "held", sql: include_str!("../migrations/0013_held.sql") },
    ],
};

impl Service for RecordsRetention {
    type Config = Config;

    const NAME: &'static str = "records-retention";
    const DOMAIN: Domain = DOMAIN;
    const MIGRATIONS: &'static [List] =
        &[redress_chain::MIGRATIONS, redress_disposal::MIGRATIONS, MIGRATIONS];

    async fn build(config: Config, parts: Parts) -> Result<Answers, BuildFailure> {
        beside::begin(&parts.database, parts.clock.now()).await?;
        let shell = Shell::start(&parts.shell(), shell::Settings::default());
        let app = App {
            rulebook: Rulebook {
                library: Arc::clone(&parts.library),
                calendars: Arc::clone(&parts.calendars),
            },
            contents: Arc::new(parts.keyring.mac("records-retention: what was laid by")?),
            uploads: Arc::new(parts.keyring.mac("records-retention: what is said of an upload")?),
            looked: Watch::default(),
            config,
            desk: Desk::new(DOMAIN, parts, shell),
        };
        let parts = app.desk.parts.clone();
        let swept = sweep::run::<Swept>(Self::NAME, parts, config.sweep_every, config.orphan_age);
        let holder = redress_disposal::Holder::new(app.desk.parts.clone(), holding::Contents);
        Ok(Answers::new()
            .answer(RecordServiceServer::new(grpc::Records { app: app.clone() }))
            .answer(DisposalServiceServer::new(grpc::Disposals { app: app.clone() }))
            .answer(ScheduleServiceServer::new(grpc::Schedules { app: app.clone() }))
            .answer(ErasureServiceServer::new(grpc::Erasures { app: app.clone() }))
            .journal_seen_by(Arc::new(redress_chain::Visible::new(app.desk.parts.database.clone())))
            .follow("complaints", OfComplaints { app: app.clone() })
            .follow("routing", OfRouting { app: app.clone() })
            .follow("ice-liaison", OfExaminer { app: app.clone() })
            .follow("records-retention", OfItself { app: app.clone(), holder: holder.clone() })
            .replays({
                let (app, holder) = (app.clone(), holder.clone());
                move |erased| async move {
                    replay::ended(&app, &erased).await?;
                    holder.replay(erased).await
                }
            })
            .background("disposal", holder.run())
            .background("sweep", swept)
            .figures("records", figures::MEASURES, config.count_every, figures::of(app.clone()))
            .background("reactor", reactor::run(app)))
    }
}
