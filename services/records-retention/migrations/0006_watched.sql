-- What those who watch are told of records: until when something holds one, when a hold was to be looked at again, and whether any term is known.
ALTER TABLE records ADD COLUMN held_until DATE;

ALTER TABLE records ADD COLUMN review_on DATE;

ALTER TABLE records ADD COLUMN without_basis BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX records_review_idx ON records (review_on) WHERE review_on IS NOT NULL;

CREATE INDEX records_without_basis_idx ON records (record_id) WHERE without_basis;

-- Of disposals: where one stands, and since when.
ALTER TABLE disposals ADD COLUMN stage TEXT NOT NULL DEFAULT '';

ALTER TABLE disposals ADD COLUMN since DATE;

CREATE INDEX disposals_open_idx ON disposals (stage, since) WHERE stage IN ('PROPOSED', 'APPROVED', 'ORDERED', 'HALTED');
