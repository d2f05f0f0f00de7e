import type { Queryable, RandomBytes } from '@pisto/ledger'

/**
 * A secret that all processes of one database share; made when it is first asked for.
 *
 * @param random Nobody may guess it: never the seeded one.
 */
export async function sharedSecret(db: Queryable, name: string, random: RandomBytes): Promise<Uint8Array> {
  await db.query('insert into server_secrets (name, value) values ($1, $2) on conflict (name) do nothing', [
    name,
    random(32),
  ])
  const [row] = await db.query<{ value: Uint8Array }>('select value from server_secrets where name = $1', [name])
  if (row === undefined) throw new Error(`the secret ${name} is missing`)
  return row.value
}
