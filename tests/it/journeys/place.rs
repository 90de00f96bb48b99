//! Where a journey takes place: a suite with a supply chain in it, and a clock.

use std::{fs, sync::Arc};

use complaints::Complaints;
use ice_liaison::IceLiaison;
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use redress_chassis::Member as Service;
use redress_kernel::Clock as _;
use redress_proto::{complaints::v1::Complaint, options::v1::Role};
use redress_testkit::{Backend, StillClock, Suite, wait};
use redress_tests::{
    chain::{Chain, Member, Programme},
    clerk::Clerk,
    day,
    identity::{AUDIENCE, ISSUER, Issuer},
    officer::Officer,
    postgres::{self, Pair},
    seed::Seed,
    server::{Launch, Server},
    sides::Sides,
};
use routing::Routing;
use tempfile::TempDir;
use tonic::transport::Channel;

/// A place to live a case in.
pub(super) struct Place {
    pub(super) chain: Chain,
    pub(super) channel: Channel,
    /// Where routing is called, which is the same unless it is a process of its own.
    routing: Channel,
    pub(super) seed: Seed,
    clock: Option<Arc<StillClock>>,
    ground: Ground,
    _folder: TempDir,
}

/// What the place stands on.
enum Ground {
    Process(Box<(Server, Pair)>),
    Apart(Box<Sides>),
    Here(Box<Suite>),
}

impl Place {
    /// In this process on SQLite, with a clock that only moves when told to.
    pub(super) async fn here(programme: Programme, seed: u64) -> Self {
        Self::on(Backend::Sqlite, programme, seed).await
    }

    /// The same on any database.
    pub(super) async fn on(backend: Backend, programme: Programme, seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let issuer = Issuer::new().unwrap();
        let keys = folder.path().join("issuer.jwks");
        fs::write(&keys, issuer.key_set().to_string()).unwrap();
        let members = [Service::of::<Complaints>(), Service::of::<Routing>(), Service::of::<IceLiaison>()];
        let suite = Suite::of(members)
            .on(backend)
            .with("auth.issuer", ISSUER)
            .with("auth.audience", AUDIENCE)
            .with("auth.jwks_file", keys.display())
            .with("complaints.look_every", "5ms")
            .with("routing.look_every", "5ms")
            .at("2026-06-15T09:00:00Z")
            .start()
            .await
            .unwrap();
        let (clock, told) = (Arc::clone(&suite.clock), Arc::clone(&suite.clock));
        let issuer = issuer.by(move || told.now().as_second().try_into().unwrap());
        let channel = suite.channel().await.unwrap();
        let mut seed = Seed::new(seed);
        let chain = Chain::set_up(&channel, &issuer, programme, &mut seed).await.unwrap();
        Self {
            chain,
            routing: channel.clone(),
            channel,
            seed,
            clock: Some(clock),
            ground: Ground::Here(Box::new(suite)),
            _folder: folder,
        }
    }

    /// As a process on PostgreSQL; `None` when there is none to test on.
    pub(super) async fn process(programme: Programme, name: &str, seed: u64) -> Option<Self> {
        let administrator = postgres::administrator()?;
        let folder = tempfile::tempdir().unwrap();
        let issuer = Issuer::new().unwrap();
        let pair = Pair::make(&administrator, name).await.unwrap();
        let server = Launch::postgres(folder.path(), &issuer, &pair).unwrap().start().await.unwrap();
        let channel = server.connect().await.unwrap();
        let mut seed = Seed::new(seed);
        let chain = Chain::set_up(&channel, &issuer, programme, &mut seed).await.unwrap();
        Some(Self {
            chain,
            routing: channel.clone(),
            channel,
            seed,
            clock: None,
            ground: Ground::Process(Box::new((server, pair))),
            _folder: folder,
        })
    }

    /// Complaints and routing as a process each, on a PostgreSQL database of its own; `None` as for one process.
    pub(super) async fn apart(programme: Programme, name: &str, seed: u64) -> Option<Self> {
        let administrator = postgres::administrator()?;
        let folder = tempfile::tempdir().unwrap();
        let issuer = Issuer::new().unwrap();
        let mut sides = Sides::postgres(folder.path(), &issuer, &administrator, name).await.unwrap();
        sides.up().await.unwrap();
        let channel = sides.complaints.server().unwrap().connect().await.unwrap();
        let routing = sides.routing.server().unwrap().connect().await.unwrap();
        let mut seed = Seed::new(seed);
        let chain = Chain::set_up(&channel, &issuer, programme, &mut seed).await.unwrap();
        Some(Self {
            chain,
            channel,
            routing,
            seed,
            clock: None,
            ground: Ground::Apart(Box::new(sides)),
            _folder: folder,
        })
    }

