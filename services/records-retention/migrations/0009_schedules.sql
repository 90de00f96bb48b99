-- What was promised of each contract's records: last days as they were told, and the period that was agreed since. A change that is applied and news
-- of the contract meet in this row.
CREATE TABLE promises (
    contract_id UUID NOT NULL PRIMARY KEY,
    state JSONB NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL
);

-- Changes of schedules: the machine's state, and the day on which time moves one on.
CREATE TABLE schedule_changes (
    schedule_change_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    act_on DATE,
    state JSONB NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX schedule_changes_act_idx ON schedule_changes (act_on, schedule_change_id) WHERE act_on IS NOT NULL;

CREATE INDEX schedule_changes_contract_idx ON schedule_changes (contract_id, schedule_change_id);
