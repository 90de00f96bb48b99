-- Everything personal and everything that people wrote, sealed under the data key of its case or person. It stands apart, so that
-- the other tables, and every listing made of them, can be read without it, and destroyed without harm to them.
CREATE TABLE sealed (
    subject_id UUID NOT NULL,
    part TEXT NOT NULL,
    key_id UUID NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (subject_id, part)
);
