import { IMPORT_FIELDS, type Import, type ImportField } from '@pisto/contract'
import { CONSUMER } from '../consumers/consumer.ts'
import { MERCHANT } from '../merchants/merchant.ts'
import type { Kind } from '../registrations/kinds.ts'

/** What the rows of a file become. */
export interface ImportKind {
  readonly name: Import['kind']
  readonly registration: Kind<unknown>
  /** What its columns can be. */
  readonly fields: readonly ImportField[]
  /** Without a column for these no row could be accepted. */
  readonly required: readonly ImportField[]
}

const OF_A_SHOP: readonly ImportField[] = ['tradeName', 'categoryCode', 'municipality']
const REQUIRED = ['givenNames', 'familyNames', 'dateOfBirth', 'documentNumber', 'phone', 'consent'] as const

export const IMPORT_KINDS: Readonly<Record<Import['kind'], ImportKind>> = {
  merchants: {
    name: 'merchants',
    registration: MERCHANT,
    fields: IMPORT_FIELDS,
    required: ['tradeName', ...REQUIRED, 'categoryCode'],
  },
  consumers: {
    name: 'consumers',
    registration: CONSUMER,
    fields: IMPORT_FIELDS.filter((field) => !OF_A_SHOP.includes(field)),
    required: REQUIRED,
  },
}
