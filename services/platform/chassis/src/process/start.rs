//! From settings to a process that takes calls.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use redress_kernel::Ids;
use redress_store::Db;
use tokio::{net::TcpListener, sync::mpsc};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    Readiness, Running, Settled, Surroundings,
    assemble::{Assembly, assemble},
    guidance::GuidanceFailure,
    health::Health,
    known::Identities,
    stand::StandFailure,
    work::{Failures, Handles},
};
use crate::{
    admin::Operators,
    auth::{BadKeys, Unusable},
    config::Config,
    contract::contract,
    edge::{Edge, Fittings, Routes},
    listener::{self, Gatekeeper},
    service::{Answerer, App, BuildFailure},
    tasks::Tasks,
    telemetry::{Instruments, Metrics, figures},
};

/// Accepted connections that wait for the server.
const WAITING_CONNECTIONS: usize = 64;

/// Why a process did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartFailure {
    /// The contract asks for what cannot be enforced.
    #[error("the contract cannot be enforced: {0}")]
    Contract(String),
    /// A service lacks its foundations.
    #[error(transparent)]
    Stand(#[from] StandFailure),
    /// The policy packs, calendars or texts cannot be used.
    #[error(transparent)]
    Guidance(#[from] GuidanceFailure),
    /// The keys of the identity provider cannot be used.
    #[error("the keys of the identity provider cannot be used")]
    Keys(#[source] BadKeys),
    /// The development issuer cannot be used.
    #[error("the development issuer cannot be used")]
    Issuer(#[source] Unusable),
    /// The other services of the suite cannot be asked with these settings.
    #[error("{0}")]
    Peers(String),
    /// A service could not be built.
    #[error("{service} could not be built")]
    Build {
        /// Which.
        service: &'static str,
        /// Why.
        #[source]
        source: BuildFailure,
    },
    /// Two services answer the same rpcs on one listener.
    #[error("{0}")]
    Taken(String),
    /// An address cannot be listened on.
    #[error("{address} cannot be listened on")]
    Bind {
        /// Which.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The listener cannot be set up.
    #[error("the listener cannot be set up: {0}")]
    Listener(String),
    /// Telemetry cannot be set up.
    #[error("telemetry cannot be set up: {0}")]
    Telemetry(String),
}

/// Builds and starts a process; when this returns, it takes calls.
pub async fn start(settled: Settled, surroundings: Surroundings) -> Result<Running, StartFailure> {
    let Settled { config, members, .. } = settled;
    let services = members.iter().map(|(member, _)| member.name).collect();
    let contract = contract().map_err(|invalid| StartFailure::Contract(invalid.to_string()))?;
    let metrics = Metrics::new().map_err(|error| StartFailure::Telemetry(error.to_string()))?;
    let (tasks, readiness, failures) = (Tasks::new(), Readiness::default(), Failures::default());
    let identities = Identities::of(&config)?;
    let authenticator = identities.authenticator(&config.auth, &surroundings)?;
    let Assembly { inside, answerers, gates, backgrounds, replays, databases, figures: sources, sequencers } =
        assemble(&config, members, &identities, &surroundings, &tasks, &metrics).await?;

    let names: Vec<&'static str> = answerers.iter().map(|mounted| mounted.name).collect();
    let (reporter, plain) = plain_answerers(&config, &names)?;
    let instruments = Arc::new(Instruments::new(&metrics.meter()));
    let (draining, calls) = (CancellationToken::new(), TaskTracker::new());
    let edge = Edge::new(Fittings {
        services,
        routes: Routes::new(contract, answerers, plain)
            .map_err(|taken| StartFailure::Taken(taken.to_string()))?,
        schema: &contract.schema,
        authenticator,
        limits: config.limits.clone(),
        instruments: instruments.clone(),
        ids: surroundings.ids.clone(),
        draining: draining.clone(),
        calls: calls.clone(),
    });

    // It is set once, here.
    let _ = inside.set(edge.downgrade());

    let (listener, address) = bind(config.listen.address).await?;
    let (admin_listener, admin_address) = bind(config.admin.address).await?;
    let (accepted, connections) = mpsc::channel(WAITING_CONNECTIONS);
    let (accepting, ending) = (CancellationToken::new(), CancellationToken::new());
    let age = jittered(config.limits.connection_age, surroundings.ids.as_ref());
    let tls = config.listen.tls.as_ref();
    let stop = draining.clone().cancelled_owned();
    let server = listener::serve(edge, &config.limits, tls, age, connections, stop)
        .map_err(|unusable| StartFailure::Listener(unusable.to_string()))?;

    let clock = surroundings.clock.clone();
    metrics.watch_process(calls.clone(), tasks.clone(), readiness.clone(), clock.now());
    metrics.watch_databases(databases.iter().map(|(name, database, _)| (*name, database.clone())).collect());
    figures::watch(&metrics.meter(), &tasks, &surroundings.clock, sources).await;
    let services = databases.iter().map(|(name, ..)| *name).collect();
    let health = Health::new(readiness.clone(), reporter, &names);
    for (service, database, keys) in &databases {
        health.watch_room(&tasks, service, database.clone());
        health.watch_room(&tasks, service, keys.clone());
    }
    let databases: Vec<(Db, Db)> =
        databases.into_iter().map(|(_, database, keys)| (database, keys)).collect();
    failures.watch(&tasks, backgrounds, &databases);
    let gate = Gatekeeper::new(&config.limits, instruments).run(listener, accepted, accepting.clone());
    let operators = Operators::new(metrics.clone(), readiness.clone(), services, &tasks, clock);
    let operators = operators.serve(admin_listener, ending.clone().cancelled_owned());
    let handles = Handles::spawn(&failures, server, gate, operators, sequencers, (&draining, &ending));
    if gates.iter().all(|(_, gate)| gate.is_open()) {
        health.begin().await;
    } else {
        health.tell().await;
        failures.replay(&tasks, replays);
        tasks.start(health.clone().begin_once_open(gates, tasks.stopping().clone()));
    }
    let limits = config.limits;
    Ok(Running {
        address,
        admin_address,
        metrics,
        tasks,
        failures,
        health,
        limits,
        accepting,
        draining,
        calls,
        ending,
        handles,
        databases,
    })
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartFailure> {
    let failed = |source| StartFailure::Bind { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

type Plain = Vec<(&'static str, Answerer)>;

/// Health, and reflection where it is wanted: what gRPC itself defines, without identity.
fn plain_answerers(
    config: &Config,
    names: &[&'static str],
) -> Result<(tonic_health::server::HealthReporter, Plain), StartFailure> {
    let (reporter, health) = tonic_health::server::health_reporter();
    let mut app = App::new().answer(health);
    if config.listen.reflection {
        let builder = || {
            let builder = tonic_reflection::server::Builder::configure()
                .register_encoded_file_descriptor_set(redress_proto::DESCRIPTORS)
                .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
                .with_service_name("grpc.health.v1.Health");
            names.iter().fold(builder, |builder, name| builder.with_service_name(*name))
        };
        let failed = |error: tonic_reflection::server::Error| StartFailure::Listener(error.to_string());
        app = app
            .answer(builder().build_v1().map_err(failed)?)
            .answer(builder().build_v1alpha().map_err(failed)?);
    }
    Ok((reporter, app.answerers))
}

/// The age of connections, a tenth more or less in each process, so that clients of many do not all come back at once.
fn jittered(age: Duration, ids: &dyn Ids) -> Duration {
    let byte = ids.next().as_bytes()[15];
    age.mul_f64(0.9 + f64::from(byte) / 255.0 * 0.2)
}
