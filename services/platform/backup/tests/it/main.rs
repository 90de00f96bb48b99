//! Backups as the database knows them, on either engine; taking one and putting it back is rehearsed with the services.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod known;
