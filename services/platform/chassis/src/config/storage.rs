//! Where state, keys and documents are kept.

use std::path::PathBuf;

use redress_store::secret::Secret;

use super::{Configuration, Settings};

/// Where a process keeps things. In each URL `{service}` stands for the service and `{data}` for the data folder, so
/// that one setting serves several services.
#[derive(Clone, Debug)]
pub struct Storage {
    /// Folder of everything that lies on local disk.
    pub data: PathBuf,
    /// URL of the database.
    pub database: String,
    /// Most connections to a PostgreSQL database.
    pub database_connections: u32,
    /// Whether a PostgreSQL role is taken that may do more than read and write rows; for trials and tests only.
    pub database_any_role: bool,
    /// URL of the database that keeps the keys, which must not be the one that keeps the data.
    pub keyring: String,
    /// Key that wraps all others, 32 bytes in base64. When it is not set, a local file serves, which only suits one machine.
    pub master_key: Option<Secret>,
    /// URL of the object store for documents.
    pub blobs: String,
}

const DATABASE: &str = "a URL that begins with sqlite: or postgres:";
const BLOBS: &str = "a URL that begins with file: or s3:";

impl Configuration for Storage {
    fn read(settings: &mut Settings) -> Self {
        let data = settings.section("data").path("folder", "data".as_ref());
        let mut section = settings.section("database");
        let database = url(&mut section, "sqlite:{data}/{service}.db", DATABASE, is_database);
        let database_connections = section.number("connections", 16, 2..=200);
        let database_any_role = section.flag("any_role", false);
        let mut section = settings.section("keyring");
        let keyring = url(&mut section, "sqlite:{data}/{service}-keys.db", DATABASE, is_database);
        let master_key = section.key("master_key");
        if keyring == database {
            section.mistake("url", "names the database of the data; accepted: a database of its own");
        }
        if master_key.is_none() && !database.starts_with("sqlite:") {
            section.mistake(
                "master_key",
                "is missing; accepted: 32 bytes in base64, always needed beside PostgreSQL",
            );
        }
        let blobs = url(&mut settings.section("blobs"), "file:{data}/{service}/blobs", BLOBS, |text| {
            text.starts_with("file:") || text.starts_with("s3:")
        });
        Self { data, database, database_connections, database_any_role, keyring, master_key, blobs }
    }
}

fn is_database(text: &str) -> bool {
    text.starts_with("sqlite:") || text.starts_with("postgres:") || text.starts_with("postgresql:")
}

/// Reads the `url` of a section. A URL may carry a password, so the shown form stops before it.
fn url(
    section: &mut super::Section<'_>,
    default: &str,
    accepted: &str,
    is_one: impl Fn(&str) -> bool,
) -> String {
    section.parsed(
        "url",
        default.to_owned(),
        accepted,
        |url| without_password(url),
        |text| is_one(text).then(|| text.to_owned()),
    )
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        None => url.to_owned(),
        Some((login, host)) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:(hidden)@{host}")
        }
    }
}

/// Puts the service and the data folder into a URL of the configuration.
pub fn expand(url: &str, service: &str, data: &std::path::Path) -> String {
    url.replace("{service}", service).replace("{data}", &data.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let shown = without_password("postgres://redress:s3cr:et@db.example:5432/{service}?sslmode=require");
        assert_eq!(shown, "postgres://redress:(hidden)@db.example:5432/{service}?sslmode=require");
        assert_eq!(without_password("sqlite:data/x.db"), "sqlite:data/x.db");
    }
}
