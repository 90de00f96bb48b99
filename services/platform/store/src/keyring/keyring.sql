-- A key that is destroyed keeps its row and loses what is in it, so that it is known to be destroyed.
CREATE TABLE data_keys (
    key_id UUID PRIMARY KEY,
    master BYTEA,
    wrapped BYTEA,
    CHECK ((master IS NULL) = (wrapped IS NULL))
);
