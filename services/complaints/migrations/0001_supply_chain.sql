-- Who works for whom. A contract and the chain under it are one aggregate: its links are in `state`.
CREATE TABLE organisations (
    organisation_id UUID NOT NULL PRIMARY KEY,
    recorded_by UUID NOT NULL,
    kind TEXT NOT NULL,
    display_name TEXT NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE contracts (
    contract_id UUID NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    state JSONB NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- Finds the contract of a link.
CREATE TABLE supply_chain_links (
    link_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL REFERENCES contracts (contract_id)
);

-- Who sees whose cases under a contract: `organisation_id` sees what `below_id` works, itself included. Rows are only ever
-- added, so that a subcontractor who leaves takes no history away and brings none along.
CREATE TABLE reach (
    organisation_id UUID NOT NULL,
    contract_id UUID NOT NULL REFERENCES contracts (contract_id),
    below_id UUID NOT NULL,
    PRIMARY KEY (organisation_id, contract_id, below_id)
);

CREATE INDEX reach_below_idx ON reach (below_id, contract_id, organisation_id);
