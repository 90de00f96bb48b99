//! Databases on the PostgreSQL cluster that the tests are given.

use anyhow::Context as _;
use redress_store::scratch;

/// The URL of an administrator of the cluster; `None`, and a line that says so, when the tests were given none.
#[expect(clippy::disallowed_methods, reason = "what the tests are run with is not configuration of a server")]
pub fn administrator() -> Option<String> {
    let url = std::env::var("REDRESS_TEST_POSTGRES").ok();
    if url.is_none() {
        eprintln!("REDRESS_TEST_POSTGRES is not set: not tested on PostgreSQL");
    }
    url
}

/// The databases of one server: one for the data, one for the keys.
#[derive(Clone, Debug)]
pub struct Pair {
    /// URL of the data.
    pub database: String,
    /// URL of the keys.
    pub keyring: String,
    administrator: String,
    names: [String; 2],
}

impl Pair {
    /// Makes them, afresh when they are there already; `name` is unique in the run.
    pub async fn make(administrator: &str, name: &str) -> anyhow::Result<Self> {
        let names = [name.to_owned(), format!("{name}_keys")];
        let mut urls = Vec::new();
        for name in &names {
            scratch::remove(administrator, name).await.context("remove")?;
            urls.push(scratch::create(administrator, name).await.context("create")?);
        }
        let [database, keyring] = urls.try_into().ok().context("two databases")?;
        Ok(Self { database, keyring, administrator: administrator.to_owned(), names })
    }

    /// Takes them away again.
    pub async fn remove(self) -> anyhow::Result<()> {
        for name in &self.names {
            scratch::remove(&self.administrator, name).await?;
        }
        Ok(())
    }
}
