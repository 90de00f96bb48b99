//! A source in this process or another one.

use redress_journal::{
    feed::Page,
    subscription::{LocalSource, Source, SourceFault},
};

use super::RemoteSource;

/// A source in this process or another one.
pub(crate) enum AnySource {
    Local(LocalSource),
    Remote(Box<RemoteSource>),
}

impl Source for AnySource {
    fn name(&self) -> &str {
        match self {
            Self::Local(source) => source.name(),
            Self::Remote(source) => source.name(),
        }
    }

    async fn read(&self, after: i64, limit: usize) -> Result<Page, SourceFault> {
        match self {
            Self::Local(source) => source.read(after, limit).await,
            Self::Remote(source) => source.read(after, limit).await,
        }
    }

    async fn wait(&self, after: i64) {
        match self {
            Self::Local(source) => source.wait(after).await,
            Self::Remote(source) => source.wait(after).await,
        }
    }
}
