import { type Database, sqlArray, type Transaction, toTypeId } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { insertPersonKey } from '../platform/personal-data/store.ts'
import { sealNote } from './decisions.ts'
import { EMPTY_DOSSIER } from './dossier.ts'
import { KIND_PREFIX, type KindName } from './kinds.ts'
import type { PersonalPart, PersonDocument } from './registration.ts'
import { sealPart } from './sealed-part.ts'

/** Rows of one database transaction: a crash loses no more than their work. */
const BATCH = 500

export interface SealingDeps {
  readonly db: Database
  readonly personalData: PersonalData
  /** Business time: when the keys were made. */
  readonly clock: { now(): Date }
}

/**
 * Seals what versions before 0010 wrote in clear, batch by batch, before the server opens. A start that was cut short
 * goes on where it stopped; where nothing is in clear it reads only empty indexes.
 *
 * @returns How many rows were sealed.
 */
export async function sealClearRows(deps: SealingDeps): Promise<number> {
  let count = 0
  for (const seal of [sealRegistrations, sealNotes, ...CLAIMS.map(indexClaims), indexVerifications, removeMessages]) {
    for (let done = -1; done !== 0; count += done) done = await deps.db.transaction((tx) => seal(deps, tx))
  }
  return count
}

type Step = (deps: SealingDeps, tx: Transaction) => Promise<number>

interface ClearRegistration {
  readonly tenant_id: string
  readonly kind: KindName
  readonly id: string
  readonly phone: string
  readonly given_names: string
  readonly family_names: string
  readonly date_of_birth: string
  readonly document_type: PersonDocument['type']
  readonly document_number: string
  readonly notice: string | null
  readonly external_id: string | null
  readonly metadata: string
}

const sealRegistrations: Step = async ({ personalData, clock }, tx) => {
  const rows = await tx.query<ClearRegistration>(
    `select tenant_id, kind, id, phone, given_names, family_names, date_of_birth::text, document_type, document_number,
            notice::text, external_id, metadata::text
     from registrations where sealed is null limit ${BATCH} for update`,
  )
  for (const row of rows) {
    const person = { tenantId: toTypeId('ten', row.tenant_id), personId: toTypeId(KIND_PREFIX[row.kind], row.id) }
    const { key, row: keyRow } = await personalData.drawKey(person, clock.now())
    await insertPersonKey(tx, row.tenant_id, keyRow)
    await tx.query(
      `update registrations
       set sealed = $4, external_id = $5, metadata = '{}', notice = null, phone = null, given_names = null,
           family_names = null, date_of_birth = null, document_type = null, document_number = null
       where tenant_id = $1 and kind = $2 and id = $3`,
      [
        row.tenant_id,
        row.kind,
        row.id,
        sealPart(key, partOf(row)),
        row.external_id && personalData.blindIndex(key.tenantId, 'externalId', row.external_id),
      ],
    )
  }
  return rows.length
}

const partOf = (row: ClearRegistration): PersonalPart => ({
  phone: row.phone,
  person: {
    givenNames: row.given_names,
    familyNames: row.family_names,
    dateOfBirth: row.date_of_birth,
    document: { type: row.document_type, number: row.document_number },
  },
  externalId: row.external_id,
  metadata: JSON.parse(row.metadata),
  dossier: EMPTY_DOSSIER,
  cardLines: null,
  notice: row.notice === null ? null : JSON.parse(row.notice),
})

interface ClearNote {
  readonly tenant_id: string
  readonly id: string
  readonly kind: KindName
  readonly registration_id: string
  readonly note: string
}

const sealNotes: Step = async ({ personalData }, tx) => {
  const rows = await tx.query<ClearNote>(
    `select tenant_id, id, kind, registration_id, note from registration_decisions where note is not null
     limit ${BATCH} for update`,
  )
  for (const row of rows) {
    const person = {
      tenantId: toTypeId('ten', row.tenant_id),
      personId: toTypeId(KIND_PREFIX[row.kind], row.registration_id),
    }
    const key = await personalData.keyOf(tx, person)
    await tx.query('update registration_decisions set sealed_note = $3, note = null where tenant_id = $1 and id = $2', [
      row.tenant_id,
      row.id,
      sealNote(key, toTypeId('dec', row.id), row.note),
    ])
  }
  return rows.length
}

/** Where a document or phone stands for itself in a primary key. */
const CLAIMS = [
  { table: 'registration_documents', column: 'document_key', kind: 'document' },
  { table: 'registration_phones', column: 'phone', kind: 'phone' },
  { table: 'person_limit_groups', column: 'document_key', kind: 'document' },
] as const

/** A claim that an older version made of what is claimed already goes: the first one counts. */
const indexClaims = ({ table, column, kind }: (typeof CLAIMS)[number]): Step => {
  const byKind = table === 'person_limit_groups' ? '' : 'and c.kind = x.kind'
  const ofKind = table === 'person_limit_groups' ? "''" : 'kind'
  return async ({ personalData }, tx) => {
    const rows = await tx.query<{ tenant_id: string; kind: string; value: string }>(
      `select tenant_id, ${ofKind} as kind, ${column} as value from ${table}
       where ${column} not like 'h1:%' limit ${BATCH} for update`,
    )
    const parameters = [
      sqlArray(rows.map((row) => row.tenant_id)),
      sqlArray(rows.map((row) => row.kind)),
      sqlArray(rows.map((row) => row.value)),
      sqlArray(rows.map((row) => personalData.blindIndex(toTypeId('ten', row.tenant_id), kind, row.value))),
    ]
    const given = 'unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as x(tenant, kind, value, next)'
    const same = (value: string) => `c.tenant_id = x.tenant and c.${column} = x.${value} ${byKind}`
    await tx.query(
      `update ${table} t set ${column} = x.next from ${given}
       where ${same('value').replaceAll('c.', 't.')} and not exists (select from ${table} c where ${same('next')})`,
      parameters,
    )
    await tx.query(`delete from ${table} c using ${given} where ${same('value')}`, parameters)
    return rows.length
  }
}

const indexVerifications: Step = async ({ personalData }, tx) => {
  const rows = await tx.query<{ tenant_id: string; id: string; phone: string }>(
    `select tenant_id, id, phone from phone_verifications where phone not like 'h1:%' limit ${BATCH} for update`,
  )
  await tx.query(
    `update phone_verifications v set phone = x.next
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as x(tenant, id, next)
     where v.tenant_id = x.tenant and v.id = x.id`,
    [
      sqlArray(rows.map((row) => row.tenant_id)),
      sqlArray(rows.map((row) => row.id)),
      sqlArray(rows.map((row) => personalData.blindIndex(toTypeId('ten', row.tenant_id), 'phone', row.phone))),
    ],
  )
  return rows.length
}

/** The sandbox's inbox: codes of ten minutes, of whom nobody knows any more whose they were. */
const removeMessages: Step = async (_, tx) =>
  (await tx.query(`delete from messages where sealed is null returning 1`)).length
