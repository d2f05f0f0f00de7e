-- Codes that merchants print or show (docs/guides/qr-codes.md). sequence and transaction_id name the ledger's transaction
-- that made the row, or last moved it; the ledger's leaf at that sequence must say the same (pisto verify).

create table qr_codes (
  tenant_id uuid not null,
  id uuid not null,
  status text not null,
  merchant_id uuid not null,
  payload text not null,
  amount_minor bigint, -- null: the payer enters the amount
  currency text not null,
  tip json, -- as the API has it
  additional_data json not null,
  salt bytea, -- opens the leaf's commitment to additional_data; null: there was nothing to commit to
  is_one_shot boolean not null,
  payment_id uuid, -- that reserves or has used a one-shot code
  reserved_until timestamptz,
  expires_at timestamptz,
  supersedes uuid,
  superseded_by uuid,
  revoked_reason text,
  reason_salt bytea,
  transaction_id uuid not null,
  sequence bigint not null,
  created_at timestamptz not null,
  constraint qr_codes_pkey primary key (tenant_id, id)
);
create index qr_codes_merchant on qr_codes (tenant_id, merchant_id, id);
create index qr_codes_sequence on qr_codes (tenant_id, sequence);

alter table payments add column qr_code_id uuid;
alter table payments add column tip_minor bigint not null default 0; -- part of amount_minor
