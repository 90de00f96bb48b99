//! The service as the chassis builds it.

use std::sync::Arc;

use redress_chassis::{App as Answers, BuildFailure, Desk, Domain, Parts, Service};
use redress_disposal::{Holder, Tombstones};
use redress_journal::{Shell, shell};
use redress_policy::Rulebook;
use redress_proto::ice_liaison::v1::{
    correspondence_service_server::CorrespondenceServiceServer,
    evidence_bag_service_server::EvidenceBagServiceServer,
    examination_service_server::ExaminationServiceServer,
    management_information_service_server::ManagementInformationServiceServer,
    recovery_service_server::RecoveryServiceServer,
};
use redress_store::{List, Migration, sealed};

use crate::{
    app::{App, DOMAIN},
    config::Config,
    evidence::EvidenceBags,
    follow::{Complaints, Own, Routing},
    grpc,
    holding::ExaminationsAndCases,
    open, reactor,
};

/// The ice-liaison service.
#[derive(Debug)]
pub enum IceLiaison {}

/// The schema of the service's own tables.
pub const MIGRATIONS: List = List {
    name: "ice-liaison",
    migrations: &[
        Migration { version: 1, name: "records", sql: include_str!("../migrations/0001_records.sql") },
        Migration {
            version: 2,
            name: "examinations",
            sql: include_str!("../migrations/0002_examinations.sql"),
        },
        Migration { version: 3, name: "sealed", sql: sealed::SQL },
        Migration { version: 4, name: "ledger", sql: include_str!("../migrations/0004_ledger.sql") },
        Migration { version: 5, name: "figures", sql: include_str!("../migrations/0005_figures.sql") },
        Migration {
            version: 6,
            name: "evidence_bags",
            sql: include_str!("../migrations/0006_evidence_bags.sql"),
        },
        Migration { version: 7, name: "open", sql: include_str!("../migrations/0007_open.sql") },
        Migration { version: 8, name: "ended", sql: include_str!("../migrations/0008_ended.sql") },
        Migration {
            version: 9,
            name: "figure_sums",
            sql: include_str!("../migrations/0009_figure_sums.sql"),
        },
        Migration { version: 10, name: "routed", sql: include_str!("../migrations/0010_routed.sql") },
        Migration {
            version: 11,
            name: "ledger_gate",
            sql: include_str!("../migrations/0011_ledger_gate.sql"),
        },
    ],
};

impl Service for IceLiaison {
    type Config = Config;

    const NAME: &'static str = "ice-liaison";
    const DOMAIN: Domain = DOMAIN;
    const MIGRATIONS: &'static [List] =
        &[redress_chain::MIGRATIONS, redress_disposal::MIGRATIONS, MIGRATIONS];

    async fn build(config: Config, parts: Parts) -> Result<Answers, BuildFailure> {
        let shell = Shell::start(&parts.shell(), shell::Settings::default());
        let rulebook =
            Rulebook { library: Arc::clone(&parts.library), calendars: Arc::clone(&parts.calendars) };
        let visible = redress_chain::Visible::new(parts.database.clone());
        let (clock, ids) = (Arc::clone(&parts.clock), Arc::clone(&parts.ids));
        let bags = parts.clone();
        let app = App { rulebook: rulebook.clone(), desk: Desk::new(DOMAIN, parts, shell) };
        let stones = Tombstones::new(app.desk.parts.database.clone(), DOMAIN);
        let holder = Holder::new(app.desk.parts.clone(), ExaminationsAndCases);
        let examinations = ExaminationServiceServer::new(grpc::Examinations { app: app.clone() });
        let correspondence = CorrespondenceServiceServer::new(grpc::Correspondence { app: app.clone() });
        Ok(Answers::new()
            .answer(stones.before(examinations))
            .answer(stones.before(correspondence))
            .answer(EvidenceBagServiceServer::new(EvidenceBags::new(DOMAIN, bags)))
            .answer(stones.before(RecoveryServiceServer::new(grpc::Recovery { app: app.clone() })))
            .answer(ManagementInformationServiceServer::new(grpc::Figures { app: app.clone() }))
            .journal_seen_by(Arc::new(visible))
            .follow("complaints", Complaints { rulebook, clock, ids })
            .follow("routing", Routing)
            .follow(Self::NAME, Own)
            .follow("records-retention", holder.clone())
            .replays({
                let holder = holder.clone();
                move |erased| holder.replay(erased)
            })
            .background("disposal", holder.run())
            .figures("clocks", open::MEASURES, config.look_every, open::of(app.clone()))
            .background("reactor", reactor::run(app, config.look_every)))
    }
}
