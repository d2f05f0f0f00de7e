import { randomUUID } from 'node:crypto'
import type { CreateMerchant, JournalOperation, JournalResult, UpdateMerchant } from '@pisto/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { agentHandlers } from '../agents/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { aFieldDevice, type FieldDevice } from '../testing/field-device.ts'
import { aMerchant, aPerson } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

interface Field {
  readonly tenant: TenantProfile
  readonly phone: FieldDevice
  /** Sends one operation. */
  send(operation: Pick<JournalOperation, 'kind' | 'subject'> & Partial<JournalOperation>): Promise<JournalResult>
  create(form: CreateMerchant, subject?: string): Promise<JournalResult>
  choose(of: JournalResult, subject: string, choice: string, mine?: object): Promise<JournalResult>
  edit(subject: string, change: UpdateMerchant, base?: UpdateMerchant): Promise<JournalResult>
}

async function aField(tenant?: TenantProfile): Promise<Field> {
  const own = tenant ?? (await aTenant(world))
  const phone = await aFieldDevice(world, own)
  const send: Field['send'] = async (written) => {
    const [result] = await phone.send(await phone.operation(written))
    return result as JournalResult
  }
  return {
    tenant: own,
    phone,
    send,
    create: (form, subject = randomUUID()) => send({ kind: 'createMerchant', subject, body: { ...form } }),
    choose: (of, subject, choice, mine) =>
      send({ kind: 'resolveConflict', subject, body: { of: of.id, choice, ...(mine && { mine }) } }),
    edit: (subject, change, base) =>
      send({ kind: 'updateMerchant', subject, body: { ...change }, ...(base && { base: { ...base } }) }),
  }
}

const merchantOf = ({ tenant }: Field, id: string | null | undefined) =>
  merchantHandlers(world).getMerchant({ merchantId: id ?? '' }, aCall(tenant, 'getMerchant'))

/** What the office does meanwhile. */
const office = ({ tenant }: Field) => ({
  edit: (id: string | null, body: UpdateMerchant) =>
    merchantHandlers(world).updateMerchant({ merchantId: id ?? '', body }, aCall(tenant, 'updateMerchant')),
  async activate(id: string | null) {
    const merchants = merchantHandlers(world)
    const key = { merchantId: id ?? '' }
    const { id: verificationId } = await merchants.startMerchantPhoneVerification(key, aCall(tenant, 'start'))
    const code = { ...key, verificationId, body: { code: '000000' } }
    await merchants.confirmMerchantPhoneVerification(code, aCall(tenant, 'confirm'))
    await merchants.submitMerchant(key, aCall(tenant, 'submit'))
  },
  close: (id: string | null) =>
    merchantHandlers(world).closeMerchant(
      { merchantId: id ?? '', body: { actor: 'rosa', reasons: ['own_request'] } },
      aCall(tenant, 'closeMerchant'),
    ),
})

/** Two agents enrol one person; the second finds the first quicker. */
async function twoEnrolOne() {
  const first = await aField()
  const second = await aField(first.tenant)
  const form = aMerchant()
  const theirs = await first.create(form)
  const subject = randomUUID()
  const mine = { ...form, tradeName: 'La Mía' }
  return { first, second, theirs, subject, mine, conflict: await second.create(mine, subject) }
}

it('somebody else was quicker: the conflict names theirs and what can be chosen', async () => {
  const { theirs, conflict } = await twoEnrolOne()

  expect(conflict).toMatchObject({
    outcome: 'conflict',
    objectId: null,
    conflict: {
      kind: 'personRegistered',
      registrationId: theirs.objectId,
      status: 'draft',
      fields: [],
      choices: ['keepTheirs', 'useMine', 'discard'],
    },
  })
})

it('keepTheirs: the local id stands for theirs from now on, which stays as it is', async () => {
  const { second, theirs, subject, conflict } = await twoEnrolOne()

  expect(await second.choose(conflict, subject, 'keepTheirs')).toMatchObject({
    outcome: 'done',
    objectId: theirs.objectId,
  })
  expect(await second.edit(subject, { locale: 'en' })).toMatchObject({ outcome: 'done', objectId: theirs.objectId })
  expect(await merchantOf(second, theirs.objectId)).toMatchObject({ tradeName: 'Tortillería Ñandú', locale: 'en' })
})

