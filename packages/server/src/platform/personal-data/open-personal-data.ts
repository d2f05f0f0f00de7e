import type { Queryable, RandomBytes } from '@pisto/ledger'
import { type ErasedList, noErasedList } from './erased-list.ts'
import type { KeyProvider } from './key-provider.ts'
import { PersonalData } from './personal-data.ts'
import { rewrapKeys } from './rewrap.ts'
import { wrappedSecret } from './wrapped-secrets.ts'

/**
 * Opens what seals personal data, as all processes of one database have it. Whatever older keys wrapped is wrapped by
 * the provider's present one first.
 *
 * @param random Never the seeded one.
 */
export async function openPersonalData(
  db: Queryable,
  provider: KeyProvider,
  random: RandomBytes,
  erasedList: ErasedList = noErasedList,
): Promise<PersonalData> {
  await rewrapKeys(db, provider)
  return new PersonalData({
    provider,
    random,
    erasedList,
    indexRoot: await wrappedSecret(db, 'blind-indexes', { provider, random }),
  })
}
