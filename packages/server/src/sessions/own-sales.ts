import { type Add, sqlArray, toUuid } from '@pisto/ledger'
import type { Own } from './person.ts'

/** SQL: what was charged for the shops that a person owns, or by themselves. @param alias Of the table. */
export const soldBy = (
  { merchantIds, memberIds }: Pick<Own, 'merchantIds' | 'memberIds'>,
  add: Add,
  alias: string,
): string =>
  `(${alias}.merchant_id = any(${add(uuids(merchantIds))}::uuid[])
    or ${alias}.member_id = any(${add(uuids(memberIds))}::uuid[]))`

const uuids = (ids: readonly string[]): string => sqlArray(ids.map((id) => toUuid(id)))
