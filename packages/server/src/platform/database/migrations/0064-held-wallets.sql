-- A payment that waits, or is given back, asks whether one of its wallets is held by a case: few are.
create index registrations_held on registrations (tenant_id, account_id) where is_held;
