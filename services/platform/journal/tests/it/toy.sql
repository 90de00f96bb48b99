CREATE TABLE things (
    thing_id UUID NOT NULL PRIMARY KEY,
    total BIGINT NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
