//! The service as the chassis builds it.

use std::sync::Arc;

use redress_chassis::{App as Answers, BuildFailure, Desk, Domain, Parts, Service};
use redress_disposal::{Holder, Tombstones};
use redress_journal::{Shell, shell};
use redress_papers::sweep;
use redress_policy::Rulebook;
use redress_proto::routing::v1::{
    member_letter_service_server::MemberLetterServiceServer,
    mixed_complaint_service_server::MixedComplaintServiceServer, paper_service_server::PaperServiceServer,
    routing_service_server::RoutingServiceServer,
};
use redress_store::{List, Migration, sealed};

use crate::{
    app::{App, DOMAIN},
    config::Config,
    follow::Complaints,
    grpc,
    holding::Contacts,
    open, reactor,
    store::paper::Swept,
    visibility::Visible,
};

/// The routing service.
#[derive(Debug)]
pub enum Routing {}

/// The schema of the service's own tables.
pub const MIGRATIONS: List = List {
    name: "routing",
    migrations: &[
        Migration { version: 1, name: "contacts", sql: include_str!("../migrations/0001_contacts.sql") },
        Migration { version: 2, name: "sealed", sql: sealed::SQL },
        Migration {
            version: 3,
            name: "mixed_complaints",
            sql: include_str!("../migrations/0003_mixed_complaints.sql"),
        },
        Migration {
            version: 4,
            name: "member_letters",
            sql: include_str!("../migrations/0004_member_letters.sql"),
        },
        Migration { version: 5, name: "papers", sql: include_str!("../migrations/0005_papers.sql") },
        Migration { version: 6, name: "open", sql: include_str!("../migrations/0006_open.sql") },
    ],
};

/// Rows of a stream that are carried out at once: enough to fill a group of the shell, few enough to leave room for others.
const ROWS_AT_ONCE: usize = 128;

impl Service for Routing {
    type Config = Config;

    const NAME: &'static str = "routing";
    const DOMAIN: Domain = DOMAIN;
    const MIGRATIONS: &'static [List] =
        &[redress_chain::MIGRATIONS, redress_disposal::MIGRATIONS, MIGRATIONS];

    async fn build(config: Config, parts: Parts) -> Result<Answers, BuildFailure> {
        let shell = Shell::start(&parts.shell(), shell::Settings::default());
        let app = App {
            rulebook: Rulebook {
                library: Arc::clone(&parts.library),
                calendars: Arc::clone(&parts.calendars),
            },
            fingerprints: Arc::new(parts.keyring.mac("routing: what a contact says")?),
            largest_paper: config.largest_paper,
            rows_at_once: ROWS_AT_ONCE,
            desk: Desk::new(DOMAIN, parts, shell),
        };
        let parts = app.desk.parts.clone();
        let swept = sweep::run::<Swept>(Self::NAME, parts, config.sweep_every, config.orphan_age);
        let stones = Tombstones::new(app.desk.parts.database.clone(), DOMAIN);
        let holder = Holder::new(app.desk.parts.clone(), Contacts);
        let mixed = MixedComplaintServiceServer::new(grpc::MixedComplaints { app: app.clone() });
        Ok(Answers::new()
            .answer(stones.before(RoutingServiceServer::new(grpc::Routing { app: app.clone() })))
            .answer(stones.before(mixed))
            .answer(stones.before(MemberLetterServiceServer::new(grpc::MemberLetters { app: app.clone() })))
            .answer(stones.before(PaperServiceServer::new(grpc::Papers { app: app.clone() })))
            .journal_seen_by(Arc::new(Visible::new(app.desk.parts.database.clone())))
            .follow("complaints", Complaints { app: app.clone() })
            .follow("records-retention", holder.clone())
            .replays({
                let holder = holder.clone();
                move |erased| holder.replay(erased)
            })
            .background("disposal", holder.run())
            .figures("clocks", open::MEASURES, config.look_every, open::of(app.clone()))
            .background("sweep", swept)
            .background("reactor", reactor::run(app, config.look_every)))
    }
}
