-- Orders to destroy that were taken: what was there is out of the tables already, and its keys and objects are still to be destroyed.
CREATE TABLE disposal_orders (
    record_id UUID NOT NULL PRIMARY KEY,
    done BOOLEAN NOT NULL,
    state JSONB NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX disposal_orders_open_idx ON disposal_orders (record_id) WHERE done = FALSE;

-- What is left of what was here, for those who could see it: a name, a record, a rule and days.
CREATE TABLE tombstones (
    subject_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    record_id UUID NOT NULL,
    disposal_id UUID NOT NULL,
    rule TEXT NOT NULL,
    due_on DATE NOT NULL,
    ordered_on DATE NOT NULL,
    PRIMARY KEY (subject_id, organisation_id)
);
