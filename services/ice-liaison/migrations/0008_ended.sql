-- Complaints whose file ended: the row stays, blank, because examinations refer to it.
ALTER TABLE case_records ADD COLUMN ended BOOLEAN NOT NULL DEFAULT FALSE;
