-- Erasure requests: the machine's state, and the day on which time moves it on. A person has one that is not refused at most.
CREATE TABLE erasure_requests (
    erasure_request_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    participant_id UUID NOT NULL,
    look_on DATE,
    standing TEXT NOT NULL,
    state JSONB NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX erasure_requests_participant_idx ON erasure_requests (participant_id);

CREATE INDEX erasure_requests_look_idx ON erasure_requests (look_on, erasure_request_id) WHERE look_on IS NOT NULL;

-- A request and a record that is registered at the same time meet here, as a case and a record meet in the person's row.
CREATE UNIQUE INDEX erasure_requests_one_idx ON erasure_requests (participant_id) WHERE standing <> 'REFUSED';