    /// Where everything is kept; only of a place in this process.
    pub(super) fn folder(&self) -> &std::path::Path {
        match &self.ground {
            Ground::Here(suite) => suite.folder(),
            Ground::Process(_) | Ground::Apart(_) => panic!("a process keeps its folder to itself"),
        }
    }

    /// What those who watch are told; only of a place in this process.
    pub(super) fn scrape(&self) -> String {
        match &self.ground {
            Ground::Here(suite) => suite.running().metrics().scrape(),
            Ground::Process(_) | Ground::Apart(_) => panic!("a process is asked over its own line"),
        }
    }

    /// Leaves, and takes away what was there.
    pub(super) async fn leave(self) {
        match self.ground {
            Ground::Here(suite) => suite.stop().await.unwrap(),
            Ground::Apart(sides) => sides.leave().await.unwrap(),
            Ground::Process(process) => {
                let (server, pair) = *process;
                assert!(server.stop().await.unwrap().success());
                pair.remove().await.unwrap();
            }
        }
    }

    /// Today in London.
    pub(super) fn today(&self) -> Date {
        match &self.clock {
            None => day::today(),
            Some(clock) => clock.now().to_zoned(TimeZone::get("Europe/London").unwrap()).date(),
        }
    }

    pub(super) fn days_ago(&self, days: i32) -> Date {
        self.today().checked_sub(days.days()).unwrap()
    }

    /// Moves the clock to nine in the morning of a later day.
    pub(super) fn wait_until(&self, day: Date) {
        let clock = self.clock.as_ref().expect("a place whose clock can be moved");
        let london = TimeZone::get("Europe/London").unwrap();
        let morning: Timestamp = day.at(9, 0, 0, 0).to_zoned(london).unwrap().timestamp();
        assert!(morning.duration_since(clock.now()) >= SignedDuration::ZERO, "time does not run backwards");
        clock.move_to(morning);
    }

    /// Someone of the chain, with a token of today.
    pub(super) fn officer(&mut self, member: Member, role: Role) -> Officer {
        let token = self.chain.people.token(member, role).unwrap();
        Officer::new(self.channel.clone(), token, self.seed.split())
    }

    /// Someone of the chain who takes contacts in, once routing knows the chain.
    pub(super) async fn clerk(&mut self, member: Member, role: Role) -> Clerk {
        let token = self.chain.people.token(member, role).unwrap();
        let mut clerk = Clerk::new(self.routing.clone(), token, self.seed.split());
        let known = clerk.until_known(&self.chain.contract, self.today());
        wait::ready("routing to know the chain", known).await.unwrap();
        clerk
    }

    /// A complaint of the participant, as it would be sent.
    pub(super) fn complaint(&mut self, received_on: Date) -> Complaint {
        self.chain.registration(received_on, &mut self.seed).complaint.unwrap()
    }

    pub(super) fn organisation(&self, member: Member) -> String {
        format!("organisations/{}", self.chain.people.organisation(member))
    }
}

/// The date of a message.
pub(super) fn date(civil: Option<redress_proto::r#type::v1::CivilDate>) -> Date {
    let civil = civil.expect("a date");
    Date::new(civil.year.try_into().unwrap(), civil.month.try_into().unwrap(), civil.day.try_into().unwrap())
        .unwrap()
}

/// Brings a complaint from registration to where every step of every stage is done, all on one day.
pub(super) async fn all_steps(officer: &mut Officer, name: &str, on: Date) {
    officer.acknowledge(name, on).await.unwrap();
    officer.assign(name, "handler-1", "").await.unwrap();
    for step in ["call-complainant", "investigate"] {
        officer.step(name, step, on, &[]).await.unwrap();
    }
    officer.respond(name, "We are sorry.", on).await.unwrap();
    officer.escalate(name, on).await.unwrap();
    officer.step(name, "review", on, &[]).await.unwrap();
}

/// Issues a final response that says what it must.
pub(super) async fn finish(officer: &mut Officer, name: &str, on: Date) -> Complaint {
    let must = officer.signposting(name, on).await.unwrap();
    let text = format!("We have looked at everything again.\n\n{}\n\n{}\n", must.text, must.window_advice);
    officer.finish(name, &text, on).await.unwrap()
}
