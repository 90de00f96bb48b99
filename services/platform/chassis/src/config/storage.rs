//! Where state, keys and documents are kept.

use std::{fmt::Write as _, path::PathBuf};

use redress_store::secret::Secret;

use super::{Configuration, Secret as Password, Settings};

/// Where a process keeps things. In each URL `{service}` stands for the service and `{data}` for the data folder, so
/// that one setting serves several services.
#[derive(Clone, Debug)]
pub struct Storage {
    /// Folder of everything that lies on local disk.
    pub data: PathBuf,
    /// URL of the database.
    pub database: String,
    /// Password of the role in it.
    pub database_password: Option<Password>,
    /// Most connections to a PostgreSQL database.
    pub database_connections: u32,
    /// Whether a PostgreSQL role is taken that may do more than read and write rows; for trials and tests only.
    pub database_any_role: bool,
    /// URL of the database that keeps the keys, which must not be the one that keeps the data.
    pub keyring: String,
    /// Password of the role in it.
    pub keyring_password: Option<Password>,
    /// Key that wraps all others, 32 bytes in base64. When it is not set, a local file serves, which only suits one machine.
    pub master_key: Option<Secret>,
    /// URL of the object store for documents.
    pub blobs: String,
    /// File of the erasure ledger: on a volume of its own, which no backup of a database contains.
    pub ledger: String,
}

const DATABASE: &str = "a URL that begins with sqlite: or postgres:";
const BLOBS: &str = "a URL that begins with file:, or s3://bucket/{service} (each service keeps its own)";

impl Configuration for Storage {
    fn read(settings: &mut Settings) -> Self {
        let data = settings.section("data").path("folder", "data".as_ref());
        let mut section = settings.section("database");
        let database = url(&mut section, "sqlite:{data}/{service}.db", DATABASE, is_database);
        let database_password = password(&mut section, &database);
        let database_connections = section.number("connections", 16, 2..=200);
        let database_any_role = section.flag("any_role", false);
        let mut section = settings.section("keyring");
        let keyring = url(&mut section, "sqlite:{data}/{service}-keys.db", DATABASE, is_database);
        let keyring_password = password(&mut section, &keyring);
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
            text.starts_with("file:") || (text.starts_with("s3:") && text.contains("{service}"))
        });
        let ledger = settings.section("ledger").text("file", "{data}/ledger/{service}.jsonl");
        Self {
            data,
            database,
            database_password,
            database_connections,
            database_any_role,
            keyring,
            keyring_password,
            master_key,
            blobs,
            ledger,
        }
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

/// The password of the role that a section's URL names, in a setting of its own: the URL may stand in a file that many read,
/// the password in one that few do.
fn password(section: &mut super::Section<'_>, url: &str) -> Option<Password> {
    let password = section.secret("password")?;
    match url.split_once("://").and_then(|(_, rest)| rest.split_once('@')) {
        Some((user, _)) if !user.contains(':') => Some(password),
        Some(_) => {
            section.mistake("password", "is set, and so is one in the URL; accepted: one of the two");
            None
        }
        None => {
            section.mistake(
                "password",
                "is set for a URL without a role; accepted: postgres://role@host/database",
            );
            None
        }
    }
}

/// A URL with the password of its role.
pub(crate) fn complete(url: &str, password: Option<&Password>) -> String {
    match (password, url.split_once('@')) {
        (Some(password), Some((role, host))) => format!("{role}:{}@{host}", encoded(password)),
        (None, _) | (_, None) => url.to_owned(),
    }
}

/// A password as it may stand in a URL.
fn encoded(password: &Password) -> String {
    let mut text = String::new();
    for byte in password.reveal().bytes() {
        if byte.is_ascii_alphanumeric() {
            text.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
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
    fn a_password_of_any_letters_stands_in_a_url() {
        let password = Password::new("s3:c/r@t ü");
        let url = complete("postgres://complaints@db:5432/complaints", Some(&password));
        assert_eq!(url, "postgres://complaints:s3%3Ac%2Fr%40t%20%C3%BC@db:5432/complaints");
    }

    #[test]
    fn a_password_is_never_shown() {
        let shown = without_password("postgres://redress:s3cr:et@db.example:5432/{service}?sslmode=require");
        assert_eq!(shown, "postgres://redress:(hidden)@db.example:5432/{service}?sslmode=require");
        assert_eq!(without_password("sqlite:data/x.db"), "sqlite:data/x.db");
    }
}
