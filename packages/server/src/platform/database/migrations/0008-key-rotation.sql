-- valid_to ends signing, withdrawn_at ends being believed: from then on the key is published no more.
alter table signing_keys add column withdrawn_at timestamptz;

-- The newest signed directory of keys that a tenant has issued. Its number only grows.
create table key_directories (
  tenant_id uuid not null,
  number bigint not null,
  content_hash bytea not null,
  note text not null,
  issued_at timestamptz not null,
  constraint key_directories_pkey primary key (tenant_id)
);
