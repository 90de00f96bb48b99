-- What upheld complaints cost. One charge for a case: the database itself refuses another.
CREATE TABLE charges (
    charge_id UUID NOT NULL PRIMARY KEY,
    examination_id UUID NOT NULL UNIQUE REFERENCES examinations (examination_id),
    complaint_id UUID NOT NULL UNIQUE,
    contract_id UUID NOT NULL,
    liable_id UUID NOT NULL,
    state JSONB NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX charges_liable_idx ON charges (contract_id, liable_id, charge_id);

-- The recovery ledger: double entry in pence. Each posting has one line that debits and one that credits.
-- append-only: ledger_postings
CREATE TABLE ledger_postings (
    posting_id UUID NOT NULL PRIMARY KEY,
    charge_id UUID NOT NULL REFERENCES charges (charge_id),
    contract_id UUID NOT NULL,
    liable_id UUID NOT NULL,
    kind TEXT NOT NULL,
    posted_on DATE NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);

-- A charge is posted once and reversed at most once.
CREATE UNIQUE INDEX ledger_postings_once_idx ON ledger_postings (charge_id, kind) WHERE kind <> 'PAYMENT';

CREATE INDEX ledger_postings_liable_idx ON ledger_postings (liable_id, posted_on, posting_id);

-- append-only: ledger_lines
CREATE TABLE ledger_lines (
    posting_id UUID NOT NULL REFERENCES ledger_postings (posting_id),
    account TEXT NOT NULL,
    contract_id UUID NOT NULL,
    liable_id UUID NOT NULL,
    pence BIGINT NOT NULL,
    PRIMARY KEY (posting_id, account)
);

CREATE INDEX ledger_lines_account_idx ON ledger_lines (contract_id, liable_id, account);

-- Closed years stay closed.
-- append-only: ledger_years
CREATE TABLE ledger_years (
    year BIGINT NOT NULL PRIMARY KEY,
    closed_on DATE NOT NULL
);
