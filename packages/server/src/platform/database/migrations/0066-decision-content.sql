-- What an operator saw when they decided: sealed under the person's key, and its SHA-256, to which the leaf commits.
alter table registration_decisions add column content bytea;
alter table registration_decisions add column content_hash text;
