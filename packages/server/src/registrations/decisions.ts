import type {
  CaseReason,
  DocumentReason,
  ExplainedDecision,
  RegistrationAction,
  RegistrationDecision,
  ReviewReason,
} from '@pisto/contract'
import {
  type CompanionRow,
  Conditions,
  isTypeId,
  type Queryable,
  type RandomBytes,
  type SqlValue,
  toTypeId,
  toUuid,
} from '@pisto/ledger'
import type { FindKeptTexts } from '../log/openings.ts'
import { commitText, type FreeText } from '../platform/committed-text.ts'
import { type Column, insertRows, selected } from '../platform/database/insert-rows.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { contentOf, type DecisionContent, openContent } from './decision-content.ts'
import { KIND_PREFIX, type KindName } from './kinds.ts'
import { reasonText } from './notices.ts'
import type { Registration } from './registration.ts'
import type { RegistrationReading } from './store.ts'

/** Whom a decision is about; `screening`: somebody who is not registered. */
interface DecidedPerson {
  readonly kind: KindName | 'screening'
  readonly id: string
}

/** What an operator decided about a person, why, and on what. */
export interface Decision {
  /** `dec_…` */
  readonly id: string
  readonly registration: DecidedPerson
  /** `cas_…` of the case that was decided; null: about the registration itself. */
  readonly caseId: string | null
  /** `doc_…` of the document that was accepted or rejected; null or left out: about something else. */
  readonly documentId?: string | null
  readonly action: RegistrationAction
  readonly actor: string
  /** Of the client that vouches for the actor. */
  readonly clientId: string
  readonly codes: readonly (ReviewReason | CaseReason | DocumentReason)[]
  readonly note: string | null
  /** The note as it is stored. */
  readonly sealedNote: Uint8Array | null
  /** As the operator saw it. */
  readonly saw: Seen
  /** The registration as the operator saw it; null: of a case, of a document, or of who is to be erased. */
  readonly content: DecisionContent | null
  /** Opens the leaf's commitment. */
  readonly salt: Uint8Array | null
  readonly decidedAt: Date
}

interface Seen {
  /** Of a case: its evidence's hash, hexadecimal. */
  readonly finding: string | null
  /** Of a case: the rules' version. */
  readonly policyVersion: string
  readonly revision: number
}

/** What each decision about a registration is called in the log and in events. */
export const VERBS = {
  proposeApproval: 'approvalProposed',
  approve: 'approved',
  return: 'returned',
  reject: 'rejected',
  suspend: 'suspended',
  reinstate: 'reinstated',
  close: 'closed',
  changePhone: 'phoneChanged',
  requestErasure: 'erasureRequested',
  erase: 'erased',
} as const satisfies Partial<Record<RegistrationAction, string>>
export type OwnAction = keyof typeof VERBS

/** The same of decisions about one document. */
export const DOCUMENT_VERBS = {
  acceptDocument: 'accepted',
  rejectDocument: 'rejected',
} as const satisfies Partial<Record<RegistrationAction, string>>
type DocumentAction = keyof typeof DOCUMENT_VERBS

/** The same of decisions about cases. */
export const CASE_VERBS = {
  proposeClearing: 'decisionProposed',
  clear: 'cleared',
  proposeConfirmation: 'decisionProposed',
  confirm: 'confirmed',
  appeal: 'appealed',
} as const satisfies Record<Exclude<RegistrationAction, OwnAction | DocumentAction>, string>
export type CaseAction = keyof typeof CASE_VERBS

/** What the decision's transaction is for. */
export function purposeOf({ action, registration }: Pick<Decision, 'action' | 'registration'>): string {
  if (action in CASE_VERBS) return `case.${CASE_VERBS[action as CaseAction]}`
  if (action in DOCUMENT_VERBS) return `document.${DOCUMENT_VERBS[action as DocumentAction]}`
  return `${registration.kind}.${VERBS[action as OwnAction]}`
}

/** A decision as it is made. */
export type NewDecision = Omit<Decision, 'sealedNote' | 'salt' | 'decidedAt' | 'content'>

/** What the leaf has a commitment to: who, why, and what they saw. */
export const textOfDecision = ({
  actor,
  codes,
  note,
  saw,
  content,
}: NewDecision & Pick<Decision, 'content'>): FreeText => ({
  actor,
  reasons: codes.length === 0 ? null : codes.join(' '),
  note,
  saw: {
    finding: saw.finding ?? '',
    policyVersion: saw.policyVersion,
    revision: String(saw.revision),
    ...(content !== null && { contentHash: content.hash }), // the leaves of earlier versions have none
  },
})

