-- Which content each version of a policy had when decisions were first made under it. Shared by all tenants.
create table policy_versions (
  version text not null,
  content_hash text not null, -- SHA-256 of the canonical JSON without the last day, hexadecimal
  seen_at timestamptz not null,
  constraint policy_versions_pkey primary key (version)
);
