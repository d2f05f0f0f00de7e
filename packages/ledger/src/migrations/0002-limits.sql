-- Limits of a person (or of one account), and what may happen once for ever (docs/concepts/limits.md).

-- A limit group and its counters, as the newest batch that touched it leaves them. Room on the page: rows are updated.
create table limit_groups (
  tenant_id uuid not null,
  group_id uuid not null,
  owner_id text,
  currency text not null,
  policy_version text not null,
  limits text not null,
  set_sequence bigint not null,
  day text not null,
  day_in bigint not null,
  day_out bigint not null,
  month_in bigint not null,
  month_out bigint not null,
  balance_minor bigint not null,
  constraint limit_groups_pkey primary key (tenant_id, group_id)
) with (fillfactor = 60);

alter table accounts add column limit_group_ids uuid[] not null default '{}';

-- The local day whose counters a hold counts in; null: it counts in none.
alter table holds add column counted_day text;

-- What may happen once, with no way back; kept for ever.
create table claims (
  tenant_id uuid not null,
  purpose text not null,
  reference text not null,
  transaction_id uuid not null,
  constraint claims_pkey primary key (tenant_id, purpose, reference)
);
