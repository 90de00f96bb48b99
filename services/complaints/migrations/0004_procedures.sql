-- Versions of the procedures of providers; a version never changes but for the reviews in its state.
CREATE TABLE procedures (
    procedure_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL REFERENCES contracts (contract_id),
    organisation_id UUID NOT NULL REFERENCES organisations (organisation_id),
    series_version BIGINT NOT NULL,
    effective_on DATE NOT NULL,
    state JSONB NOT NULL,
    titles JSONB NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (contract_id, organisation_id, series_version)
);
