import type { Database } from '@pisto/ledger'
import type { Payment } from './payments.ts'

/**
 * The ledger that a database function makes, as they are often written: lock both rows, check, update, two entries;
 * one transfer a call. What it leaves out (keys, a log, holds, limits) makes it quicker, not slower.
 */
const TABLES = `
  create table sql_ledger_accounts (
    id bigint primary key,
    balance bigint not null check (balance >= 0)
  );
  create table sql_ledger_entries (
    id bigint generated always as identity primary key,
    account_id bigint not null,
    amount bigint not null,
    balance_after bigint not null
  );
  create index on sql_ledger_entries (account_id, id);
  create function sql_ledger_transfer(payer bigint, payee bigint, moved bigint) returns bigint language plpgsql as $$
  declare
    payer_balance bigint;
    payee_balance bigint;
    entry bigint;
  begin
    perform 1 from sql_ledger_accounts where id in (payer, payee) order by id for update;
    select balance into payer_balance from sql_ledger_accounts where id = payer;
    if payer_balance < moved then
      raise exception 'insufficient funds';
    end if;
    update sql_ledger_accounts set balance = balance - moved where id = payer returning balance into payer_balance;
    update sql_ledger_accounts set balance = balance + moved where id = payee returning balance into payee_balance;
    insert into sql_ledger_entries (account_id, amount, balance_after) values (payer, -moved, payer_balance);
    insert into sql_ledger_entries (account_id, amount, balance_after) values (payee, moved, payee_balance)
      returning id into entry;
    return entry;
  end $$;`

const FUNDS_MINOR = 1_000_000_000

/** Makes its tables in a database that has none of that name. */
export async function openSqlLedger(db: Database, accountCount: number): Promise<void> {
  await db.transaction((tx) => tx.script(TABLES))
  await db.query('insert into sql_ledger_accounts select at, $2::bigint from generate_series(0, $1::int - 1) at', [
    accountCount,
    FUNDS_MINOR,
  ])
  await db.query('vacuum analyze sql_ledger_accounts')
}

/** One transfer, in a transaction of its own. */
export async function sqlTransfer(db: Database, { debit, credit, amountMinor }: Payment): Promise<void> {
  await db.query('select sql_ledger_transfer($1, $2, $3)', [debit, credit, amountMinor])
}
