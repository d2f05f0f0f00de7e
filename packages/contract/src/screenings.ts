import { type Static, Type } from 'typebox'
import { AppealCase, Case, DECIDE_PROBLEMS, DecideCase } from './cases.ts'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Consequence, ScreeningListEntry } from './screening-lists.ts'
import { Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp } from './values.ts'

const hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const weighed = { weight: Type.Integer() }

export const ScreeningExplanation = strictObject(
  {
    kind: Type.Enum(['person', 'organisation']),
    compared: strictObject({ query: Type.String(), entry: Type.String() }, { title: 'ComparedNames' }),
    pairs: Type.Array(
      strictObject(
        { query: Type.String(), entry: Type.String(), part: Type.String(), method: Type.String(), ...weighed },
        { title: 'ScreenedPair' },
      ),
    ),
    unpaired: strictObject(
      {
        query: Type.Array(
          strictObject({ text: Type.String(), part: Type.String(), ...weighed }, { title: 'UnpairedScreenedWord' }),
        ),
        entry: Type.Array(
          strictObject({ text: Type.String(), part: Type.String(), ...weighed }, { title: 'UnpairedScreenedWord' }),
        ),
      },
      { title: 'UnpairedScreenedWords' },
    ),
    reasons: Type.Array(
      strictObject(
        { code: Type.String(), message: Type.String(), messageEs: Type.String(), ...weighed },
        { title: 'ScreeningReason' },
      ),
    ),
    total: Type.Integer(),
    threshold: Type.Integer(),
  },
  { title: 'ScreeningExplanation', description: 'Every pair of words with its weight; the sum is `total`' },
)
export interface ScreeningExplanation extends Static<typeof ScreeningExplanation> {}

export const ScreeningMatch = strictObject(
  {
    listId: idOf('scl'),
    entryId: Type.String(),
    consequence: Consequence,
    score: Type.Number({ minimum: 0, maximum: 1, description: 'A match from 0.5 on' }),
    isKnown: Type.Boolean({
      description: 'It was decided before, as strictly as this list wants it, that this person is not that entry',
    }),
    entry: nullable(ScreeningListEntry),
    explanation: nullable(ScreeningExplanation),
  },
  {
    title: 'ScreeningMatch',
    description: 'An entry that the person may be. `entry` and `explanation`: when got by id',
  },
)
export interface ScreeningMatch extends Static<typeof ScreeningMatch> {}

export const Screening = strictObject(
  {
    id: idOf('scr'),
    livemode: Livemode,
    status: Type.Enum(['clear', 'potentialMatch', 'inReview', 'cleared', 'confirmed', 'appealed', 'lapsed']),
    personId: Type.String({ description: 'Id of the merchant, of the consumer, or its own' }),
    reason: Type.Enum(['registration', 'request', 'listChange']),
    algorithm: Type.String({ description: 'Version of the rules' }),
    lists: Type.Array(
      strictObject(
        { listId: idOf('scl'), name: Type.String(), version: Type.String(), hash, consequence: Consequence },
        { title: 'PinnedList' },
      ),
      { description: 'All that were in force' },
    ),
    inputHash: { ...hash, description: 'Keyed hash of what was asked' },
    answerHash: { ...hash, description: 'SHA-256 of rules, lists and every answer: it replays bit for bit' },
    matches: Type.Array(ScreeningMatch),
    caseId: nullable(idOf('cas')),
    createdAt: Timestamp,
  },
  { title: 'Screening' },
)
export interface Screening extends Static<typeof Screening> {}

const name = Type.String({ minLength: 1, maxLength: 300, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })

export const CreateScreening = strictObject(
  {
    personId: Type.Optional(
      Type.String({
        pattern: '^(mer|con)_[0-7][0-9a-hjkmnp-tv-z]{25}$',
        description: 'A merchant or consumer, by what it has given',
      }),
    ),
    query: Type.Optional(
      strictObject(
        {
          name,
          aliases: Type.Optional(Type.Array(name, { maxItems: 20 })),
          dob: Type.Optional(Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })),
          country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
          ids: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20 })),
          kind: Type.Optional(Type.Enum(['person', 'organisation'])),
        },
        { title: 'ScreeningQuery', description: 'Somebody who is not registered' },
      ),
    ),
  },
  { title: 'CreateScreening', description: 'Either `personId` or `query`' },
)
export interface CreateScreening extends Static<typeof CreateScreening> {}

export const ScreeningReplay = strictObject(
  {
    screeningId: idOf('scr'),
    isSame: Type.Boolean({ description: 'The same rules on the same lists and input gave the same bytes' }),
    inputHash: hash,
    replayedInputHash: { ...hash, description: 'Of what was kept sealed as the question' },
    answerHash: hash,
    replayedHash: hash,
  },
  { title: 'ScreeningReplay' },
)
export interface ScreeningReplay extends Static<typeof ScreeningReplay> {}

export const createScreening = operation({
  id: 'createScreening',
  method: 'POST',
  path: '/v1/screenings',
  summary: 'Screen a person against all lists in force',
  scope: 'screenings:write',
  idempotencyKey: 'accepted',
  body: CreateScreening,
  response: Screening,
  status: 201,
  problems: ['merchant_not_found', 'consumer_not_found', 'requirements_missing', 'person_erased'],
})

export const listScreenings = operation({
  id: 'listScreenings',
  method: 'GET',
  path: '/v1/screenings',
  summary: 'List screenings, newest first',
  scope: 'screenings:read',
  query: strictObject({
    ...pageQuery,
    personId: Type.Optional(Type.String({ pattern: '^(mer|con|scr)_[0-7][0-9a-hjkmnp-tv-z]{25}$' })),
  }),
  response: pageOf(Screening, 'ScreeningPage'),
  problems: [],
})

export const getScreening = operation({
  id: 'getScreening',
  method: 'GET',
  path: '/v1/screenings/{screeningId}',
  summary: 'Get a screening with the explanation of every pair of words',
  scope: 'screenings:read',
  response: Screening,
  problems: ['screening_not_found'],
})

export const replayScreening = operation({
  id: 'replayScreening',
  method: 'GET',
  path: '/v1/screenings/{screeningId}/replay',
  summary: 'Ask the same again of the same lists, and compare',
  scope: 'screenings:read',
  response: ScreeningReplay,
  problems: ['screening_not_found', 'screening_not_replayable'],
})

const DECIDE = { method: 'POST', scope: 'cases:decide', idempotencyKey: 'accepted', response: Case } as const

export const decideScreening = operation({
  ...DECIDE,
  id: 'decideScreening',
  path: '/v1/screenings/{screeningId}/decide',
  summary: 'Decide the case of a screening; `POST /v1/cases/{caseId}/decide` is the same',
  body: DecideCase,
  problems: ['screening_not_found', 'case_not_found', ...DECIDE_PROBLEMS],
})

export const appealScreening = operation({
  ...DECIDE,
  id: 'appealScreening',
  path: '/v1/screenings/{screeningId}/appeal',
  summary: 'Appeal against a confirmed match; `POST /v1/cases/{caseId}/appeal` is the same',
  body: AppealCase,
  problems: ['screening_not_found', 'case_not_found', 'case_wrong_status', 'person_erased'],
})
