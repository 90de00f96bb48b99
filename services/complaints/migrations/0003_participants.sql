-- People on a programme. What identifies them is sealed under a key of their own.
CREATE TABLE participants (
    participant_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL REFERENCES contracts (contract_id),
    organisation_id UUID NOT NULL REFERENCES organisations (organisation_id),
    reference TEXT NOT NULL,
    explained BOOLEAN NOT NULL,
    state JSONB NOT NULL,
    key_id UUID NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (contract_id, reference)
);

CREATE INDEX participants_organisation_idx ON participants (contract_id, organisation_id, participant_id);

CREATE INDEX participants_unexplained_idx ON participants (contract_id, organisation_id, explained, participant_id);
