//! Databases, keys and documents.

use super::{Measure, MetricKind, Subject, Teller};

/// Pool connections in use.
pub(crate) const POOL: Measure = Measure::gauge(
    "redress_database_connections",
    "{connection}",
    Subject::Storage,
    "Connections to the database, by service, pool and state: in_use, idle, most.",
);

/// Documents whose bytes are gone.
pub const DOCUMENTS_MISSING: Measure = Measure::gauge(
    "redress_documents_missing",
    "{document}",
    Subject::Storage,
    "Documents whose bytes are not in the object store, by service, as the last sweep found it. Anything but 0 is lost data.",
)
.by_services();

/// Keys that rows name and the keyring does not have.
pub const KEYS_MISSING: Measure = Measure::gauge(
    "redress_keys_missing",
    "{key}",
    Subject::Storage,
    "Keys that rows name and the keyring never had, by service, as the last sweep found it. Anything but 0 is text that nobody \
     can read: the keyring is older than the data.",
)
.by_services();

/// How old the newest backup is.
pub(crate) const BACKUP_AGE: Measure = Measure::gauge(
    "redress_backup_age_seconds",
    "s",
    Subject::Storage,
    "Time since the newest whole backup of a service's database was begun, by service; where there is none, since the first thing \
     that would be lost. What came after it would be lost with the disk.",
);

/// Whether a service may be called.
pub(crate) const SERVICE_FROZEN: Measure = Measure::gauge(
    "redress_service_frozen",
    "1",
    Subject::Storage,
    "1 while a service answers nothing because its database was put back and what was erased since is not erased again, by service; \
     else 0.",
);

/// Objects that no document names.
pub const ORPHANS_REMOVED: Measure = Measure {
    name: "redress_documents_orphans_removed",
    scraped: "redress_documents_orphans_removed_total",
    kind: MetricKind::Counter,
    unit: "{object}",
    meaning: "Objects that no document names, left behind by interrupted uploads and removed, by service.",
    about: Subject::Storage,
    told_by: Teller::Service,
};
