-- Counts what is open by the day it is due, without reading what is answered.
CREATE INDEX ice_letters_open_idx ON ice_letters (due_on, contract_id, organisation_id) WHERE is_open;

CREATE INDEX recommendations_open_idx ON recommendations (due_on, contract_id, organisation_id) WHERE is_open;
