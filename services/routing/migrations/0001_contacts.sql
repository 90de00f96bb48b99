-- Contacts: what is listed and searched in columns of its own, the state beside it. What was said and by whom is sealed.
CREATE TABLE contacts (
    contact_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL,
    recorded_by_id UUID NOT NULL,
    reference TEXT,
    participant_reference TEXT,
    fingerprint BYTEA NOT NULL,
    writer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    stage TEXT NOT NULL,
    fate TEXT,
    received_on DATE NOT NULL,
    complaint_id UUID UNIQUE,
    persons_complained_about JSONB NOT NULL,
    state JSONB NOT NULL,
    key_id UUID NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    UNIQUE (recorded_by_id, reference)
);

-- One row for each organisation that may see a contact, a mixed complaint or a letter, with what its lists are filtered by, so that
-- a page of a list is one stretch of one index however many there are.
CREATE TABLE parties (
    thing_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    kind TEXT NOT NULL,
    contract_id UUID NOT NULL,
    stage TEXT NOT NULL,
    outcome TEXT,
    PRIMARY KEY (thing_id, organisation_id)
);

CREATE INDEX parties_newest_idx ON parties (organisation_id, kind, thing_id);

CREATE INDEX parties_stage_idx ON parties (organisation_id, kind, stage, thing_id);

CREATE INDEX parties_contract_idx ON parties (organisation_id, kind, contract_id, thing_id);
