-- Rules that raise cases (docs/guides/screening.md). The newest version of a name counts; those that ship are in the
-- program.
create table monitoring_rules (
  tenant_id uuid not null,
  name text not null,
  version integer not null,
  id uuid not null,
  kind text not null,
  parameters json not null,
  source text not null,
  is_active boolean not null,
  created_at timestamptz not null,
  constraint monitoring_rules_pkey primary key (tenant_id, name, version)
);

-- Up to which sequence payments were looked at.
create table monitoring_cursors (
  tenant_id uuid not null,
  sequence bigint not null,
  constraint monitoring_cursors_pkey primary key (tenant_id)
);
