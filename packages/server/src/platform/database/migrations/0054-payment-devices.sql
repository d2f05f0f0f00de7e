-- Which device a person paid with (docs/guides/screening.md): the thumbprint of its key, RFC 7638. Times are business time.
create table payment_devices (
  tenant_id uuid not null,
  payment_id uuid not null,
  payer_account_id uuid not null,
  device text not null,
  created_at timestamptz not null,
  constraint payment_devices_pkey primary key (tenant_id, payment_id)
);
create index payment_devices_payer on payment_devices (tenant_id, payer_account_id, device, created_at);
