-- What people wrote with a transaction of their own. The log has a commitment to it.
create table transaction_texts (
  tenant_id uuid not null,
  transaction_id uuid not null,
  reference text,
  metadata json not null,
  salt bytea,
  constraint transaction_texts_pkey primary key (tenant_id, transaction_id)
);
