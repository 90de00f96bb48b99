-- The bags that were built, so that the same bag again is the first. The checkpoint is public; nothing here is personal.
CREATE TABLE evidence_bags (
    bag_id UUID NOT NULL PRIMARY KEY,
    complaint_id UUID NOT NULL,
    digest TEXT NOT NULL,
    position BIGINT NOT NULL,
    checkpoint TEXT NOT NULL,
    built_at TIMESTAMPTZ NOT NULL,
    UNIQUE (complaint_id, digest)
);

CREATE INDEX evidence_bags_newest_idx ON evidence_bags (complaint_id, built_at);
