-- Examinations: what is listed and searched in columns of its own, the machine's state beside it.
CREATE TABLE examinations (
    examination_id UUID NOT NULL PRIMARY KEY,
    complaint_id UUID NOT NULL REFERENCES case_records (complaint_id),
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    stage TEXT NOT NULL,
    is_live BOOLEAN NOT NULL,
    charge_standing TEXT,
    reference TEXT,
    wake_on DATE,
    state JSONB NOT NULL,
    key_id UUID NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

-- A complaint has one examination that is live, whatever happens at once.
CREATE UNIQUE INDEX examinations_live_idx ON examinations (complaint_id) WHERE is_live;

CREATE INDEX examinations_complaint_idx ON examinations (complaint_id);

CREATE INDEX examinations_contract_idx ON examinations (contract_id, organisation_id, examination_id);

CREATE INDEX examinations_wake_idx ON examinations (wake_on, examination_id) WHERE wake_on IS NOT NULL;

CREATE INDEX examinations_charge_idx ON examinations (charge_standing, examination_id) WHERE charge_standing IS NOT NULL;

-- Finds the letters and recommendations of examinations, by the day they are due; what each is stands in the state.
CREATE TABLE ice_letters (
    letter_id UUID NOT NULL PRIMARY KEY,
    examination_id UUID NOT NULL REFERENCES examinations (examination_id),
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    is_open BOOLEAN NOT NULL,
    due_on DATE NOT NULL
);

CREATE INDEX ice_letters_due_idx ON ice_letters (contract_id, organisation_id, due_on, letter_id);

CREATE TABLE recommendations (
    recommendation_id UUID NOT NULL PRIMARY KEY,
    examination_id UUID NOT NULL REFERENCES examinations (examination_id),
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    is_open BOOLEAN NOT NULL,
    due_on DATE NOT NULL
);

CREATE INDEX recommendations_due_idx ON recommendations (contract_id, organisation_id, due_on, recommendation_id);
