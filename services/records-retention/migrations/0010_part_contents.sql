-- What was laid by with a record as bytes: the row comes after the bytes are durable, so that a row without bytes is an alarm and bytes
-- without a row are swept up. What else is known of it stands in the state of its record, the name of its file under seal.
CREATE TABLE part_contents (
    part_id UUID NOT NULL PRIMARY KEY,
    record_id UUID NOT NULL,
    stage TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    blob BYTEA NOT NULL,
    key_id UUID NOT NULL
);

-- Tells which objects of the store are known.
CREATE UNIQUE INDEX part_contents_blob_idx ON part_contents (blob);
