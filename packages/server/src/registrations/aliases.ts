import { PistoProblem, PROBLEMS } from '@pisto/contract'
import { drawAlias } from '@pisto/identity'
import { type Queryable, type RandomBytes, sqlArray, toUuid } from '@pisto/ledger'
import type { KindName } from './kinds.ts'

/** Whose aliases are reserved, before the registrations themselves are written. */
export interface AliasOwners {
  readonly tenantId: string
  readonly kind: KindName
  readonly registrationIds: readonly string[]
}

export interface AliasDeps {
  readonly db: Queryable
  readonly random: RandomBytes
}

/** 9 × 10⁹ aliases: with a million taken, a draw of a hundred collides once in ninety times. */
const DRAWS_MAX = 16

/**
 * Reserves an alias for each registration in the look-up table that all tenants share. A step of its own before the
 * tenant's transaction (one shard each); drawn again where it is taken. What is not used afterwards is given back by
 * `releaseAliases`; after a crash it stays reserved, and leads nowhere.
 *
 * @returns Alias by registration id.
 */
export async function reserveAliases(deps: AliasDeps, owners: AliasOwners): Promise<ReadonlyMap<string, string>> {
  const reserved = new Map<string, string>()
  for (let draw = 0; draw < DRAWS_MAX; draw++) {
    const lacking = owners.registrationIds.filter((id) => !reserved.has(id))
    if (lacking.length === 0) return reserved
    const drawn = new Map(lacking.map((id) => [drawAlias(deps.random), id]))
    for (const alias of await insertFree(deps.db, owners, drawn)) reserved.set(drawn.get(alias) ?? '', alias)
  }
  throw new Error(`no free alias in ${DRAWS_MAX} draws`)
}

export async function releaseAliases(db: Queryable, aliases: readonly string[]): Promise<void> {
  if (aliases.length === 0) return
  await db.query('delete from aliases where alias = any($1::text[])', [sqlArray(aliases)])
}

/** Does some work with a reserved alias; gives it back when the work surely did without: refused, or done before. */
export async function withAlias<T>(
  deps: AliasDeps,
  owner: { readonly tenantId: string; readonly kind: KindName; readonly id: string },
  work: (alias: string) => Promise<{ readonly result: T; readonly used: boolean }>,
): Promise<T> {
  const { tenantId, kind, id } = owner
  const alias = (await reserveAliases(deps, { tenantId, kind, registrationIds: [id] })).get(id)
  if (alias === undefined) throw new Error('no alias was reserved')
  try {
    const { result, used } = await work(alias)
    if (!used) await releaseAliases(deps.db, [alias])
    return result
  } catch (error) {
    if (error instanceof PistoProblem && PROBLEMS[error.code].status < 500) await releaseAliases(deps.db, [alias])
    throw error
  }
}

/** @returns Those that were free. */
async function insertFree(
  db: Queryable,
  { tenantId, kind }: AliasOwners,
  drawn: ReadonlyMap<string, string>,
): Promise<string[]> {
  const rows = await db.query<{ alias: string }>(
    `insert into aliases (alias, tenant_id, kind, registration_id)
     select x.alias, $1::uuid, $2::text, x.id from unnest($3::text[], $4::uuid[]) as x(alias, id)
     on conflict (alias) do nothing
     returning alias`,
    [toUuid(tenantId, 'ten'), kind, sqlArray([...drawn.keys()]), sqlArray([...drawn.values()].map((id) => toUuid(id)))],
  )
  return rows.map(({ alias }) => alias)
}
