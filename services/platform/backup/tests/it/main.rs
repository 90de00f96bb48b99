//! Backups as the database knows them, on either engine; taking one and putting it back is rehearsed with the services.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod known;
