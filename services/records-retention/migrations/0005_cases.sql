-- What other services call a thing, and the record it belongs to: the contact with its letter and its mixed complaint, the examination.
CREATE TABLE record_subjects (
    subject_id UUID NOT NULL PRIMARY KEY,
    record_id UUID NOT NULL
);

-- Complaints, as far as what is open about them holds records: of their person, and of what came with them or followed from them. News of
-- one complaint comes from three services in any order, and meets in this row.
CREATE TABLE cases (
    complaint_id UUID NOT NULL PRIMARY KEY,
    state JSONB NOT NULL,
    revision BIGINT NOT NULL
);
