-- Who put a list in force, withdrew it, or wrote a monitoring rule, and why. The leaf of the transaction has a commitment
-- to it; salt opens it. About the institution's own rules, never about a person.
create table operator_acts (
  tenant_id uuid not null,
  transaction_id uuid not null,
  actor text not null,
  client_id text not null,
  note text,
  salt bytea not null,
  constraint operator_acts_pkey primary key (tenant_id, transaction_id)
);
