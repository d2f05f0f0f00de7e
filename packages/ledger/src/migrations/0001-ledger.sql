-- The ledger's tables (docs/concepts/ledger.md). tenant_id leads every key: the same file serves PGlite, PostgreSQL
-- and Citus. Amounts are minor units. Rows of entries, transactions, batches and decisions are never changed.

create type transfer_kind as enum ('posted', 'pending', 'postPending', 'voidPending');
create type ledger_side as enum ('debit', 'credit');

-- One row a tenant: writers of one tenant take turns by locking it.
create table books (
  tenant_id uuid primary key,
  origin text not null,
  time_zone text not null
);

-- One row a write. The key is the fence: whoever decided on an old head collides.
create table batches (
  tenant_id uuid not null,
  batch_number bigint not null,
  first_sequence bigint not null,
  last_sequence bigint not null,
  ledger_time timestamptz not null,
  frontier bytea not null,
  changed uuid[] not null,
  constraint batches_pkey primary key (tenant_id, batch_number)
);

create table accounts (
  tenant_id uuid not null,
  account_id uuid not null,
  purpose text not null,
  owner_id text,
  currency text not null,
  normal_side ledger_side not null,
  no_overdraft boolean not null,
  status text not null default 'open',
  opened_sequence bigint not null,
  opened_at timestamptz not null,
  constraint accounts_pkey primary key (tenant_id, account_id)
);
create index accounts_owner on accounts (tenant_id, owner_id);

-- One account's side of a transfer with the account's running sums after it: the account's state is its newest entry.
create table entries (
  tenant_id uuid not null,
  account_id uuid not null,
  sequence bigint not null,
  position smallint not null,
  kind transfer_kind not null,
  side ledger_side not null,
  amount_minor bigint not null,
  debits_posted bigint not null,
  credits_posted bigint not null,
  debits_pending bigint not null,
  credits_pending bigint not null,
  constraint entries_pkey primary key (tenant_id, account_id, sequence, position)
);

-- The leaf is the transaction: canonical JSON, hashed into the Merkle tree at index sequence - 1.
create table transactions (
  tenant_id uuid not null,
  sequence bigint not null,
  transaction_id uuid not null,
  leaf text not null,
  leaf_hash bytea not null,
  constraint transactions_pkey primary key (tenant_id, sequence)
);
create index transactions_id on transactions (tenant_id, transaction_id);

create table holds (
  tenant_id uuid not null,
  hold_id uuid not null,
  debit_account_id uuid not null,
  credit_account_id uuid not null,
  amount_minor bigint not null,
  currency text not null,
  expires_at timestamptz not null,
  status text not null,
  opened_sequence bigint not null,
  resolved_sequence bigint,
  posted_minor bigint,
  constraint holds_pkey primary key (tenant_id, hold_id)
);

-- Every decided key, done or refused, in one table: what one process refused another cannot post.
create table decisions (
  tenant_id uuid not null,
  decision_id uuid not null,
  body_hash bytea not null,
  done boolean not null,
  outcome text not null,
  decided_at timestamptz not null,
  constraint decisions_pkey primary key (tenant_id, decision_id)
);
create index decisions_age on decisions (tenant_id, decided_at);

-- Full C2SP tiles: 256 hashes of 32 bytes, and the root over them for the level above.
create table tiles (
  tenant_id uuid not null,
  level smallint not null,
  tile_index bigint not null,
  hashes bytea not null,
  root bytea not null,
  constraint tiles_pkey primary key (tenant_id, level, tile_index)
);

create table checkpoints (
  tenant_id uuid not null,
  size bigint not null,
  root bytea not null,
  note text not null,
  constraint checkpoints_pkey primary key (tenant_id, size)
);
