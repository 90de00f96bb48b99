//! What a service is to the process that runs it.

mod app;
mod member;
mod parts;

use std::{error::Error, future::Future};

pub(crate) use app::{Answerer, Replay};
pub use app::{App, Background};
pub(crate) use member::Builder;
pub use member::Member;
pub use parts::Parts;

use crate::{config::Configuration, status::Domain};

/// Why a service could not be built.
pub type BuildFailure = Box<dyn Error + Send + Sync>;

/// A service of the suite: a value that a process, and a test, can build.
pub trait Service: Sized + Send + Sync + 'static {
    /// Its own settings; `()` when it has none.
    type Config: Configuration;

    /// Its name, which is also that of its database and its `serve` subcommand, such as `complaints`.
    const NAME: &'static str;

    /// The domain of its answers, such as `complaints.redress`.
    const DOMAIN: Domain;

    /// The schema of its database, in order.
    const MIGRATIONS: &'static [redress_store::migration::List];

    /// Builds it from its settings and the parts that the chassis has made. Does not start anything.
    fn build(config: Self::Config, parts: Parts) -> impl Future<Output = Result<App, BuildFailure>> + Send;
}
