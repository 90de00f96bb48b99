-- Letters of elected members and peers.
CREATE TABLE member_letters (
    member_letter_id UUID NOT NULL PRIMARY KEY,
    contact_id UUID NOT NULL REFERENCES contacts (contact_id),
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    stage TEXT NOT NULL,
    standing TEXT NOT NULL,
    received_on DATE NOT NULL,
    next_due_kind TEXT,
    next_due_on DATE,
    wake_on DATE,
    title TEXT NOT NULL,
    office_reference TEXT,
    persons_complained_about JSONB NOT NULL,
    texts JSONB NOT NULL,
    state JSONB NOT NULL,
    key_id UUID NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX member_letters_wake_idx ON member_letters (wake_on, member_letter_id) WHERE wake_on IS NOT NULL;
