-- Disposals: the machine's state, and the day on which time moves it on.
CREATE TABLE disposals (
    disposal_id UUID NOT NULL PRIMARY KEY,
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    act_on DATE,
    state JSONB NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX disposals_act_idx ON disposals (act_on, disposal_id) WHERE act_on IS NOT NULL;

CREATE INDEX disposals_contract_idx ON disposals (contract_id, disposal_id);

-- Whether anything is destroyed for an organisation. The order to destroy and the stop meet in this row.
CREATE TABLE disposal_controls (
    disposal_control_id UUID NOT NULL PRIMARY KEY,
    state JSONB NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
