-- Versions of the policy that everybody active was looked at under (docs/guides/deadlines.md): each once.
create table law_changes (
  tenant_id uuid not null,
  version text not null,
  applied_at timestamptz not null,
  constraint law_changes_pkey primary key (tenant_id, version)
);
