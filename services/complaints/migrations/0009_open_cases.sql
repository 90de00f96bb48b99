-- Counts what is under way, by kind and day of the next clock, without reading a case.
CREATE INDEX complaints_open_idx ON complaints (next_due_on, next_due_kind, stage, organisation_id, contract_id) WHERE next_due_on IS NOT NULL;
