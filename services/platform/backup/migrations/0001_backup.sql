-- Backups of this database: begun before its first byte was copied, finished when the manifest was signed.
CREATE TABLE backups (
    backup_id UUID NOT NULL PRIMARY KEY,
    begun_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    manifest BYTEA
);

CREATE INDEX backups_begun_idx ON backups (begun_at);

-- Restores that led to this database. One that is not lifted keeps the service from being called.
CREATE TABLE restores (
    restore_id UUID NOT NULL PRIMARY KEY,
    backup_id UUID NOT NULL,
    restored_at TIMESTAMPTZ NOT NULL,
    taken_at TIMESTAMPTZ NOT NULL,
    epoch_before UUID NOT NULL,
    log_size BIGINT NOT NULL,
    published_size BIGINT NOT NULL,
    lifted_at TIMESTAMPTZ
);
