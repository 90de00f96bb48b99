-- Complaints against both the provider and Jobcentre Plus.
CREATE TABLE mixed_complaints (
    mixed_complaint_id UUID NOT NULL PRIMARY KEY,
    contact_id UUID NOT NULL REFERENCES contacts (contact_id),
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    stage TEXT NOT NULL,
    received_on DATE NOT NULL,
    next_due_kind TEXT,
    next_due_on DATE,
    wake_on DATE,
    complaint_id UUID UNIQUE,
    texts JSONB NOT NULL,
    state JSONB NOT NULL,
    key_id UUID NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX mixed_complaints_wake_idx ON mixed_complaints (wake_on, mixed_complaint_id) WHERE wake_on IS NOT NULL;
