-- What holds everything that is kept about a person stands with the person: the holds, until when one does, when one is to be looked at again, and how
-- many things have happened to them. In `state` stands what was open while each record was held for itself.
ALTER TABLE persons ADD COLUMN held JSONB NOT NULL DEFAULT '{"holds": []}';

ALTER TABLE persons ADD COLUMN held_until DATE;

ALTER TABLE persons ADD COLUMN review_on DATE;

ALTER TABLE persons ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

CREATE INDEX persons_review_idx ON persons (review_on) WHERE review_on IS NOT NULL;
