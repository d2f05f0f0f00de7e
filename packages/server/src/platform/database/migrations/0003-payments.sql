-- Payment requests, payments and refunds (docs/concepts/payments.md). Amounts are minor units. tenant_id leads every
-- key: the same file serves PGlite, PostgreSQL and Citus. sequence and transaction_id name the ledger's transaction
-- that made the row, or last moved it; the ledger's leaf at that sequence must say the same (pisto verify).

create table payment_requests (
  tenant_id uuid not null,
  id uuid not null,
  status text not null,
  merchant_id uuid not null,
  amount_minor bigint not null,
  currency text not null,
  reference text,
  metadata json not null,
  salt bytea, -- opens the leaf's commitment to reference and metadata; null: there was nothing to commit to
  challenge text not null,
  qr_payload text not null,
  payment_id uuid, -- that reserves or has paid it
  reserved_until timestamptz,
  transaction_id uuid not null,
  sequence bigint not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  constraint payment_requests_pkey primary key (tenant_id, id)
);
create index payment_requests_merchant on payment_requests (tenant_id, merchant_id, id);
create index payment_requests_status on payment_requests (tenant_id, status, id);
create index payment_requests_sequence on payment_requests (tenant_id, sequence);

create table payments (
  tenant_id uuid not null,
  id uuid not null,
  status text not null,
  merchant_id uuid not null,
  payee_alias text not null, -- as it was paid: the receipt says so for ever
  payer_account_id uuid not null,
  payee_account_id uuid not null,
  amount_minor bigint not null,
  refunded_minor bigint not null,
  currency text not null,
  payment_request_id uuid,
  reference text,
  metadata json not null,
  salt bytea,
  challenge text,
  hold_id uuid, -- of a payment in two steps
  transaction_id uuid not null,
  sequence bigint not null,
  expires_at timestamptz,
  completed_at timestamptz,
  created_at timestamptz not null,
  constraint payments_pkey primary key (tenant_id, id)
);
create index payments_merchant on payments (tenant_id, merchant_id, id);
create index payments_payer on payments (tenant_id, payer_account_id, id);
create index payments_status on payments (tenant_id, status, id);
create index payments_sequence on payments (tenant_id, sequence);

create table refunds (
  tenant_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  amount_minor bigint not null,
  currency text not null,
  reason text,
  salt bytea,
  transaction_id uuid not null,
  sequence bigint not null,
  created_at timestamptz not null,
  constraint refunds_pkey primary key (tenant_id, id)
);
create index refunds_payment on refunds (tenant_id, payment_id, id);
create index refunds_sequence on refunds (tenant_id, sequence);
