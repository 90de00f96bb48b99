-- The clocks of a mixed complaint by whom they bind: the provider's contribution and the department's reply run beside one another, and the
-- one that is due first must not hide the other from those who watch. Rows of before are told by them from their next change on.
ALTER TABLE mixed_complaints ADD COLUMN contribution_due_on DATE;

ALTER TABLE mixed_complaints ADD COLUMN reply_due_on DATE;

-- Counts what is open by the day it is due, without reading what is answered.
CREATE INDEX mixed_complaints_contribution_idx ON mixed_complaints (contribution_due_on, contract_id, organisation_id)
    WHERE contribution_due_on IS NOT NULL;

CREATE INDEX mixed_complaints_reply_idx ON mixed_complaints (reply_due_on) WHERE reply_due_on IS NOT NULL;

CREATE INDEX mixed_complaints_open_idx ON mixed_complaints (stage) WHERE next_due_on IS NOT NULL;

CREATE INDEX member_letters_open_idx ON member_letters (next_due_on, next_due_kind, stage, contract_id, organisation_id)
    WHERE next_due_on IS NOT NULL;
