//! The service as the chassis builds it.

use redress_papers::sweep;
use redress_policy::Rulebook;
use std::sync::Arc;

use redress_chassis::{App as Answers, BuildFailure, Desk, Domain, Parts, Service};
use redress_disposal::{Holder, Tombstones};
use redress_journal::{Shell, shell};
use redress_proto::{
    complaints::v1::{
        document_service_server::DocumentServiceServer, improvement_service_server::ImprovementServiceServer,
        participant_service_server::ParticipantServiceServer,
        procedure_service_server::ProcedureServiceServer,
    },
    supply_chain::v1::supply_chain_service_server::SupplyChainServiceServer,
};
use redress_store::{Gather, List, Migration, mark, sealed};

use crate::{
    app::{App, DOMAIN},
    config::Config,
    figures,
    follow::{Examiner, Handovers},
    grpc,
    holding::CasesAndPeople,
    keys, reactor, reading,
    store::document::Swept,
    visibility::Visible,
};

/// The complaints service.
#[derive(Debug)]
pub enum Complaints {}

/// The schema of the service's own tables.
pub const MIGRATIONS: List = List {
    name: "complaints",
    migrations: &[
        Migration {
            version: 1,
            name: "supply_chain",
            sql: include_str!("../migrations/0001_supply_chain.sql"),
        },
        Migration { version: 2, name: "sealed", sql: sealed::SQL },
        Migration {
            version: 3,
            name: "participants",
            sql: include_str!("../migrations/0003_participants.sql"),
        },
        Migration { version: 4, name: "procedures", sql: include_str!("../migrations/0004_procedures.sql") },
        Migration { version: 5, name: "complaints", sql: include_str!("../migrations/0005_complaints.sql") },
        Migration { version: 6, name: "documents", sql: include_str!("../migrations/0006_documents.sql") },
        Migration {
            version: 7,
            name: "improvement",
            sql: include_str!("../migrations/0007_improvement.sql"),
        },
        Migration { version: 8, name: "marks", sql: mark::SQL },
        Migration { version: 9, name: "open_cases", sql: include_str!("../migrations/0009_open_cases.sql") },
        Migration { version: 10, name: "ended", sql: include_str!("../migrations/0010_ended.sql") },
    ],
};

impl Service for Complaints {
    type Config = Config;

    const NAME: &'static str = "complaints";
    const DOMAIN: Domain = DOMAIN;
    const MIGRATIONS: &'static [List] = &[redress_disposal::MIGRATIONS, MIGRATIONS];

    async fn build(config: Config, parts: Parts) -> Result<Answers, BuildFailure> {
        let shell = Shell::start(&parts.shell(), shell::Settings::default());
        let rendered = reading::Complaints::new();
        let app = App {
            complaints: Gather::start(&parts.database, rendered.clone()),
            rendered,
            rulebook: Rulebook {
                library: Arc::clone(&parts.library),
                calendars: Arc::clone(&parts.calendars),
            },
            fingerprints: Arc::new(parts.keyring.mac("complaints: words of a complaint")?),
            largest_document: config.largest_document,
            desk: Desk::new(DOMAIN, parts, shell),
        };
        let parts = app.desk.parts.clone();
        let swept = sweep::run::<Swept>(Self::NAME, parts, config.sweep_every, config.orphan_age);
        let (clock, ids) = (Arc::clone(&app.desk.parts.clock), Arc::clone(&app.desk.parts.ids));
        let examiner = Examiner { rulebook: app.rulebook.clone(), clock, ids };
        let handovers = Handovers { routing: app.desk.parts.peers.get("routing"), app: app.clone() };
        let complaints = grpc::Complaints { app: app.clone() };
        let stones = Tombstones::new(app.desk.parts.database.clone(), DOMAIN);
        let holder = Holder::new(app.desk.parts.clone(), CasesAndPeople);
        Ok(Answers::new()
            .answer(stones.before(complaints.service()))
            .answer(stones.before(DocumentServiceServer::new(grpc::Documents { app: app.clone() })))
            .answer(ImprovementServiceServer::new(grpc::Improvement { app: app.clone() }))
            .answer(stones.before(ParticipantServiceServer::new(grpc::Participants { app: app.clone() })))
            .answer(ProcedureServiceServer::new(grpc::Procedures { app: app.clone() }))
            .answer(SupplyChainServiceServer::new(grpc::SupplyChain { app: app.clone() }))
            .journal_seen_by(Arc::new(Visible { app: app.clone() }))
            .figures("clocks", figures::MEASURES, config.count_every, figures::of(app.clone()))
            .background("keys", keys::run(app.clone(), config.sweep_every))
            .follow("ice-liaison", examiner)
            .follow("records-retention", holder.clone())
            .replays({
                let holder = holder.clone();
                move |erased| holder.replay(erased)
            })
            .background("disposal", holder.run())
            .follow("routing", handovers)
            .background("sweep", swept)
            .background("reactor", reactor::run(app, config.look_every)))
    }
}
