-- Participants whose record ended: the row stays, blank, because complaints refer to it.
ALTER TABLE participants ADD COLUMN ended BOOLEAN NOT NULL DEFAULT FALSE;
