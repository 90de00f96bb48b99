-- The provider's own issues and its proposals for change.
CREATE TABLE issues (
    issue_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL REFERENCES contracts (contract_id),
    organisation_id UUID NOT NULL REFERENCES organisations (organisation_id),
    title TEXT NOT NULL,
    state JSONB NOT NULL,
    key_id UUID NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX issues_contract_idx ON issues (contract_id, organisation_id, issue_id);

CREATE TABLE change_proposals (
    change_proposal_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL REFERENCES contracts (contract_id),
    organisation_id UUID NOT NULL REFERENCES organisations (organisation_id),
    title TEXT NOT NULL,
    decision_reference TEXT,
    state JSONB NOT NULL,
    key_id UUID NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX change_proposals_contract_idx ON change_proposals (contract_id, organisation_id, change_proposal_id);
