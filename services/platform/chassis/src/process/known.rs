//! Whom the process believes, and who it is to others.

use std::sync::{Arc, Mutex};

use redress_kernel::Clock;

use super::{StartFailure, Surroundings};
use crate::{
    auth::{Authenticator, Issuer, Trusted},
    config::{Auth, Config, KeySource},
    peers::{Identity, Issued, Known, Peers, TokenFile},
};

/// File of the development issuer's key in the data folder.
const DEVELOPMENT_KEY: &str = "development-issuer.key";

/// The issuers in this process.
pub(super) struct Identities {
    /// Known to this process alone: who its services are to each other.
    own: Arc<Issuer>,
    development: Option<Arc<Issuer>>,
}

impl Identities {
    pub(super) fn of(config: &Config) -> Result<Self, StartFailure> {
        let own = Arc::new(Issuer::passing().map_err(StartFailure::Issuer)?);
        let development = if config.auth.development {
            let path = config.storage.data.join(DEVELOPMENT_KEY);
            tracing::warn!("tokens of the development issuer are believed; never do so in production");
            Some(Arc::new(Issuer::open_or_make(&path).map_err(StartFailure::Issuer)?))
        } else {
            None
        };
        Ok(Self { own, development })
    }

    /// Verifies the tokens of callers.
    pub(super) fn authenticator(
        &self,
        auth: &Auth,
        surroundings: &Surroundings,
    ) -> Result<Authenticator, StartFailure> {
        let Auth { issuer, audience, keys, leeway, .. } = auth;
        let mut trusted = vec![self.own.trusted()];
        match keys {
            Some(KeySource::Jwks(path)) => {
                trusted.push(Trusted::jwks(issuer, path).map_err(StartFailure::Keys)?);
            }
            Some(KeySource::Pem { path, kid }) => {
                trusted.push(Trusted::pem(issuer, kid, path).map_err(StartFailure::Keys)?);
            }
            None => {}
        }
        trusted.extend(self.development.as_ref().map(|issuer| issuer.trusted()));
        Ok(Authenticator::new(trusted, audience.clone(), *leeway, surroundings.clock.clone()))
    }

    /// The peers as `service` asks them.
    pub(super) fn peers(
        &self,
        config: &Config,
        known: Arc<Known>,
        service: &'static str,
        clock: &Arc<dyn Clock>,
    ) -> Peers {
        let issued = |issuer: &Arc<Issuer>| {
            Identity::Issued(Issued {
                issuer: issuer.clone(),
                audience: config.auth.audience.clone(),
                service,
                clock: clock.clone(),
                held: Mutex::default(),
            })
        };
        let outside = match (&config.peers.token_file, &self.development) {
            (Some(path), _) => Identity::File(TokenFile::new(path)),
            (None, Some(development)) => issued(development),
            (None, None) => Identity::None,
        };
        Peers::new(known, issued(&self.own), outside)
    }
}
