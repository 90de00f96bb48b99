-- What was ordered erased here, written in the transaction that took it out of the tables: whoever reads the ledger can tell
-- whether this database knows of an erasure.
CREATE TABLE erasures (
    record_id UUID NOT NULL PRIMARY KEY
);

-- How far the ledger went when the last erasure was finished here. One row.
CREATE TABLE erasure_ledger (
    ledger_id BIGINT NOT NULL PRIMARY KEY CHECK (ledger_id = 1),
    number BIGINT NOT NULL,
    head BYTEA NOT NULL
);
