CREATE TABLE things (
    thing_id UUID PRIMARY KEY,
    version BIGINT NOT NULL,
    at TIMESTAMPTZ,
    on_day DATE,
    yes BOOLEAN,
    words TEXT,
    bytes BYTEA,
    json JSONB
);

CREATE TABLE parts (
    part_id UUID PRIMARY KEY,
    thing_id UUID NOT NULL REFERENCES things (thing_id),
    stage TEXT NOT NULL CHECK (stage IN ('OPEN', 'CLOSED'))
);

-- append-only: entries, position set once
CREATE TABLE entries (
    entry_id UUID PRIMARY KEY,
    fact TEXT NOT NULL,
    position BIGINT UNIQUE
);
