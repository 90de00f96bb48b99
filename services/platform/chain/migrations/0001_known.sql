-- Contracts as their owner's journal tells of them, each with every link there ever was under it.
CREATE TABLE known_contracts (
    contract_id UUID NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    state JSONB NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX known_contracts_reference_idx ON known_contracts (reference);

-- Who sees whose cases under a contract: `organisation_id` sees what `below_id` works, itself included. Rows are only ever
-- added, as they are where the chain is kept.
CREATE TABLE known_reach (
    organisation_id UUID NOT NULL,
    contract_id UUID NOT NULL,
    below_id UUID NOT NULL,
    PRIMARY KEY (organisation_id, contract_id, below_id)
);

CREATE INDEX known_reach_contract_idx ON known_reach (contract_id, below_id, organisation_id);
