-- Facts: what each event counts for, written with it. The position is that of its entry in the journal it came from, once it has one.
-- append-only: figure_facts, position set once
CREATE TABLE figure_facts (
    entry_id UUID NOT NULL,
    ordinal BIGINT NOT NULL,
    source TEXT NOT NULL,
    position BIGINT,
    measure TEXT NOT NULL,
    year BIGINT NOT NULL,
    month BIGINT NOT NULL,
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    programme TEXT NOT NULL,
    tier BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    days BIGINT NOT NULL,
    in_standard BIGINT NOT NULL,
    pence BIGINT NOT NULL,
    PRIMARY KEY (entry_id, ordinal)
);

CREATE INDEX figure_facts_position_idx ON figure_facts (source, position);

-- The same added up by month, so that a year is read from few rows. What came after the position asked for is taken off again.
CREATE TABLE figure_months (
    year BIGINT NOT NULL,
    month BIGINT NOT NULL,
    measure TEXT NOT NULL,
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    programme TEXT NOT NULL,
    tier BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    days BIGINT NOT NULL,
    in_standard BIGINT NOT NULL,
    pence BIGINT NOT NULL,
    PRIMARY KEY (year, month, measure, contract_id, organisation_id, programme, tier)
);
