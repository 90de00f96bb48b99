-- Complaints: what is listed and searched in columns of its own, the machine's state beside it.
CREATE TABLE complaints (
    complaint_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL REFERENCES contracts (contract_id),
    participant_id UUID NOT NULL REFERENCES participants (participant_id),
    organisation_id UUID NOT NULL REFERENCES organisations (organisation_id),
    case_reference TEXT NOT NULL UNIQUE,
    reference TEXT,
    fingerprint BYTEA NOT NULL,
    stage TEXT NOT NULL,
    stage_number BIGINT NOT NULL,
    received_on DATE NOT NULL,
    next_due_kind TEXT,
    next_due_on DATE,
    wake_on DATE,
    handler TEXT,
    persons_complained_about JSONB NOT NULL,
    state JSONB NOT NULL,
    key_id UUID NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    UNIQUE (reference, contract_id),
    UNIQUE (participant_id, fingerprint)
);

-- The day on which the reactor must look at the case again: a right opens, a limit passes, silence closes it.
CREATE INDEX complaints_wake_idx ON complaints (wake_on, complaint_id) WHERE wake_on IS NOT NULL;

-- One row for each organisation that may see a complaint, with what its lists are filtered and ordered by, so that a page
-- of a list is one stretch of one index however many complaints there are.
CREATE TABLE complaint_parties (
    complaint_id UUID NOT NULL REFERENCES complaints (complaint_id),
    organisation_id UUID NOT NULL,
    contract_id UUID NOT NULL,
    worked_by_id UUID NOT NULL,
    stage TEXT NOT NULL,
    next_due_on DATE,
    PRIMARY KEY (complaint_id, organisation_id)
);

CREATE INDEX complaint_parties_newest_idx ON complaint_parties (organisation_id, complaint_id);

CREATE INDEX complaint_parties_stage_idx ON complaint_parties (organisation_id, stage, complaint_id);

CREATE INDEX complaint_parties_contract_idx ON complaint_parties (organisation_id, contract_id, complaint_id);

CREATE INDEX complaint_parties_due_idx ON complaint_parties (organisation_id, next_due_on, complaint_id) WHERE next_due_on IS NOT NULL;

CREATE INDEX complaint_parties_stage_due_idx ON complaint_parties (organisation_id, stage, next_due_on, complaint_id) WHERE next_due_on IS NOT NULL;

-- Finds the complaint of a letter. What the letter is, and whether it is out, is part of the complaint's state.
CREATE TABLE letters (
    letter_id UUID NOT NULL PRIMARY KEY,
    complaint_id UUID NOT NULL REFERENCES complaints (complaint_id)
);
