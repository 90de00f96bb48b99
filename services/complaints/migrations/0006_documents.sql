-- Documents: the row comes after the bytes are durable, so that a row without bytes is an alarm and bytes without a row are swept up.
CREATE TABLE documents (
    document_id UUID NOT NULL PRIMARY KEY,
    parent_kind TEXT NOT NULL,
    parent_id UUID NOT NULL,
    contract_id UUID NOT NULL,
    kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    blob BYTEA NOT NULL,
    key_id UUID NOT NULL,
    uploader_organisation_id UUID NOT NULL,
    uploader TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX documents_parent_idx ON documents (parent_id, document_id);

-- Tells which objects of the store are known.
CREATE UNIQUE INDEX documents_blob_idx ON documents (blob);
