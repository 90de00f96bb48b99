-- Content that was destroyed, by a keyed digest that tells nothing of it: so that it is known again when it comes back.
CREATE TABLE gone_contents (
    organisation_id UUID NOT NULL,
    digest TEXT NOT NULL,
    record_id UUID NOT NULL,
    destroyed_on DATE NOT NULL,
    PRIMARY KEY (organisation_id, digest)
);

-- What those who watch are told of erasure requests: when the promised answer is due, and when somebody is to be reminded of it.
ALTER TABLE erasure_requests ADD COLUMN answer_by DATE;

ALTER TABLE erasure_requests ADD COLUMN remind_on DATE;

CREATE INDEX erasure_requests_answer_idx ON erasure_requests (answer_by, remind_on) WHERE answer_by IS NOT NULL;

-- Of anonymised sets: when somebody is to judge again whether they are anonymous.
ALTER TABLE records ADD COLUMN judge_on DATE;

CREATE INDEX records_judge_idx ON records (judge_on) WHERE judge_on IS NOT NULL;
