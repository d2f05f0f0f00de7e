-- Review of registrations by operators (docs/guides/review.md). revision counts edits and decisions: whoever writes on
-- an older one is refused.
alter table registrations add column revision integer not null default 1;
alter table registrations add column review_opened_at timestamptz; -- null: not in review
alter table registrations add column review_assigned_to text;
alter table registrations add column approval_proposed_by text;
alter table registrations add column approval_proposed_at timestamptz;
alter table registrations add column notice json; -- what the person is told of the last decision, as the domain has it
update registrations set review_opened_at = created_at where status = 'inReview';

-- One row for each decision of an operator. The leaf at sequence has a commitment to actor, codes and note; salt opens it.
create table registration_decisions (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  registration_id uuid not null,
  action text not null,
  actor text not null,
  client_id text not null,
  codes json not null,
  note text,
  finding text,
  policy_version text not null,
  revision integer not null,
  salt bytea not null,
  transaction_id uuid not null,
  sequence bigint not null,
  decided_at timestamptz not null,
  constraint registration_decisions_pkey primary key (tenant_id, id)
);
create index registration_decisions_registration on registration_decisions (tenant_id, kind, registration_id, id);
create index registration_decisions_transaction on registration_decisions (tenant_id, transaction_id);
create index registration_decisions_sequence on registration_decisions (tenant_id, sequence);
