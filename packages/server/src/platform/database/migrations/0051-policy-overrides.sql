-- Limits that an institution has set for itself (docs/guides/own-limits.md): one row a version, never changed. Days are
-- those where the institution is, ISO 8601. tenant_id leads the key: the same file serves PGlite, PostgreSQL and Citus.
create table policy_overrides (
  tenant_id uuid not null,
  number integer not null,
  effective_from text not null,
  decision text not null,
  decided_on text not null,
  tiers json not null,
  decided_by text not null,
  created_at timestamptz not null,
  constraint policy_overrides_pkey primary key (tenant_id, number)
);
