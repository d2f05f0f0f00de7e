import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Actor } from './operators.ts'
import { AssignReview } from './reviews.ts'
import { Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp, text } from './values.ts'

export const CaseOutcome = Type.Enum(['cleared', 'confirmed'], {
  description: '`cleared`: nothing is wrong; `confirmed`: it is true, which two people must find',
})
export type CaseOutcome = Static<typeof CaseOutcome>

/** Why a case is decided as it is. */
export const CASE_REASONS = {
  other_birth_date: { message: 'Another birth date', messageEs: 'Otra fecha de nacimiento' },
  other_document: { message: 'Another document', messageEs: 'Otro documento' },
  other_person: { message: 'Somebody else of this name', messageEs: 'Otra persona del mismo nombre' },
  document_seen: { message: 'The document was seen', messageEs: 'Se vio el documento' },
  explained: { message: 'The person explained it, with evidence', messageEs: 'La persona lo explicó, con pruebas' },
  same_person: { message: 'It is the person on the list', messageEs: 'Es la persona de la lista' },
  unexplained: { message: 'Nobody could explain it', messageEs: 'Nadie lo pudo explicar' },
  authority_informed: { message: 'The authority was informed', messageEs: 'Se informó a la autoridad' },
} as const satisfies Record<string, { readonly message: string; readonly messageEs: string }>
export type CaseReason = keyof typeof CASE_REASONS
const REASON_CODES = Object.keys(CASE_REASONS) as CaseReason[]

const status = Type.Enum(['open', 'inReview', 'cleared', 'confirmed', 'appealed', 'lapsed'], {
  description: '`lapsed`: the person was erased before anybody decided',
})

export const Case = strictObject(
  {
    id: idOf('cas'),
    livemode: Livemode,
    kind: Type.Enum(['screening', 'monitoring']),
    status,
    personId: Type.String({ description: 'Id of the merchant, the consumer or the screening that it is about' }),
    consequence: Type.Enum(['review', 'block'], { description: '`block`: everything is held until it is decided' }),
    screeningId: nullable(idOf('scr')),
    rule: nullable(Type.String({ description: 'Which monitoring rule, and its version' })),
    evidence: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), {
      description: 'Ids and figures that led here; nothing personal',
    }),
    assignedTo: nullable(Type.String({ description: 'The operator who works on it' })),
    operatorsNeeded: strictObject(
      { cleared: Type.Integer({ minimum: 1, maximum: 2 }), confirmed: Type.Integer({ minimum: 1, maximum: 2 }) },
      { title: 'OperatorsNeeded', description: 'How many must agree, by outcome' },
    ),
    proposal: nullable(
      strictObject({ outcome: CaseOutcome, by: Type.String(), at: Timestamp }, { title: 'CaseProposal' }),
    ),
    openedAt: Timestamp,
    decidedAt: nullable(Timestamp),
  },
  { title: 'Case', description: 'Something about a person that people decide: nobody is denied by a score' },
)
export interface Case extends Static<typeof Case> {}

const note = { ...text(500), description: 'In your own words; kept sealed' }

export const DecideCase = strictObject(
  {
    actor: Actor,
    outcome: CaseOutcome,
    reasons: Type.Array(Type.Enum([...REASON_CODES]), { minItems: 1, maxItems: 5, uniqueItems: true }),
    note: Type.Optional(note),
  },
  { title: 'DecideCase' },
)
export interface DecideCase extends Static<typeof DecideCase> {}

export const AppealCase = strictObject(
  {
    actor: { ...Actor, description: 'Who takes the appeal down' },
    note: { ...note, description: 'What the person says' },
  },
  { title: 'AppealCase' },
)
export interface AppealCase extends Static<typeof AppealCase> {}

const DECIDE = { method: 'POST', scope: 'cases:decide', idempotencyKey: 'accepted' } as const

/** What deciding a case can meet, by whichever way it is decided. */
export const DECIDE_PROBLEMS = [
  'case_wrong_status',
  'review_assigned',
  'second_operator_needed',
  'person_erased',
] as const

export const listCases = operation({
  id: 'listCases',
  method: 'GET',
  path: '/v1/cases',
  summary: 'List cases, newest first',
  scope: 'cases:read',
  query: strictObject({
    ...pageQuery,
    status: Type.Optional(status),
    kind: Type.Optional(Type.Enum(['screening', 'monitoring'])),
    personId: Type.Optional(Type.String({ pattern: '^(mer|con|scr)_[0-7][0-9a-hjkmnp-tv-z]{25}$' })),
    assignedTo: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  response: pageOf(Case, 'CasePage'),
  problems: [],
})

export const getCase = operation({
  id: 'getCase',
  method: 'GET',
  path: '/v1/cases/{caseId}',
  summary: 'Get a case',
  scope: 'cases:read',
  response: Case,
  problems: ['case_not_found'],
})

export const assignCase = operation({
  ...DECIDE,
  id: 'assignCase',
  path: '/v1/cases/{caseId}/assign',
  summary: 'Give a case to an operator, or take it: two do not work on one',
  body: AssignReview,
  response: Case,
  problems: ['case_not_found', 'case_wrong_status', 'review_assigned'],
})

export const decideCase = operation({
  ...DECIDE,
  id: 'decideCase',
  path: '/v1/cases/{caseId}/decide',
  summary: 'Decide a case; where two are needed, the first call proposes and another operator decides',
  body: DecideCase,
  response: Case,
  problems: ['case_not_found', ...DECIDE_PROBLEMS],
})

export const appealCase = operation({
  ...DECIDE,
  id: 'appealCase',
  path: '/v1/cases/{caseId}/appeal',
  summary: 'Take down that the person contests a confirmed case; others than before decide it again',
  body: AppealCase,
  response: Case,
  problems: ['case_not_found', 'case_wrong_status', 'person_erased'],
})

const reported = nullable(Type.String())

export const ReportedCase = strictObject(
  {
    caseId: idOf('cas'),
    kind: Type.Enum(['screening', 'monitoring']),
    rule: reported,
    openedAt: Timestamp,
    decidedAt: Timestamp,
    personId: Type.String(),
    name: { ...reported, description: 'Null where the person was erased' },
    dateOfBirth: reported,
    country: reported,
    documentType: reported,
    documentNumber: reported,
    phone: reported,
    reasons: Type.Array(Type.String()),
    evidence: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())])),
  },
  { title: 'ReportedCase', description: 'A row of the report' },
)
export interface ReportedCase extends Static<typeof ReportedCase> {}

export const CaseReport = strictObject({ cases: Type.Array(ReportedCase) }, { title: 'CaseReport' })
export interface CaseReport extends Static<typeof CaseReport> {}

export const getCaseReport = operation({
  id: 'getCaseReport',
  method: 'GET',
  path: '/v1/cases/report',
  summary: 'Confirmed cases of some days, with who they are about, for the financial intelligence unit',
  scope: 'cases:report',
  query: strictObject({
    from: Type.Optional({ ...Timestamp, description: 'Decided at this time or later' }),
    to: Type.Optional({ ...Timestamp, description: 'Decided before this time' }),
    format: Type.Optional(Type.Enum(['json', 'csv'], { description: 'Default `json`' })),
  }),
  response: CaseReport,
  formats: { json: 'application/json', csv: 'text/csv' },
  problems: [],
})
