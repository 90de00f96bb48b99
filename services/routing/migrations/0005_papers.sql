-- Papers of contacts: the row comes after the bytes are durable, so that a row without bytes is an alarm and bytes without a row are
-- swept up.
CREATE TABLE papers (
    paper_id UUID NOT NULL PRIMARY KEY,
    contact_id UUID NOT NULL,
    contract_id UUID NOT NULL,
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

CREATE INDEX papers_contact_idx ON papers (contact_id, paper_id);

-- Tells which objects of the store are known.
CREATE UNIQUE INDEX papers_blob_idx ON papers (blob);
