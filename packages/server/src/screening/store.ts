import { createHash } from 'node:crypto'
import { companion, isTypeId, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { canonicalJson } from '@pisto/proof'
import type { Case } from '../cases/case.ts'
import { type Column, insertRows, selected } from '../platform/database/insert-rows.ts'
import { oncePerObject } from '../platform/once-per-object.ts'
import { KIND_PREFIX } from '../registrations/kinds.ts'
import type { ScreeningContext } from './screen-lists.ts'
import type { ScreenedPerson, Screening } from './screening.ts'

const PERSON_PREFIX = { ...KIND_PREFIX, screening: 'scr' } as const

/** A person as two columns hold them. */
export const personOf = (kind: ScreenedPerson['kind'], uuid: string): ScreenedPerson => ({
  kind,
  id: toTypeId(PERSON_PREFIX[kind], uuid),
})

interface ScreeningRow {
  readonly id: string
  readonly person_kind: ScreenedPerson['kind']
  readonly person_id: string
  readonly reason: Screening['reason']
  readonly input_hash: Uint8Array
  readonly sealed_input: Uint8Array
  readonly sealed_hits: Uint8Array | null
  readonly answer_hash: Uint8Array
  readonly hits: string
  readonly created_at: Date
  readonly context: string
}

/** Screenings of one batch share theirs. */
const write = oncePerObject((context: ScreeningContext) => {
  const text = canonicalJson(context)
  return { text, hash: new Uint8Array(createHash('sha256').update(text).digest()) }
})

const COLUMNS: readonly Column<Screening>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'scr')],
  ['person_kind', 'text', ({ person }) => person.kind],
  ['person_id', 'uuid', ({ person }) => toUuid(person.id)],
  ['reason', 'text', ({ reason }) => reason],
  ['input_hash', 'bytea', ({ inputHash }) => inputHash],
  ['sealed_input', 'bytea', ({ sealedInput }) => sealedInput],
  ['sealed_hits', 'bytea', ({ sealedHits }) => sealedHits],
  ['answer_hash', 'bytea', ({ answerHash }) => answerHash],
  ['hits', 'json', ({ hits }) => JSON.stringify(hits)],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]
const SELECTED = `${selected(COLUMNS, 's')}, c.content::text as context`
const FROM = `from screenings s join screening_contexts c on c.tenant_id = s.tenant_id and c.hash = s.context_hash`

export const insertScreenings = insertRows<Screening>('screenings', [
  ...COLUMNS,
  ['context_hash', 'bytea', ({ context }) => write(context).hash],
])

/** Travels with each screening. */
export const insertContexts = companion<ScreeningContext>({
  sql: `insert into screening_contexts (tenant_id, hash, content)
        select $1, x.hash, x.content from unnest($2::bytea[], $3::json[]) as x(hash, content)
        on conflict (tenant_id, hash) do nothing`,
  columns: (rows) => {
    const different = [...new Map(rows.map(({ row }) => [write(row).text, write(row).hash]))]
    return [sqlArray(different.map(([, hash]) => hash)), sqlArray(different.map(([text]) => text))]
  },
})

const toScreening = (row: ScreeningRow): Screening => ({
  id: toTypeId('scr', row.id),
  person: personOf(row.person_kind, row.person_id),
  reason: row.reason,
  context: JSON.parse(row.context),
  inputHash: row.input_hash,
  sealedInput: row.sealed_input,
  sealedHits: row.sealed_hits,
  answerHash: row.answer_hash,
  hits: JSON.parse(row.hits),
  createdAt: row.created_at,
})

/** @returns Undefined: this tenant has no such screening; also for ids that are none. */
export async function findScreening(reader: Queryable, tenantId: string, id: string): Promise<Screening | undefined> {
  if (!isTypeId(id, 'scr')) return undefined
  const [row] = await reader.query<ScreeningRow>(`select ${SELECTED} ${FROM} where s.tenant_id = $1 and s.id = $2`, [
    toUuid(tenantId, 'ten'),
    toUuid(id),
  ])
  return row && toScreening(row)
}

export interface ScreeningFilter {
  /** `mer_…`, `con_…` */
  readonly personId?: string | undefined
  readonly before: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listScreenings(
  reader: Queryable,
  tenantId: string,
  { personId, before, limit }: ScreeningFilter,
): Promise<Screening[]> {
  const rows = await reader.query<ScreeningRow>(
    `select ${SELECTED} ${FROM}
     where s.tenant_id = $1 and ($2::uuid is null or s.person_id = $2) and ($3::uuid is null or s.id < $3)
     order by s.id desc limit $4`,
    [
      toUuid(tenantId, 'ten'),
      personId === undefined ? null : toUuid(personId),
      before === undefined ? null : toUuid(before, 'scr'),
      limit,
    ],
  )
  return rows.map(toScreening)
}

/**
 * Hashes of the entries that people decided this person, as they are now, not to be, with the strictest consequence that
 * it was decided under: one operator clears a match of a list that asks for a look, and not one of a list that blocks.
 */
export async function clearedEntries(
  reader: Queryable,
  tenantId: string,
  personId: string,
  inputHash: Uint8Array,
): Promise<ReadonlyMap<string, Case['consequence']>> {
  const rows = await reader.query<{ consequence: Case['consequence']; hits: string }>(
    `select c.consequence, s.hits::text as hits
     from cases c join screenings s on s.tenant_id = c.tenant_id and s.id = c.screening_id
     where c.tenant_id = $1 and c.person_id = $2 and c.status = 'cleared' and s.input_hash = $3
     order by c.consequence desc`, // block comes last, and counts
    [toUuid(tenantId, 'ten'), toUuid(personId), inputHash],
  )
  return new Map(
    rows.flatMap(({ consequence, hits }) =>
      (JSON.parse(hits) as Screening['hits']).map(({ entryHash }) => [entryHash, consequence] as const),
    ),
  )
}