it('useMine: theirs has what I wrote, and my attestation beside theirs', async () => {
  const { first, second, theirs, subject, mine, conflict } = await twoEnrolOne()

  const chosen = await second.choose(conflict, subject, 'useMine', mine)

  expect(chosen).toMatchObject({ outcome: 'done', objectId: theirs.objectId })
  expect(await merchantOf(second, theirs.objectId)).toMatchObject({ tradeName: 'La Mía' })
  const query = { registrationId: theirs.objectId ?? '' }
  const { data } = await agentHandlers(world).listEnrolments({ query }, aCall(first.tenant, 'listEnrolments'))
  expect(data.map(({ agentId }) => agentId)).toEqual([second.phone.device.agentId, first.phone.device.agentId])
})

it('useMine edited to be somebody else registers somebody else', async () => {
  const { second, theirs, subject, mine, conflict } = await twoEnrolOne()

  const chosen = await second.choose(conflict, subject, 'useMine', { ...mine, ...aPerson() })

  expect(chosen.outcome).toBe('done')
  expect(chosen.objectId).not.toBe(theirs.objectId)
})

it('useMine needs an attestation of its own', async () => {
  const { second, subject, mine, conflict } = await twoEnrolOne()
  const body = { of: conflict.id, choice: 'useMine', mine }
  const { attestation: _, ...bare } = await second.phone.operation({ kind: 'resolveConflict', subject, body })

  expect(await second.phone.send(bare)).toMatchObject([
    { outcome: 'refused', problem: { code: 'attestation_invalid' } },
  ])
  expect((await second.choose(conflict, subject, 'useMine', mine)).outcome, 'it is still open').toBe('done')
})

it('discard: nothing of mine is left, and what followed is refused', async () => {
  const { second, theirs, subject, conflict } = await twoEnrolOne()
  const submit = await second.phone.operation({ kind: 'submitMerchant', subject, previous: conflict.id })

  expect(await second.phone.send(submit)).toMatchObject([{ outcome: 'waiting', waitingFor: conflict.id }])
  await second.choose(conflict, subject, 'discard')
  expect(await second.phone.send(submit)).toMatchObject([
    { outcome: 'refused', problem: { code: 'sync_subject_unknown' } },
  ])
  expect((await merchantOf(second, theirs.objectId)).tradeName).toBe('Tortillería Ñandú')
})

it('of two choices one is taken, and a choice that the conflict does not leave is none', async () => {
  const { second, subject, conflict } = await twoEnrolOne()
  const choose = (choice: string) =>
    second.phone.operation({ kind: 'resolveConflict', subject, body: { of: conflict.id, choice } })

  const results = await second.phone.send(await choose('keepTheirs'), await choose('discard'), await choose('other'))

  expect(results.map(({ outcome, problem }) => problem?.code ?? outcome)).toEqual([
    'done',
    'sync_choice_invalid',
    'request_invalid',
  ])
})

it('whoever is active already is not written over: theirs is kept or mine is dropped', async () => {
  const { first, theirs, mine } = await twoEnrolOne()
  await office(first).activate(theirs.objectId)

  const { conflict } = await (await aField(first.tenant)).create(mine)

  expect(conflict).toMatchObject({ kind: 'personRegistered', status: 'active', choices: ['keepTheirs', 'discard'] })
})

it('a phone that is somebody else’s: whose is not told, and another one can be given', async () => {
  const field = await aField()
  const { phone } = aMerchant()
  await field.create(aMerchant('GT', { phone }))
  const subject = randomUUID()
  const mine = aMerchant('GT', { phone })
  const conflict = await field.create(mine, subject)

  expect(conflict.conflict).toEqual({
    kind: 'phoneTaken',
    registrationId: null,
    status: null,
    fields: [],
    choices: ['useMine', 'discard'],
  })
  const still = await field.choose(conflict, subject, 'useMine', mine)
  expect(still).toMatchObject({ outcome: 'refused', problem: { code: 'phone_duplicate' } })
  const mended = await field.choose(conflict, subject, 'useMine', { ...mine, phone: aPerson().phone })
  expect(mended.outcome).toBe('done')
})

