-- Contracts that told an earlier last day than the one from which their records are counted: those who watch are told of them.
ALTER TABLE promises ADD COLUMN withheld BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX promises_withheld_idx ON promises (contract_id) WHERE withheld;