interface DecisionRow {
  readonly id: string
  readonly kind: DecidedPerson['kind']
  readonly registration_id: string
  readonly case_id: string | null
  readonly document_id: string | null
  readonly action: RegistrationAction
  readonly actor: string
  readonly client_id: string
  readonly codes: string
  readonly note: string | null
  readonly sealed_note: Uint8Array | null
  readonly finding: string | null
  readonly policy_version: string
  readonly revision: number
  readonly content: Uint8Array | null
  readonly content_hash: string | null
  readonly salt: Uint8Array | null
  readonly transaction_id: string
  readonly sequence: bigint
  readonly decided_at: Date
}

const COLUMNS: readonly Column<Decision>[] = [
  ['id', 'uuid', (r) => toUuid(r.id, 'dec')],
  ['kind', 'text', (r) => r.registration.kind],
  ['registration_id', 'uuid', (r) => toUuid(r.registration.id)],
  ['case_id', 'uuid', (r) => (r.caseId === null ? null : toUuid(r.caseId, 'cas'))],
  ['document_id', 'uuid', ({ documentId }) => (documentId ? toUuid(documentId, 'doc') : null)],
  ['action', 'text', (r) => r.action],
  ['actor', 'text', (r) => r.actor],
  ['client_id', 'text', (r) => r.clientId],
  ['codes', 'json', (r) => JSON.stringify(r.codes)],
  ['note', 'text', () => null], // of an older version, until the server has started
  ['sealed_note', 'bytea', (r) => r.sealedNote],
  ['finding', 'text', (r) => r.saw.finding],
  ['policy_version', 'text', (r) => r.saw.policyVersion],
  ['revision', 'integer', (r) => r.saw.revision],
  ['content', 'bytea', (r) => r.content?.sealed ?? null],
  ['content_hash', 'text', (r) => r.content?.hash ?? null],
  ['salt', 'bytea', (r) => r.salt],
  ['transaction_id', 'uuid', (_, posted) => toUuid(posted.transactionId, 'txn')],
  ['sequence', 'bigint', (_, posted) => posted.sequence],
  ['decided_at', 'timestamptz', (r) => r.decidedAt],
]
const SELECTED = selected(COLUMNS, 'r')

const insertDecisions = insertRows<Decision>('registration_decisions', COLUMNS)

/** A decision with its place in the log. */
export interface PlacedDecision extends Decision {
  readonly transactionId: string
  readonly sequence: number
}

/** @param key Of the person that was decided about. */
export const sealNote = (key: PersonKey, decisionId: string, note: string): Uint8Array =>
  key.seal(`decision/${decisionId}`, Buffer.from(note))

/**
 * What a plan adds, so that a decision is written down and its leaf commits to it.
 *
 * @param key Of the person that is decided about; null: they are to be erased, and neither note nor content is kept.
 * @param registration As the operator saw it, where it is what was decided about.
 */
export function writtenDown(
  random: RandomBytes,
  key: PersonKey | null,
  decided: NewDecision,
  decidedAt: Date,
  registration?: Registration,
): { readonly commitments: readonly string[]; readonly companion: CompanionRow } {
  const { id, note } = decided
  const content = key && registration ? contentOf(random, key, id, registration) : null
  const { salt, commitments } = commitText(random, textOfDecision({ ...decided, content }))
  const sealedNote = note === null || key === null ? null : sealNote(key, id, note)
  return { commitments, companion: insertDecisions.row({ ...decided, content, sealedNote, salt, decidedAt }) }
}

/** Decisions that a condition on `r` finds; `values` are its. Their notes stay sealed (`openNotes`). */
export async function readDecisions(
  reader: Queryable,
  where: string,
  values: readonly SqlValue[],
): Promise<PlacedDecision[]> {
  const rows = await reader.query<DecisionRow>(
    `select ${SELECTED} from registration_decisions r where ${where}`,
    values,
  )
  return rows.map(toDecision)
}

/** @throws {NotOpened} */
export const openNote = (key: PersonKey, { id, note, sealedNote }: PlacedDecision): string | null =>
  sealedNote === null ? note : Buffer.from(key.open(`decision/${id}`, sealedNote)).toString()

/** @returns The same with their notes; of persons who were erased without. */
async function openNotes(
  personalData: PersonalData,
  reader: Queryable,
  tenantId: string,
  decisions: readonly PlacedDecision[],
): Promise<PlacedDecision[]> {
  const sealed = decisions.filter(({ sealedNote }) => sealedNote !== null)
  const keys = await personalData.keysOf(
    reader,
    tenantId,
    sealed.map(({ registration }) => registration.id),
  )
  return decisions.map((decision) => {
    const key = keys.get(decision.registration.id)
    if (decision.sealedNote === null || key === undefined) return decision
    return { ...decision, note: openNote(key, decision) }
  })
}

