-- What the complaints service published of each complaint, and which procedures there are.
CREATE TABLE case_records (
    complaint_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    state JSONB NOT NULL,
    revision BIGINT NOT NULL
);

CREATE TABLE known_procedures (
    procedure_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL
);

CREATE INDEX known_procedures_contract_idx ON known_procedures (contract_id);
