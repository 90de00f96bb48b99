-- Which contacts led to a complaint, and what else routing keeps about each: learned from its feed, so that an evidence bag finds all of it.
CREATE TABLE routed_complaints (
    complaint_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    PRIMARY KEY (complaint_id, contact_id)
);

CREATE TABLE routed_streams (
    contact_id UUID NOT NULL,
    stream_kind TEXT NOT NULL,
    stream_id UUID NOT NULL,
    PRIMARY KEY (contact_id, stream_kind, stream_id)
);