const PERSON_PREFIX = { ...KIND_PREFIX, screening: 'scr' } as const

const toDecision = (row: DecisionRow): PlacedDecision => ({
  id: toTypeId('dec', row.id),
  registration: { kind: row.kind, id: toTypeId(PERSON_PREFIX[row.kind], row.registration_id) },
  caseId: row.case_id === null ? null : toTypeId('cas', row.case_id),
  documentId: row.document_id === null ? null : toTypeId('doc', row.document_id),
  action: row.action,
  actor: row.actor,
  clientId: row.client_id,
  codes: JSON.parse(row.codes),
  note: row.note,
  sealedNote: row.sealed_note,
  saw: { finding: row.finding, policyVersion: row.policy_version, revision: row.revision },
  content: row.content_hash === null ? null : { sealed: row.content, hash: row.content_hash },
  salt: row.salt,
  decidedAt: row.decided_at,
  transactionId: toTypeId('txn', row.transaction_id),
  sequence: Number(row.sequence),
})

/** What a key needs to see what was decided about cases: whoever they are about must not learn of a suspicion. */
export const CASES_SCOPE = 'cases:read'

/** Does it tell that somebody was suspected? A case, or a registration that waited because of one. */
export const tellsSuspicion = ({ caseId, saw }: Pick<Decision, 'caseId' | 'saw'>): boolean =>
  caseId !== null || saw.finding === 'possibleMatch'

/**
 * Newest first: ids are UUIDv7, their order is that of business time.
 *
 * @param page `cases`: also those about cases, where whoever asks may know of them.
 */
export async function listDecisions(
  { personalData }: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  { kind, id }: Pick<Registration, 'kind' | 'id'>,
  { before, limit, cases }: DecisionsPage,
): Promise<PlacedDecision[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `r.kind = ${add(kind)} and r.registration_id = ${add(toUuid(id))}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'dec'))}`)
  if (!cases) where.add(() => 'r.case_id is null')
  const page = `order by r.id desc limit ${where.parameter(limit)}`
  const decisions = await readDecisions(reader, `r.tenant_id = $1${where.sql} ${page}`, where.parameters)
  return openNotes(personalData, reader, tenantId, decisions)
}

interface DecisionsPage {
  readonly before: string | undefined
  readonly limit: number
  readonly cases: boolean
}

/**
 * One decision with what the operator saw.
 *
 * @param cases Whether whoever asks may know of cases.
 * @returns Undefined: there is none about this registration, or none that they may know of.
 */
export async function findDecision(
  { personalData }: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  { kind, id }: Pick<Registration, 'kind' | 'id'>,
  { decisionId, cases }: { readonly decisionId: string; readonly cases: boolean },
): Promise<{ readonly decision: PlacedDecision; readonly content: ExplainedDecision['content'] } | undefined> {
  if (!isTypeId(decisionId, 'dec')) return undefined
  const where = 'r.tenant_id = $1 and r.id = $2 and r.kind = $3 and r.registration_id = $4'
  const values = [toUuid(tenantId, 'ten'), toUuid(decisionId, 'dec'), kind, toUuid(id)]
  const found = await readDecisions(reader, where, values)
  const [decision] = await openNotes(personalData, reader, tenantId, found)
  if (decision === undefined || (decision.caseId !== null && !cases)) return undefined
  const key = (await personalData.keysOf(reader, tenantId, [id])).get(id)
  const content = key && decision.content ? openContent(key, decisionId, decision.content) : undefined
  return { decision, content: content ?? null }
}

/** Of the operator's decision that a transaction is, if it is one. */
export const findDecisionTexts =
  ({ personalData }: RegistrationReading): FindKeptTexts =>
  async (reader, tenantId, { transactionId }) => {
    if (!isTypeId(transactionId, 'txn')) return []
    const decisions = await readDecisions(reader, 'r.tenant_id = $1 and r.transaction_id = $2', [
      toUuid(tenantId, 'ten'),
      toUuid(transactionId, 'txn'),
    ])
    const opened = await openNotes(personalData, reader, tenantId, decisions)
    return opened.map((decision) => ({
      salt: decision.salt,
      text: textOfDecision(decision),
      ...(decision.caseId !== null && { scope: CASES_SCOPE }),
    }))
  }

/** As the wire has it. */
export function showDecision(decision: PlacedDecision, livemode: boolean): RegistrationDecision {
  const { id, action, actor, codes, note, saw, caseId, documentId = null, transactionId } = decision
  const reasons = codes.map(reasonText)
  const time = decision.decidedAt.toISOString()
  const seen = { ...saw, contentHash: decision.content?.hash ?? null }
  return { id, livemode, action, actor, reasons, note, saw: seen, caseId, documentId, transactionId, time }
}
