import { toTypeId, toUuid } from '@pisto/ledger'
import { type Column, insertRows, selected } from '../platform/database/insert-rows.ts'
import { KIND_PREFIX, type KindName } from './kinds.ts'
import type { PhoneConfirmation, RecordedConsent, Registration, Review } from './registration.ts'

/** A row of `registrations` as `SELECTED` reads it. */
export interface RegistrationRow {
  readonly kind: KindName
  readonly id: string
  readonly status: Registration['status']
  readonly tier: number
  readonly country: Registration['country']
  readonly phone: string
  readonly phone_confirmed_at: Date | null
  readonly phone_confirmed_by: PhoneConfirmation['by'] | null
  readonly locale: Registration['locale']
  readonly given_names: string
  readonly family_names: string
  readonly date_of_birth: string
  readonly document_type: Registration['person']['document']['type']
  readonly document_number: string
  readonly trade_name: string | null
  readonly category_code: string | null
  readonly consent_version: string
  readonly consent_accepted_at: Date
  readonly consent_channel: RecordedConsent['channel']
  readonly alias: string
  readonly is_findable: boolean
  readonly account_id: string | null
  readonly finding: Registration['finding']
  readonly revision: number
  readonly review_opened_at: Date | null
  readonly review_assigned_to: string | null
  readonly approval_proposed_by: string | null
  readonly approval_proposed_at: Date | null
  readonly notice: string | null
  readonly policy_version: string
  readonly external_id: string | null
  readonly metadata: string
  readonly created_at: Date
}

export type RegistrationColumn = Column<Registration>

/** The one place where fields and columns meet. Dates and JSON travel as text: both drivers read it alike. */
const COLUMNS: readonly RegistrationColumn[] = [
  ['kind', 'text', (r) => r.kind],
  ['id', 'uuid', (r) => toUuid(r.id)],
  ['status', 'text', (r) => r.status],
  ['tier', 'smallint', (r) => r.tier],
  ['country', 'text', (r) => r.country],
  ['phone', 'text', (r) => r.phone],
  ['phone_confirmed_at', 'timestamptz', (r) => r.phoneConfirmation?.at ?? null],
  ['phone_confirmed_by', 'text', (r) => r.phoneConfirmation?.by ?? null],
  ['locale', 'text', (r) => r.locale],
  ['given_names', 'text', (r) => r.person.givenNames],
  ['family_names', 'text', (r) => r.person.familyNames],
  ['date_of_birth', 'date', (r) => r.person.dateOfBirth],
  ['document_type', 'text', (r) => r.person.document.type],
  ['document_number', 'text', (r) => r.person.document.number],
  ['trade_name', 'text', (r) => r.business?.tradeName ?? null],
  ['category_code', 'text', (r) => r.business?.categoryCode ?? null],
  ['consent_version', 'text', (r) => r.consent.version],
  ['consent_accepted_at', 'timestamptz', (r) => r.consent.acceptedAt],
  ['consent_channel', 'text', (r) => r.consent.channel],
  ['alias', 'text', (r) => r.alias],
  ['is_findable', 'boolean', (r) => r.isFindable],
  ['account_id', 'uuid', (r) => (r.accountId === null ? null : toUuid(r.accountId, 'acc'))],
  ['finding', 'text', (r) => r.finding],
  ['revision', 'integer', (r) => r.revision],
  ['review_opened_at', 'timestamptz', (r) => r.review?.openedAt ?? null],
  ['review_assigned_to', 'text', (r) => r.review?.assignedTo ?? null],
  ['approval_proposed_by', 'text', (r) => r.review?.proposal?.by ?? null],
  ['approval_proposed_at', 'timestamptz', (r) => r.review?.proposal?.at ?? null],
  ['notice', 'json', (r) => r.notice && JSON.stringify(r.notice)],
  ['policy_version', 'text', (r) => r.policyVersion],
  ['external_id', 'text', (r) => r.externalId],
  ['metadata', 'json', (r) => JSON.stringify(r.metadata)],
  ['created_at', 'timestamptz', (r) => r.createdAt],
]

const named = (...names: readonly string[]): RegistrationColumn[] => COLUMNS.filter(([name]) => names.includes(name))

const REVIEW = [
  'finding',
  'review_opened_at',
  'review_assigned_to',
  'approval_proposed_by',
  'approval_proposed_at',
  'notice',
] as const

/** What decisions change. */
export const MOVABLE_COLUMNS = named('status', 'tier', 'account_id', 'policy_version', ...REVIEW)

/** What people give, and what of it has been mended. */
export const EDITABLE_COLUMNS = named(
  ...['phone', 'phone_confirmed_at', 'phone_confirmed_by', 'locale', 'given_names', 'family_names', 'date_of_birth'],
  ...['document_type', 'document_number', 'trade_name', 'category_code', 'consent_version', 'consent_accepted_at'],
  ...['consent_channel', 'external_id', 'metadata', 'notice'],
)

/** What to select for `toRegistration`; the table goes by `r`. */
export const SELECTED = selected(COLUMNS, 'r')

export const insertRegistrations = insertRows<Registration>('registrations', COLUMNS)

export function toRegistration(row: RegistrationRow): Registration {
  const { phone_confirmed_at: at, phone_confirmed_by: by, trade_name: tradeName, category_code: categoryCode } = row
  return {
    kind: row.kind,
    id: toTypeId(KIND_PREFIX[row.kind], row.id),
    status: row.status,
    tier: row.tier === 1 ? 1 : 0,
    country: row.country,
    phone: row.phone,
    phoneConfirmation: at && by && { at, by },
    locale: row.locale,
    person: {
      givenNames: row.given_names,
      familyNames: row.family_names,
      dateOfBirth: row.date_of_birth,
      document: { type: row.document_type, number: row.document_number },
    },
    business: tradeName !== null && categoryCode !== null ? { tradeName, categoryCode } : null,
    consent: { version: row.consent_version, acceptedAt: row.consent_accepted_at, channel: row.consent_channel },
    alias: row.alias,
    isFindable: row.is_findable,
    accountId: row.account_id === null ? null : toTypeId('acc', row.account_id),
    finding: row.finding,
    review: reviewOf(row),
    notice: row.notice === null ? null : JSON.parse(row.notice),
    revision: row.revision,
    policyVersion: row.policy_version,
    externalId: row.external_id,
    metadata: JSON.parse(row.metadata),
    createdAt: row.created_at,
  }
}

function reviewOf(row: RegistrationRow): Review | null {
  const { review_opened_at: openedAt, approval_proposed_by: by, approval_proposed_at: at } = row
  if (openedAt === null) return null
  return { openedAt, assignedTo: row.review_assigned_to, proposal: by !== null && at !== null ? { by, at } : null }
}
