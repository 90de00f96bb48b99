//! Builds the services of a process, each on its own foundations.

use std::sync::Arc;

use aws_lc_rs::hmac;
use redress_journal::{Log, Sequencer};
use redress_store::Db;

use super::{
    StartFailure, Surroundings, following, guidance, known::Identities, lapse::lapsing, restored,
    stand::stand,
};
use crate::{
    config::Config,
    edge::Mounted,
    gate::{Gate, Standing},
    grpc::{self, subscription::Followed},
    peers::{Inside, Known},
    service::{Answerer, App, Background, Builder, Member, Parts},
    tasks::Tasks,
    telemetry::{Metrics, Source, backup, calendars, journal, subscription},
};

/// Everything that was built, not yet started.
#[derive(Default)]
pub(super) struct Assembly {
    /// Where the services ask each other, once the edge is there.
    pub(super) inside: Inside,
    /// Who answers which gRPC service.
    pub(super) answerers: Vec<Mounted>,
    /// Whether each service may be called.
    pub(super) gates: Vec<(&'static str, Gate)>,
    pub(super) backgrounds: Vec<(&'static str, Background)>,
    /// Of restored services, what has to be done before they may be called.
    pub(super) replays: Vec<Background>,
    /// Of each service, its database and that of its keys.
    pub(super) databases: Vec<(&'static str, Db, Db)>,
    pub(super) figures: Vec<Source>,
    pub(super) sequencers: Vec<Sequencer>,
}

/// Builds every member, and what all of them answer the same way.
pub(super) async fn assemble(
    config: &Config,
    members: Vec<(Member, Builder)>,
    identities: &Identities,
    surroundings: &Surroundings,
    tasks: &Tasks,
    metrics: &Metrics,
) -> Result<Assembly, StartFailure> {
    let library = Arc::new(guidance::library(config.policy.texts.as_deref())?);
    let calendars = Arc::new(guidance::calendars(&config.calendars())?);
    let (mut assembly, mut journals, mut standings) = (Assembly::default(), Vec::new(), Vec::new());
    let names = members.iter().map(|(member, _)| member.name).collect();
    let known = Known::new(&config.peers, names, assembly.inside.clone());
    let known = Arc::new(known.map_err(|unspeakable| StartFailure::Peers(unspeakable.to_string()))?);
    let (mut followed, mut follows, mut first_key) = (Vec::new(), Vec::new(), None);
    for (member, build) in members {
        let service = member.name;
        let stand = stand(config, &member, surroundings).await?;
        let parts = Parts {
            database: stand.database.clone(),
            keyring: stand.keyring,
            blobs: stand.blobs,
            log: stand.log.clone(),
            signer: stand.signer,
            ledger: stand.ledger,
            backups_kept: config.backup.keep,
            gate: stand.judged.gate.clone(),
            hint: stand.hint,
            library: library.clone(),
            calendars: calendars.clone(),
            clock: surroundings.clock.clone(),
            ids: surroundings.ids.clone(),
            tasks: tasks.clone(),
            peers: identities.peers(config, known.clone(), service, &surroundings.clock),
            pages: Arc::new(stand.pages),
            meter: metrics.meter(),
        };
        followed.push(Followed::new(service, parts.clone()));
        let (gate, shared) = (stand.judged.gate.clone(), parts.clone());
        let app = build(parts).await.map_err(|source| StartFailure::Build { service, source })?;
        let digest_key = hmac::Key::new(hmac::HMAC_SHA256, &stand.digest_key);
        assembly.answerers.extend(mounted(app.answerers, &digest_key, &gate));
        first_key.get_or_insert(digest_key);
        // What a service does of its own accord it does not do before it may be called.
        let works = app.background.into_iter().map(|(name, work)| (name, behind(&gate, tasks, work)));
        assembly.backgrounds.extend(works);
        let lapsing = lapsing(
            service,
            stand.database.clone(),
            config.journal.answers_kept,
            surroundings.clock.clone(),
            &metrics.meter(),
            tasks.stopping().clone(),
        );
        assembly.backgrounds.push(("the forgetting of answers", behind(&gate, tasks, lapsing)));
        if gate.standing() == Standing::Replaying {
            assembly.replays.push(restored::replay(service, shared, stand.judged, app.replay));
        }
        assembly.gates.push((service, gate));
        follows.push(app.follows);
        let figures = app.figures.into_iter().map(|figures| figures.of(service));
        assembly.figures.extend(figures);
        assembly.figures.push(journal::source(service, stand.log.clone(), surroundings.clock.clone()));
        assembly.figures.push(backup::source(service, stand.database.clone(), surroundings.clock.clone()));
        standings.push((service, stand.sequencer.standing()));
        assembly.databases.push((service, stand.database, stand.keys));
        assembly.sequencers.push(stand.sequencer);
        journals.push(grpc::journal::Journal { service, log: stand.log, visibility: app.visibility });
    }
    journal::tell_standing(&metrics.meter(), standings);
    backup::tell_gates(&metrics.meter(), assembly.gates.clone());
    calendars::tell(&metrics.meter(), calendars.clone(), surroundings.clock.clone());
    let logs: Vec<(&'static str, Log)> =
        journals.iter().map(|journal| (journal.service, journal.log.clone())).collect();
    let delay = subscription::delay(&metrics.meter());
    for (followed, follows) in followed.iter_mut().zip(follows) {
        for follow in follows {
            let (service, source) = (followed.service, follow.source);
            let begun =
                following::begin(service, follow, followed.parts(), &logs, surroundings, tasks, &delay);
            if let Some((run, progress)) = begun {
                followed.running.push((source, progress));
                assembly
                    .backgrounds
                    .push(("a subscription", behind(&followed.parts().gate.clone(), tasks, run)));
            }
        }
    }
    for followed in followed.iter().filter(|followed| !followed.running.is_empty()) {
        assembly.figures.push(followed.figures());
    }
    let shared = grpc::policy::answer(App::new(), library, calendars, surroundings.clock.clone());
    let shared = grpc::journal::answer(shared, journals);
    let shared = grpc::subscription::answer(shared, followed.into());
    // What is the same for all has one key for its digests, which must be the same after a restart.
    let key = first_key.unwrap_or_else(|| hmac::Key::new(hmac::HMAC_SHA256, &[0; 32]));
    assembly.answerers.extend(mounted(shared.answerers, &key, &Gate::new(Standing::Open)));
    Ok(assembly)
}

fn mounted(
    answerers: Vec<(&'static str, Answerer)>,
    key: &hmac::Key,
    gate: &Gate,
) -> impl Iterator<Item = Mounted> {
    answerers.into_iter().map(|(name, answerer)| Mounted {
        name,
        answerer,
        digest_key: key.clone(),
        gate: gate.clone(),
    })
}

/// `work` from when the service may be called; nothing where the process stops before.
fn behind(gate: &Gate, tasks: &Tasks, work: Background) -> Background {
    let (gate, stopping) = (gate.clone(), tasks.stopping().clone());
    Box::pin(async move {
        tokio::select! {
            () = gate.opened() => work.await,
            () = stopping.cancelled() => Ok(()),
        }
    })
}
