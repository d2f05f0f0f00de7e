-- Merchants who move between tenants (docs/guides/portability.md). tenant_id leads every key: the same file serves PGlite,
-- PostgreSQL and Citus.

-- One row at each of the two tenants, of the same id. sealed: the signed evidence, under the key of sealed_for (the
-- merchant, or the move itself while it is only offered); null once it is cancelled or expired.
create table ports (
  tenant_id uuid not null,
  id uuid not null,
  direction text not null,
  status text not null,
  other_tenant_id uuid not null,
  other_code text not null,
  merchant_id uuid,
  name text not null,
  alias text not null,
  consent_version text not null,
  consent_accepted_at timestamptz not null,
  refusal text,
  sealed bytea,
  sealed_for text,
  revision integer not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  constraint ports_pkey primary key (tenant_id, id)
);
create unique index ports_open on ports (tenant_id, merchant_id)
  where direction = 'outgoing' and status in ('offered', 'accepted');
create index ports_list on ports (tenant_id, direction, status, id);

-- Code of the tenant that a merchant has moved to. Whoever comes back has a row of the same alias again.
alter table registrations add column ported_to text;
alter table registrations drop constraint registrations_alias;
create unique index registrations_alias on registrations (tenant_id, alias) where ported_to is null;
create index registrations_ported on registrations (tenant_id, alias) where ported_to is not null;
