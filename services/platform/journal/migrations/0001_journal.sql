-- What happened, written in the transaction of the change itself. Never changed afterwards, also not by the sequencer,
-- which keeps its positions beside.
-- append-only: journal
CREATE TABLE journal (
    entry_id UUID NOT NULL PRIMARY KEY,
    stream_kind TEXT NOT NULL,
    stream_id UUID NOT NULL,
    stream_version BIGINT NOT NULL CHECK (stream_version > 0),
    entry_type TEXT NOT NULL,
    scope_id UUID,
    content BYTEA NOT NULL,
    traceparent TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    UNIQUE (stream_kind, stream_id, stream_version)
);

-- Entries that wait for their position. A row lives from its command's commit to the sequencer's.
CREATE TABLE journal_pending (
    entry_id UUID NOT NULL PRIMARY KEY,
    stream_kind TEXT NOT NULL,
    stream_id UUID NOT NULL,
    stream_version BIGINT NOT NULL,
    leaf BYTEA NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);

-- The order of the log: dense from 1.
-- append-only: journal_positions
CREATE TABLE journal_positions (
    position BIGINT NOT NULL PRIMARY KEY CHECK (position > 0),
    entry_id UUID NOT NULL UNIQUE,
    leaf BYTEA NOT NULL
);

-- The Merkle tree over the leaves in that order, cut into tiles of 256 hashes.
CREATE TABLE journal_tiles (
    level BIGINT NOT NULL,
    tile_index BIGINT NOT NULL,
    hashes BYTEA NOT NULL,
    PRIMARY KEY (level, tile_index)
);

-- Every head that was ever signed.
-- append-only: journal_checkpoints
CREATE TABLE journal_checkpoints (
    tree_size BIGINT NOT NULL PRIMARY KEY,
    root BYTEA NOT NULL,
    note TEXT NOT NULL,
    signed_at TIMESTAMPTZ NOT NULL
);

-- Which log this is, and which life of its database. One row. Its lock is the sequencers' turn: who holds it appends.
CREATE TABLE journal_log (
    log_id BIGINT NOT NULL PRIMARY KEY CHECK (log_id = 1),
    origin TEXT NOT NULL,
    epoch UUID NOT NULL,
    turn BIGINT NOT NULL,
    turn_of UUID
);

-- What was asked under which request id, and what was answered, so that a repetition has the same answer.
CREATE TABLE requests (
    caller_organisation UUID NOT NULL,
    request_id UUID NOT NULL,
    method TEXT NOT NULL,
    digests BYTEA NOT NULL,
    answer BYTEA NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (caller_organisation, request_id)
);

-- How far another service's feed has been acted on.
CREATE TABLE subscriptions (
    source TEXT NOT NULL PRIMARY KEY,
    epoch UUID,
    position BIGINT NOT NULL,
    trail BYTEA NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('FOLLOWING', 'QUARANTINED')),
    reason TEXT NOT NULL,
    moved_at TIMESTAMPTZ NOT NULL
);

-- Entries that could not be acted on, and those of their streams that wait behind them.
CREATE TABLE held_entries (
    source TEXT NOT NULL,
    position BIGINT NOT NULL,
    stream_kind TEXT NOT NULL,
    stream_id UUID NOT NULL,
    content BYTEA NOT NULL,
    traceparent TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at TIMESTAMPTZ,
    reason TEXT NOT NULL,
    held_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (source, position)
);

CREATE INDEX held_entries_stream_idx ON held_entries (source, stream_kind, stream_id, position);
