-- What facts come to by blocks of positions, so that the figures as of any position are the sum of few rows: whole large blocks, whole small ones after
-- them, and the facts of what is left. A block is summed once all its positions are known, by the program, which sums what was there before it too.
CREATE TABLE figure_sums (
    source TEXT NOT NULL,
    span BIGINT NOT NULL,
    block BIGINT NOT NULL,
    year BIGINT NOT NULL,
    measure TEXT NOT NULL,
    contract_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    programme TEXT NOT NULL,
    tier BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    days BIGINT NOT NULL,
    in_standard BIGINT NOT NULL,
    pence BIGINT NOT NULL,
    PRIMARY KEY (source, span, block, year, measure, contract_id, organisation_id, programme, tier)
);

-- How many small blocks of a journal are summed.
CREATE TABLE figure_marks (
    source TEXT NOT NULL PRIMARY KEY,
    blocks BIGINT NOT NULL
);
