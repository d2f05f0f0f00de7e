-- What lists and statements look things up by. None is on entries or transactions: rows per payment are what
-- throughput is made of, and their primary keys already give an account's and a tenant's history in order.

-- The first batch of a local day: from there on, sequences say what belongs to it.
create index batches_time on batches (tenant_id, ledger_time, batch_number);

create index accounts_purpose on accounts (tenant_id, purpose, account_id);
create index accounts_status on accounts (tenant_id, status, account_id);
