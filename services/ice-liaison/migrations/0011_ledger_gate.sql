-- The one row in which a posting and the closing of a year meet: otherwise a year that is open when it is posted into could be closed by another
-- process before that is committed, and a closed period would not stay closed.
CREATE TABLE ledger_gate (
    gate_id BIGINT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL
);
