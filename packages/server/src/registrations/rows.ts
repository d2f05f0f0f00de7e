import { type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import { type Column, insertRows, selected } from '../platform/database/insert-rows.ts'
import { type PersonalData, PersonErased } from '../platform/personal-data/personal-data.ts'
import { documentFacts, toDocumentFacts } from './document-facts.ts'
import { NO_DOCUMENTS } from './dossier.ts'
import { KIND_PREFIX, type KindName } from './kinds.ts'
import type {
  Erasure,
  PhoneConfirmation,
  PublicRegistration,
  RecordedConsent,
  Registration,
  Review,
} from './registration.ts'
import { NOTHING_PERSONAL, openPart } from './sealed-part.ts'

/** A row of `registrations` as `SELECTED_PUBLIC` reads it. */
export interface PublicRow {
  readonly kind: KindName
  readonly id: string
  readonly status: Registration['status']
  readonly tier: Registration['tier']
  readonly requested_tier: Registration['requestedTier']
  readonly country: Registration['country']
  readonly phone_confirmed_at: Date | null
  readonly phone_confirmed_by: PhoneConfirmation['by'] | null
  readonly locale: Registration['locale']
  readonly trade_name: string | null
  readonly category_code: string | null
  readonly municipality: string | null
  readonly consent_version: string
  readonly consent_accepted_at: Date
  readonly consent_channel: RecordedConsent['channel']
  readonly given_documents: string
  readonly alias: string
  readonly is_findable: boolean
  readonly account_id: string | null
  readonly finding: Registration['finding']
  readonly demands: string | null
  readonly flags: string | null
  readonly is_held: boolean
  readonly revision: number
  readonly review_opened_at: Date | null
  readonly review_assigned_to: string | null
  readonly approval_proposed_by: string | null
  readonly approval_proposed_at: Date | null
  readonly approval_proposed_on: string | null
  readonly policy_version: string
  readonly erasure_requested_at: Date | null
  readonly erasure_due_at: Date | null
  readonly erasure_source: string | null
  readonly erased_at: Date | null
  readonly created_at: Date
}

/** A row of `registrations` as `SELECTED` reads it. */
export interface RegistrationRow extends PublicRow {
  readonly sealed: Uint8Array
  readonly document_facts: string | null
}

/** What is written: the registration, with what is personal sealed, and the index of what it is looked for by. */
export interface SealedRegistration extends PublicRegistration {
  readonly sealed: Uint8Array
  readonly externalIdIndex: string | null
}

export type RegistrationColumn = Column<SealedRegistration>

/** The one place where fields and columns meet. Dates and JSON travel as text: both drivers read it alike. */
const PUBLIC: readonly RegistrationColumn[] = [
  ['kind', 'text', (r) => r.kind],
  ['id', 'uuid', (r) => toUuid(r.id)],
  ['status', 'text', (r) => r.status],
  ['tier', 'smallint', (r) => r.tier],
  ['requested_tier', 'smallint', (r) => r.requestedTier],
  ['country', 'text', (r) => r.country],
  ['phone_confirmed_at', 'timestamptz', (r) => r.phoneConfirmation?.at ?? null],
  ['phone_confirmed_by', 'text', (r) => r.phoneConfirmation?.by ?? null],
  ['locale', 'text', (r) => r.locale],
  ['trade_name', 'text', (r) => r.business?.tradeName ?? null],
  ['category_code', 'text', (r) => r.business?.categoryCode ?? null],
  ['municipality', 'text', (r) => r.business?.municipality ?? null],
  ['consent_version', 'text', (r) => r.consent.version],
  ['consent_accepted_at', 'timestamptz', (r) => r.consent.acceptedAt],
  ['consent_channel', 'text', (r) => r.consent.channel],
  ['given_documents', 'json', (r) => JSON.stringify(r.givenDocuments)],
  ['alias', 'text', (r) => r.alias],
  ['is_findable', 'boolean', (r) => r.isFindable],
  ['account_id', 'uuid', (r) => (r.accountId === null ? null : toUuid(r.accountId, 'acc'))],
  ['finding', 'text', (r) => r.finding],
  ['flags', 'json', (r) => (r.flags.length === 0 ? null : JSON.stringify(r.flags))],
  ['is_held', 'boolean', (r) => r.isHeld],
  ['demands', 'json', (r) => (r.demands.length === 0 ? null : JSON.stringify(r.demands))],
  ['revision', 'integer', (r) => r.revision],
  ['review_opened_at', 'timestamptz', (r) => r.review?.openedAt ?? null],
  ['review_assigned_to', 'text', (r) => r.review?.assignedTo ?? null],
  ['approval_proposed_by', 'text', (r) => r.review?.proposal?.by ?? null],
  ['approval_proposed_at', 'timestamptz', (r) => r.review?.proposal?.at ?? null],
  ['approval_proposed_on', 'text', (r) => r.review?.proposal?.on ?? null],
  ['policy_version', 'text', (r) => r.policyVersion],
  ['erasure_requested_at', 'timestamptz', (r) => r.erasure?.requestedAt ?? null],
  ['erasure_due_at', 'timestamptz', (r) => r.erasure?.dueAt ?? null],
  ['erasure_source', 'text', (r) => r.erasure?.source ?? null],
  ['erased_at', 'timestamptz', (r) => r.erasure?.erasedAt ?? null],
  ['created_at', 'timestamptz', (r) => r.createdAt],
]
const SEALED: readonly RegistrationColumn[] = [
  ['sealed', 'bytea', (r) => r.sealed],
  ['external_id', 'text', (r) => r.externalIdIndex],
]
const COLUMNS = [...PUBLIC, ...SEALED]

const named = (...names: readonly string[]): RegistrationColumn[] => COLUMNS.filter(([name]) => names.includes(name))

const REVIEW = [
  'demands',
  'finding',
  'flags',
  'review_opened_at',
  'review_assigned_to',
  'approval_proposed_by',
  'approval_proposed_at',
  'approval_proposed_on',
  'sealed',
] as const

/** What decisions change. */
export const MOVABLE_COLUMNS = named(
  ...[
    'status',
    'tier',
    'requested_tier',
    'account_id',
    'policy_version',
    'erasure_requested_at',
    'erasure_due_at',
    'erasure_source',
  ],
  ...REVIEW,
)

/** What people give, and what of it has been mended. */
export const EDITABLE_COLUMNS = named(
  ...['phone_confirmed_at', 'phone_confirmed_by', 'locale', 'trade_name', 'category_code', 'municipality', 'flags'],
  ...['status', 'demands'],
  ...['consent_version', 'consent_accepted_at', 'consent_channel', 'given_documents', 'external_id', 'sealed'],
)

/** What to select for `toRegistration`; the table goes by `r`. */
export const SELECTED = `${selected(PUBLIC, 'r')}, r.sealed,
  ${documentFacts('documents where tenant_id = r.tenant_id and registration_id = r.id')} as document_facts`

/** What to select for `toPublicRegistration`: nothing that is personal, and so no key. */
export const SELECTED_PUBLIC = selected(PUBLIC, 'r')

/** `metadata` had to be there before it was sealed with the rest. */
export const insertRegistrations = insertRows<SealedRegistration>('registrations', [
  ...COLUMNS,
  ['metadata', 'json', () => '{}'],
])

/** @throws {PersonErased} @throws {NotOpened} */
export async function toRegistrations(
  personalData: PersonalData,
  reader: Queryable,
  tenantId: string,
  rows: readonly RegistrationRow[],
): Promise<Registration[]> {
  const plain = rows.map(toPublicRegistration)
  const ids = plain.filter(({ erasure }) => !erasure?.erasedAt).map(({ id }) => id)
  const keys = await personalData.keysOf(reader, tenantId, ids)
  return plain.map((registration, index) => {
    if (registration.erasure?.erasedAt) return { ...registration, ...NOTHING_PERSONAL, documents: NO_DOCUMENTS }
    const [key, sealed] = [keys.get(registration.id), rows[index]?.sealed]
    if (key === undefined || sealed === undefined) throw new PersonErased(registration.id)
    return {
      ...registration,
      ...openPart(key, sealed),
      documents: toDocumentFacts(rows[index]?.document_facts ?? null),
    }
  })
}

export function toPublicRegistration(row: PublicRow): PublicRegistration {
  const { phone_confirmed_at: at, phone_confirmed_by: by, trade_name: tradeName, category_code: categoryCode } = row
  return {
    kind: row.kind,
    id: toTypeId(KIND_PREFIX[row.kind], row.id),
    status: row.status,
    tier: row.tier,
    requestedTier: row.requested_tier,
    country: row.country,
    phoneConfirmation: at && by && { at, by },
    locale: row.locale,
    business:
      tradeName !== null && categoryCode !== null ? { tradeName, categoryCode, municipality: row.municipality } : null,
    consent: { version: row.consent_version, acceptedAt: row.consent_accepted_at, channel: row.consent_channel },
    givenDocuments: JSON.parse(row.given_documents),
    alias: row.alias,
    isFindable: row.is_findable,
    accountId: row.account_id === null ? null : toTypeId('acc', row.account_id),
    finding: row.finding,
    flags: row.flags === null ? [] : JSON.parse(row.flags),
    isHeld: row.is_held,
    demands: row.demands === null ? [] : JSON.parse(row.demands),
    review: reviewOf(row),
    erasure: erasureOf(row),
    revision: row.revision,
    policyVersion: row.policy_version,
    createdAt: row.created_at,
  }
}

function erasureOf(row: PublicRow): Erasure | null {
  const { erasure_requested_at: requestedAt, erasure_due_at: dueAt, erasure_source: source, erased_at: erasedAt } = row
  if (requestedAt === null || dueAt === null) return null
  return { requestedAt, dueAt, erasedAt, source: source ?? '' }
}

function reviewOf(row: PublicRow): Review | null {
  const { review_opened_at: openedAt, approval_proposed_by: by, approval_proposed_at: at } = row
  if (openedAt === null) return null
  const proposal = by !== null && at !== null ? { by, at, on: row.approval_proposed_on } : null
  return { openedAt, assignedTo: row.review_assigned_to, proposal }
}
