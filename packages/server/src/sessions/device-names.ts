import type { Queryable } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import type { Session } from './store.ts'

/** What the devices are called, by session. */
export async function openNames(
  { db, personalData }: { readonly db: Queryable; readonly personalData: PersonalData },
  tenantId: string,
  sessions: readonly Session[],
): Promise<ReadonlyMap<string, string>> {
  const named = sessions.filter(({ sealedName }) => sealedName !== null)
  const keys = await personalData.keysOf(
    db,
    tenantId,
    named.map(({ id }) => id),
  )
  return new Map(
    named.flatMap(({ id, sealedName }) => {
      const name = sealedName && keys.get(id)?.openJson<string>('device', sealedName)
      return name ? [[id, name] as const] : []
    }),
  )
}
