import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Actor } from './operators.ts'
import { Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp, text } from './values.ts'

export const Consequence = Type.Enum(['block', 'review', 'inform'], {
  description:
    '`block`: everything is held until two people have decided; `review`: a person looks at it; `inform`: noted only',
})
export type Consequence = Static<typeof Consequence>

const HASH =
  'SHA-256 of a line for each entry in the order of their ids: id, space, SHA-256 of its canonical JSON, newline'

const listFields = {
  name: { ...text(100), description: 'Versions of one name replace each other', examples: ['ofac-sdn'] },
  version: { ...text(100), description: 'As the publisher calls it: a date, as a rule', examples: ['2026-11-20'] },
  consequence: Consequence,
  legalBasis: { ...text(500), description: 'The law that makes the institution look, and what it obliges to' },
  source: { ...text(500), description: 'Where the file is from' },
}

export const ScreeningList = strictObject(
  {
    id: idOf('scl'),
    livemode: Livemode,
    ...listFields,
    status: Type.Enum(['loading', 'active', 'superseded', 'withdrawn'], {
      description: '`superseded`: another version of the same name came after it',
    }),
    isInForce: Type.Boolean({
      description:
        'Active, and now is within its legal window. Until the window opens, the version before it stays in force',
    }),
    validFrom: Timestamp,
    validTo: nullable({ ...Timestamp, description: 'From then on it finds nobody any more' }),
    entryCount: Type.Integer({ minimum: 0 }),
    hash: nullable(Type.String({ pattern: '^[0-9a-f]{64}$', description: `${HASH}; null while loading` })),
    createdAt: Timestamp,
    activatedAt: nullable(Timestamp),
    rescreenedAt: nullable({
      ...Timestamp,
      description: 'When everybody who was a customer before it came had been asked about it',
    }),
  },
  {
    title: 'ScreeningList',
    description: 'One version of a list of people and organisations that must be looked out for',
  },
)
export interface ScreeningList extends Static<typeof ScreeningList> {}

export const CreateScreeningList = strictObject(
  {
    ...listFields,
    validFrom: Type.Optional({ ...Timestamp, description: 'Left out: from now on' }),
    validTo: Type.Optional(Timestamp),
  },
  { title: 'CreateScreeningList' },
)
export interface CreateScreeningList extends Static<typeof CreateScreeningList> {}

const name = text(500)

export const ScreeningListEntry = strictObject(
  {
    id: { ...text(100), description: 'The list’s own number of it' },
    name,
    aliases: Type.Optional(Type.Array(name, { maxItems: 200 })),
    kind: Type.Optional(Type.Enum(['person', 'organisation'])),
    dob: Type.Optional(Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$', description: 'As far as it is known' })),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' })),
    ids: Type.Optional(
      Type.Array(text(150), { maxItems: 100, description: '`TYPE:number`', examples: [['GT_CUI:2540123450101']] }),
    ),
    programs: Type.Optional(Type.Array(text(200), { maxItems: 50 })),
    remarks: Type.Optional(text(2000)),
  },
  { title: 'ScreeningListEntry' },
)
export interface ScreeningListEntry extends Static<typeof ScreeningListEntry> {}

export const ScreeningListEntries = strictObject(
  { entries: Type.Array(ScreeningListEntry, { minItems: 1, maxItems: 200 }) },
  { title: 'ScreeningListEntries' },
)
export interface ScreeningListEntries extends Static<typeof ScreeningListEntries> {}

export const ActivateScreeningList = strictObject(
  {
    actor: Actor,
    entryCount: Type.Integer({
      minimum: 1,
      description: 'How many there must be: a list that was cut short stays out',
    }),
  },
  { title: 'ActivateScreeningList' },
)
export interface ActivateScreeningList extends Static<typeof ActivateScreeningList> {}

export const WithdrawScreeningList = strictObject(
  { actor: Actor, note: { ...text(500), description: 'Why' } },
  { title: 'WithdrawScreeningList' },
)
export interface WithdrawScreeningList extends Static<typeof WithdrawScreeningList> {}

const WRITE = {
  method: 'POST',
  scope: 'screening-lists:write',
  idempotencyKey: 'accepted',
  response: ScreeningList,
} as const
const READ = { method: 'GET', scope: 'screening-lists:read' } as const

export const createScreeningList = operation({
  ...WRITE,
  id: 'createScreeningList',
  path: '/v1/screening-lists',
  summary: 'Begin a version of a list; it finds nobody until it is activated',
  body: CreateScreeningList,
  status: 201,
  problems: ['screening_list_window_invalid'],
})

export const listScreeningLists = operation({
  ...READ,
  id: 'listScreeningLists',
  path: '/v1/screening-lists',
  summary: 'List the versions of all lists, newest first',
  query: strictObject(pageQuery),
  response: pageOf(ScreeningList, 'ScreeningListPage'),
  problems: [],
})

export const getScreeningList = operation({
  ...READ,
  id: 'getScreeningList',
  path: '/v1/screening-lists/{listId}',
  summary: 'Get a version of a list',
  response: ScreeningList,
  problems: ['screening_list_not_found'],
})

export const addScreeningListEntries = operation({
  ...WRITE,
  id: 'addScreeningListEntries',
  path: '/v1/screening-lists/{listId}/entries',
  summary: 'Add entries to a list that is loading; the same entry again changes nothing',
  body: ScreeningListEntries,
  problems: ['screening_list_not_found', 'screening_list_wrong_status', 'screening_entry_duplicate'],
})

export const listScreeningListEntries = operation({
  ...READ,
  id: 'listScreeningListEntries',
  path: '/v1/screening-lists/{listId}/entries',
  summary: 'List the entries of a list in the order of their ids',
  query: strictObject(pageQuery),
  response: pageOf(ScreeningListEntry, 'ScreeningListEntryPage'),
  problems: ['screening_list_not_found'],
})

export const activateScreeningList = operation({
  ...WRITE,
  id: 'activateScreeningList',
  path: '/v1/screening-lists/{listId}/activate',
  summary: 'Put a list in force in place of the version before it; whoever is affected is screened again',
  body: ActivateScreeningList,
  problems: ['screening_list_not_found', 'screening_list_wrong_status', 'screening_list_incomplete'],
})

export const withdrawScreeningList = operation({
  ...WRITE,
  id: 'withdrawScreeningList',
  path: '/v1/screening-lists/{listId}/withdraw',
  summary: 'Take a list out of force, with nothing in its place',
  body: WithdrawScreeningList,
  problems: ['screening_list_not_found', 'screening_list_wrong_status'],
})
