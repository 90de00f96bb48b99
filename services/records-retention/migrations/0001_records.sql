-- Records: what is listed and swept in columns of its own, the machine's state beside it.
CREATE TABLE records (
    record_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    participant_id UUID,
    complaint_id UUID UNIQUE,
    class TEXT NOT NULL,
    reference TEXT,
    standing TEXT NOT NULL,
    due_from DATE,
    look_on DATE,
    state JSONB NOT NULL,
    key_id UUID,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (organisation_id, reference)
);

-- The day on which time does something to the record: a sweep costs what is due, not what is stored.
CREATE INDEX records_look_idx ON records (look_on, record_id) WHERE look_on IS NOT NULL;

-- What is due, the longest due first.
CREATE INDEX records_due_idx ON records (due_from, record_id) WHERE due_from IS NOT NULL;

CREATE INDEX records_contract_idx ON records (contract_id, record_id);

CREATE INDEX records_participant_idx ON records (participant_id) WHERE participant_id IS NOT NULL;

-- People, as far as open cases of theirs hold their records. A case that opens and a record that is registered meet in this row.
CREATE TABLE persons (
    participant_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    state JSONB NOT NULL,
    revision BIGINT NOT NULL
);

-- Contracts of which there was news, and how far their records have been counted again.
CREATE TABLE recounts (
    contract_id UUID NOT NULL PRIMARY KEY,
    news BIGINT NOT NULL
);