it('edits of different fields both hold', async () => {
  const field = await aField()
  const form = aMerchant()
  const { objectId } = await field.create(form)
  await office(field).edit(objectId, { categoryCode: '5411' })

  const edited = await field.edit(objectId ?? '', { tradeName: 'Nueva' }, { tradeName: form.tradeName })

  expect(edited.outcome).toBe('done')
  expect(await merchantOf(field, objectId)).toMatchObject({ tradeName: 'Nueva', categoryCode: '5411' })
})

it.each([
  ['keepTheirs', undefined, 'De la oficina'],
  ['useMine', { tradeName: 'Nueva' }, 'Nueva'],
  ['useMine', { tradeName: 'Ni una ni otra' }, 'Ni una ni otra'],
] as const)('edits of one field conflict; %s %j leaves %s', async (choice, mine, left) => {
  const field = await aField()
  const form = aMerchant()
  const subject = randomUUID()
  const { objectId } = await field.create(form, subject)
  await office(field).edit(objectId, { tradeName: 'De la oficina', phone: aPerson().phone })

  const change = { tradeName: 'Nueva', categoryCode: '5411' }
  const conflict = await field.edit(subject, change, { tradeName: form.tradeName, categoryCode: form.categoryCode })
  expect(conflict.conflict).toMatchObject({
    kind: 'editedMeanwhile',
    registrationId: objectId,
    fields: ['tradeName'],
    choices: ['keepTheirs', 'useMine'],
  })
  await field.choose(conflict, subject, choice, mine)
  expect((await merchantOf(field, objectId)).tradeName).toBe(left)
})

type Form = ReturnType<typeof aMerchant>
const sameEdit = (_: Form): [UpdateMerchant, UpdateMerchant, UpdateMerchant] => [
  { tradeName: 'Nueva' },
  { tradeName: 'Nueva' },
  { tradeName: 'Vieja' },
]
const otherSpelling = ({ phone, person }: Form): [UpdateMerchant, UpdateMerchant, UpdateMerchant] => {
  const number = person.document.number.replace(/^(\d{4})/, '$1 ')
  const spelt = { ...person, document: { ...person.document, number } }
  return [{ locale: 'en' }, { phone, person }, { phone: phone.replace(/^\+502(\d{4})/, '$1 '), person: spelt }]
}

it.each([
  ['both made the same edit', sameEdit],
  ['the base is in another spelling', otherSpelling],
])('no conflict where %s', async (_why, edits) => {
  const field = await aField()
  const form = aMerchant()
  const { objectId } = await field.create(form)
  const [theirs, mine, base] = edits(form)
  await office(field).edit(objectId, theirs)

  expect(await field.edit(objectId ?? '', mine, base)).toMatchObject({ outcome: 'done' })
})

it('what became active meanwhile takes no edit: theirs is kept', async () => {
  const field = await aField()
  const { objectId } = await field.create(aMerchant())
  await office(field).activate(objectId)

  const conflict = await field.edit(objectId ?? '', { tradeName: 'Nueva' })

  expect(conflict.conflict).toMatchObject({ kind: 'statusChanged', status: 'active', choices: ['keepTheirs'] })
  expect(await field.choose(conflict, objectId ?? '', 'keepTheirs')).toMatchObject({ outcome: 'done' })
})

it('who was closed meanwhile can be enrolled anew, and the local id stands for the new one', async () => {
  const field = await aField()
  const form = aMerchant()
  const subject = randomUUID()
  const { objectId } = await field.create(form, subject)
  await office(field).activate(objectId)
  await office(field).close(objectId)

  const conflict = await field.edit(subject, { tradeName: 'Nueva' })
  expect(conflict.conflict).toMatchObject({ kind: 'closed', status: 'closed', choices: ['useMine', 'discard'] })
  const anew = await field.choose(conflict, subject, 'useMine', { ...form, tradeName: 'Nueva' })

  expect(anew).toMatchObject({ outcome: 'done', objectId: expect.stringMatching(/^mer_/) })
  expect(anew.objectId).not.toBe(objectId)
  expect(await field.edit(subject, { locale: 'en' })).toMatchObject({ outcome: 'done', objectId: anew.objectId })
})

it('two devices enrol one person at the same moment: one does, the other chooses', async () => {
  const first = await aField()
  const second = await aField(first.tenant)
  const form = aMerchant()

  const results = await Promise.all([first.create(form), second.create(form)])

  expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['conflict', 'done'])
})
