//! One SQL text on SQLite and PostgreSQL, blobs, keyring, sealed values.
