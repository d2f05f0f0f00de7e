-- Where a tenant's log goes on under a new name, because its database was restored from a backup that is older than
-- what was signed (docs/decisions/0005-log-epochs.md). The first epoch has no row. The epoch's first leaf, at
-- first_sequence, names the last checkpoint of the epoch before.
create table log_epochs (
  tenant_id uuid not null,
  epoch integer not null,
  first_sequence bigint not null,
  constraint log_epochs_pkey primary key (tenant_id, epoch)
);
