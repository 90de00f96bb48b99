-- Answers are kept for a term, so they are looked for by their age.
CREATE INDEX requests_age_idx ON requests (recorded_at);
