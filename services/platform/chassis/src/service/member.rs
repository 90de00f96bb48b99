//! A service with its type forgotten, so that one process can hold several.

use std::{fmt, future::Future, pin::Pin};

use super::{App, BuildFailure, Parts, Service};
use crate::{
    config::{Configuration as _, Settings},
    status::Domain,
};

type Building = Pin<Box<dyn Future<Output = Result<App, BuildFailure>> + Send>>;
/// Builds a service whose settings have been read.
pub(crate) type Builder = Box<dyn FnOnce(Parts) -> Building + Send>;

/// One service of a process.
#[derive(Clone, Copy)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// The domain of its answers.
    pub domain: Domain,
    pub(crate) migrations: &'static [redress_store::migration::List],
    pub(crate) configure: fn(&mut Settings) -> Builder,
}

impl Member {
    /// The service `S`.
    pub const fn of<S: Service>() -> Self {
        Self { name: S::NAME, domain: S::DOMAIN, migrations: S::MIGRATIONS, configure: configure::<S> }
    }
}

fn configure<S: Service>(settings: &mut Settings) -> Builder {
    let config = S::Config::read(settings);
    Box::new(move |parts| Box::pin(S::build(config, parts)))
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Member").field(&self.name).finish()
    }
}
