import type { Consumer, Merchant } from '@pisto/contract'
import type { Plan } from '@pisto/ledger'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resolveAlias } from '../aliases/service.ts'
import { caseHandlers } from '../cases/handlers.ts'
import { consumerHandlers } from '../consumers/handlers.ts'
import { merchantHandlers } from '../merchants/handlers.ts'
import { screeningHandlers } from '../screening/handlers.ts'
import { aConsumer, aMerchant, aPerson, type WholePerson } from '../testing/people.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { requirePayer } from './payers.ts'

let world: TestWorld
let tenant: Awaited<ReturnType<typeof aTenant>>
let bank: string
beforeAll(async () => {
  world = await openTestWorld()
  tenant = await aTenant(world)
  bank = world.ids.next('acc')
  const { currency } = tenant
  await decide({
    accounts: [{ accountId: bank, purpose: 'cash', ownerId: null, currency, normalSide: 'debit', noOverdraft: false }],
  })
})
afterAll(() => world.close())

type KindName = 'merchant' | 'consumer'
interface Given {
  readonly phone: string
  /** Left out: nothing is said of the person. */
  readonly person?: Partial<WholePerson>
}
const call = (operation: string) => aCall(tenant, operation)

/** Each kind by the same names. */
const HANDLERS = {
  merchant: () => {
    const it = merchantHandlers(world)
    return {
      create: (body: object) => it.createMerchant({ body: { ...aMerchant(), ...body } }, call('createMerchant')),
      get: (merchantId: string) => it.getMerchant({ merchantId }, call('getMerchant')),
      update: (merchantId: string, body: object) => it.updateMerchant({ merchantId, body }, call('updateMerchant')),
      submit: (merchantId: string, body: object) => it.submitMerchant({ merchantId, body }, call('submitMerchant')),
      upgrade: (merchantId: string) => it.upgradeMerchant({ merchantId }, call('upgradeMerchant')),
      start: (merchantId: string) => it.startMerchantPhoneVerification({ merchantId }, call('start')),
      confirm: (merchantId: string, verificationId: string) =>
        it.confirmMerchantPhoneVerification({ merchantId, verificationId, body: { code: '000000' } }, call('confirm')),
      close: (merchantId: string) =>
        it.closeMerchant({ merchantId, body: { actor: 'ana', reasons: ['own_request'] } }, call('closeMerchant')),
    }
  },
  consumer: () => {
    const it = consumerHandlers(world)
    return {
      create: (body: object) => it.createConsumer({ body: { ...aConsumer(), ...body } }, call('createConsumer')),
      get: (consumerId: string) => it.getConsumer({ consumerId }, call('getConsumer')),
      update: (consumerId: string, body: object) => it.updateConsumer({ consumerId, body }, call('updateConsumer')),
      submit: (consumerId: string, body: object) => it.submitConsumer({ consumerId, body }, call('submitConsumer')),
      upgrade: (consumerId: string) => it.upgradeConsumer({ consumerId }, call('upgradeConsumer')),
      start: (consumerId: string) => it.startConsumerPhoneVerification({ consumerId }, call('start')),
      confirm: (consumerId: string, verificationId: string) =>
        it.confirmConsumerPhoneVerification({ consumerId, verificationId, body: { code: '000000' } }, call('confirm')),
      close: (consumerId: string) =>
        it.closeConsumer({ consumerId, body: { actor: 'ana', reasons: ['own_request'] } }, call('closeConsumer')),
    }
  },
}

async function aDraft(kind: KindName, { phone, person }: Given): Promise<string> {
  const { create, start, confirm } = HANDLERS[kind]()
  const { person: _, ...rest } = aMerchant()
  const body = kind === 'merchant' ? { ...rest, phone } : { phone }
  const { id } = await create({ ...body, person: person ?? {} })
  await world.db.query("update phone_verifications set requested_at = '2026-01-01'") // so many codes an hour
  await confirm(id, (await start(id)).id)
  return id
}

async function aRegistered(kind: KindName, given: Given, submission: object = {}): Promise<Merchant | Consumer> {
  return HANDLERS[kind]().submit(await aDraft(kind, given), submission)
}
const onTier0 = (kind: KindName, phone = aPerson().phone) => aRegistered(kind, { phone }, { tier: 0 })
const goUp = async (kind: KindName, id: string, person: WholePerson) => {
  await HANDLERS[kind]().update(id, { person })
  return HANDLERS[kind]().upgrade(id)
}

function decide(plan: Partial<Plan<null>>) {
  const request = { tenantId: tenant.id, clientId: 't', operation: 't', key: undefined, bodyHash: new Uint8Array() }
  return world.ledger.decide(request, () => ({ purpose: 'test', answer: null, ...plan }))
}

/** `ok`, or which limit refuses. */
async function move(debit: string, credit: string, amount: string): Promise<string> {
  const { currency } = tenant
  const decided = await decide({ transfers: [{ kind: 'posted', debit, credit, amount: { amount, currency } }] })
  return decided.ok ? 'ok' : `${decided.refusal.code} ${decided.refusal.facts['limit']}`
}
const receive = ({ accountId }: Pick<Merchant, 'accountId'>, amount: string) => move(bank, accountId ?? '', amount)
const spend = ({ accountId }: Pick<Merchant, 'accountId'>, amount: string) => move(accountId ?? '', bank, amount)
const limitsOf = ({ accountId }: Pick<Merchant, 'accountId'>) =>
  world.ledger.findAccountLimits(tenant.id, accountId ?? '')

describe('with a confirmed phone and nothing else', () => {
  it.each(['merchant', 'consumer'] as const)(
    'a %s is active on tier 0, and knows what tier 1 asks for',
    async (kind) => {
      const id = await aDraft(kind, { phone: aPerson().phone })
      const { submit, get } = HANDLERS[kind]()
      const nobody = { givenNames: null, familyNames: null, dateOfBirth: null, document: null }
      expect((await get(id)).person).toEqual(nobody)
      await expect(submit(id, {})).rejects.toMatchObject({
        code: 'requirements_missing',
        facts: { currentlyDue: 'name, birthDate, document' },
      })

      const active = await submit(id, { tier: 0 })

      expect(active).toMatchObject({ status: 'active', tier: 0, requestedTier: null, person: nobody })
      expect(active.requirements).toMatchObject({
        ...{ currentlyDue: [], eventuallyDue: ['name', 'birthDate', 'document'], disabledReason: null },
      })
      expect(active.capabilities).toMatchObject(
        kind === 'merchant'
          ? { acceptPayments: { status: 'active' }, payout: { status: 'inactive', reasons: ['tier'] } }
          : { holdBalance: { status: 'active' }, pay: { status: 'inactive', reasons: ['tier'] } },
      )
      const events = await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 100 })
      expect(events.filter(({ objectId }) => objectId === id).map(({ type }) => type)).toEqual([
        `${kind}.created`,
        `${kind}.activated`,
      ])
    },
  )

  it('receives small amounts, and no more at once, in a day or in all', async () => {
    const shop = await onTier0('merchant')

    expect(await receive(shop, '250.01')).toBe('receiving_limit_exceeded single')
    expect([await receive(shop, '250.00'), await receive(shop, '250.00')]).toEqual(['ok', 'ok'])
    expect(await receive(shop, '0.01')).toBe('receiving_limit_exceeded day')
  })

  it.each(['merchant', 'consumer'] as const)('a %s does not pay out of the wallet before tier 1', async (kind) => {
    const { id, accountId } = await onTier0(kind)
    const payer = { accountId: accountId ?? '', ownerId: id }
    const pays = () => requirePayer(world.db, tenant.id, payer)
    await expect(pays()).rejects.toMatchObject({
      code: 'tier_too_low',
      facts: { tier: '0', capability: kind === 'merchant' ? 'payout' : 'pay' },
    })

    await goUp(kind, id, aPerson().person)

    await expect(pays()).resolves.toBeUndefined()
  })

  it('is not verified, and is shown by the end of the phone', async () => {
    const { alias, phone } = await onTier0('consumer')
    const deps = { ...world, tenants: { list: async () => [tenant] }, lookups: { count: async () => undefined } }

    expect(await resolveAlias(deps as never, call('resolveAlias'), { alias })).toMatchObject({
      ...{ name: `+502 ···· ··${phone?.slice(-2)}`, verified: false, payable: false },
    })
  })

  it('needs the phone all the same; who gave everything goes to tier 1, unless they ask for less', async () => {
    const { submit, create } = HANDLERS.consumer()
    const { id } = await create({ ...aPerson(), person: {} })
    await expect(submit(id, { tier: 0 })).rejects.toMatchObject({ facts: { currentlyDue: 'phoneVerification' } })

    expect((await aRegistered('consumer', aPerson())).tier).toBe(1)
    expect((await aRegistered('consumer', aPerson(), { tier: 1 })).tier).toBe(1)
    expect((await aRegistered('consumer', aPerson(), { tier: 0 })).tier).toBe(0)
  })

  it('a name that is given already is asked of the lists; the review remembers that tier 0 was asked for', async () => {
    const named = { givenNames: 'Eufrasia', familyNames: 'Uxmatzul Bolomkej' }
    const found = await aRegistered('consumer', { phone: aPerson().phone, person: named }, { tier: 0 })
    expect(found).toMatchObject({ status: 'inReview', requestedTier: 0, review: { operatorsNeeded: 2 } })
    expect(found.requirements).toMatchObject({ currentlyDue: [], pendingVerification: ['screening'] })

    const { approveConsumer } = consumerHandlers(world)
    const approve = (actor: string) =>
      approveConsumer({ consumerId: found.id, body: { actor } }, call('approveConsumer'))
    await approve('ana')
    expect(await approve('luis')).toMatchObject({ status: 'active', tier: 0, requestedTier: null })
  })

  it('a document’s number is asked of the lists without a name, too', async () => {
    const { phone, person } = aPerson('GT', '9999')

    const found = await aRegistered('consumer', { phone, person: { document: person.document } }, { tier: 0 })

    expect(found).toMatchObject({ status: 'inReview', review: { reasons: ['possibleMatch'] } })
    expect(await casesOf(found.id)).toMatchObject([
      { consequence: 'block', evidence: { entries: [expect.stringContaining('SBX-9999')] } },
    ])
  })
})

describe('whoever is active and says who they are', () => {
  const EUFRASIA = { givenNames: 'Eufrasia', familyNames: 'Uxmatzul Bolomkej' }

  it.each(['merchant', 'consumer'] as const)('a %s on a list that blocks is held at once', async (kind) => {
    const { id, tier } = await onTier0(kind)
    const { update, get } = HANDLERS[kind]()

    const told = await update(id, { person: EUFRASIA })

    expect([tier, told.tier, told.status]).toEqual([0, 0, 'active'])
    const paused = { status: 'paused', reasons: ['screening'] }
    const paid = kind === 'merchant' ? 'acceptPayments' : 'pay'
    expect(told.capabilities).toMatchObject({ [paid]: paused, holdBalance: { status: 'active' } })
    expect((await get(id)).capabilities).toEqual(told.capabilities)
    expect(await casesOf(id)).toMatchObject([{ kind: 'screening', status: 'open', consequence: 'block' }])
  })

  it('an answer that changes nothing of it asks nobody again, and one that adds to it opens no second case', async () => {
    const { id } = await onTier0('merchant')
    const { update } = HANDLERS.merchant()
    await update(id, { person: EUFRASIA })
    await update(id, { person: EUFRASIA, metadata: { route: '7' } })
    const screenings = () => screeningHandlers(world).listScreenings({ query: { personId: id } }, call('list'))
    const before = (await screenings()).data.length

    await update(id, { person: { ...EUFRASIA, dateOfBirth: '1975-05-05' } })

    expect((await screenings()).data.length).toBe(before + 1)
    expect(await casesOf(id)).toHaveLength(1)
  })

  it('owners of an active shop are asked about when they are named, not only when it asks for more', async () => {
    const shop = await aRegistered('merchant', aPerson())
    const { update } = HANDLERS.merchant()

    const owner = { name: 'Hermógenes Eliseo Quixtán Zaldumbide', dateOfBirth: '1951-03-14', sharePercent: 60 }
    const told = await update(shop.id, { beneficialOwners: [owner] })

    expect(told.capabilities).toMatchObject({ acceptPayments: { status: 'paused', reasons: ['screening'] } })
    expect(await casesOf(shop.id)).toMatchObject([{ evidence: { entries: [expect.stringContaining('SBX-001')] } }])
  })
})

const casesOf = async (personId: string) =>
  (await caseHandlers(world).listCases({ query: { personId } }, call('listCases'))).data

describe('one phone is one person', () => {
  it('shop and wallet share one set of limits', async () => {
    const shop = await onTier0('merchant')
    const wallet = await onTier0('consumer', shop.phone ?? '')

    expect([await receive(shop, '250.00'), await receive(wallet, '200.00')]).toEqual(['ok', 'ok'])
    expect(await receive(wallet, '50.01')).toBe('receiving_limit_exceeded day')
    expect(await receive(shop, '50.00')).toBe('ok')
  })

  it.each(['the one without first', 'the one with first'] as const)(
    'also with a document on one: %s',
    async (order) => {
      const someone = aPerson()
      const without = () => onTier0('consumer', someone.phone)
      const withDocument = () => aRegistered('merchant', someone)
      const registered = order === 'the one without first' ? [await without(), await withDocument()] : []
      const [wallet, shop] = registered.length > 0 ? registered : [await withDocument(), await without()].reverse()
      if (wallet === undefined || shop === undefined) throw new Error('two were registered')
      for (const amount of ['5000.00', '4900.00']) expect(await receive(shop, amount)).toBe('ok')

      expect(await receive(wallet, '100.01')).toBe('receiving_limit_exceeded day')
      expect([await receive(wallet, '100.00'), await receive(wallet, '0.01')]).toEqual([
        'ok',
        'receiving_limit_exceeded day',
      ])
    },
  )

  it('whoever closes the account and begins anew on the same day has what was left', async () => {
    const someone = aPerson()
    const shop = await aRegistered('merchant', someone)
    expect([await receive(shop, '5000.00'), await receive(shop, '4900.00')]).toEqual(['ok', 'ok'])
    expect([await spend(shop, '5000.00'), await spend(shop, '4900.00')]).toEqual(['ok', 'ok'])
    await HANDLERS.merchant().close(shop.id)

    const again = await onTier0('merchant', someone.phone)

    expect(await receive(again, '0.01')).toBe('receiving_limit_exceeded day')
  })
})

describe('going up', () => {
  it('tier 1 at once; what was used counts, and the limits are wider', async () => {
    const shop = await onTier0('merchant')
    await receive(shop, '250.00')
    await expect(HANDLERS.merchant().upgrade(shop.id)).rejects.toMatchObject({
      facts: { currentlyDue: 'name, birthDate, document' },
    })

    const { person } = aPerson()
    const up = await goUp('merchant', shop.id, person)

    expect(up).toMatchObject({
      status: 'active',
      tier: 1,
      requestedTier: null,
      review: null,
    })
    expect(up.accountId).toBe(shop.accountId)
    expect(up.requirements.eventuallyDue).toEqual(['documentImage', 'address'])
    expect((await limitsOf(up))?.[0]).toMatchObject({
      limits: { balance: '25000.00' },
      used: { in: { day: '250.00' } },
    })
    expect([await receive(up, '5000.00'), await receive(up, '4750.01')]).toEqual(['ok', 'receiving_limit_exceeded day'])
    await expect(HANDLERS.merchant().update(up.id, { person })).rejects.toMatchObject({ code: 'merchant_wrong_status' })
    const events = await world.ledger.listEvents(tenant.id, { sequence: 0, index: 0 }, { limit: 1000 })
    expect(events.filter(({ objectId }) => objectId === shop.id).map(({ type }) => type)).toEqual([
      ...['merchant.created', 'merchant.activated', 'merchant.updated', 'merchant.upgraded'],
    ])
  })

  it('with a document that is there on another phone: one person, and what both have used is one sum', async () => {
    const someone = aPerson()
    const wallet = await aRegistered('consumer', someone)
    const shop = await onTier0('merchant')
    expect([await receive(wallet, '5000.00'), await receive(shop, '250.00')]).toEqual(['ok', 'ok'])

    const up = await goUp('merchant', shop.id, someone.person)

    expect(await limitsOf(up)).toMatchObject([{ used: { in: { day: '5250.00' } }, balance: '5250.00' }, { limits: {} }])
    expect(await receive(wallet, '4750.01')).toBe('receiving_limit_exceeded day')
    expect([await receive(up, '4000.00'), await receive(wallet, '750.00')]).toEqual(['ok', 'ok'])
    expect(await receive(up, '0.01')).toBe('receiving_limit_exceeded day')
  })

  it('the other account of the phone stays small', async () => {
    const shop = await onTier0('merchant')
    const wallet = await onTier0('consumer', shop.phone ?? '')
    await goUp('merchant', shop.id, aPerson().person)

    expect(await receive(shop, '5000.00')).toBe('ok')
    expect(await receive(wallet, '250.01')).toBe('receiving_limit_exceeded single')
  })

  it('a document that another merchant has is refused when it is given', async () => {
    const { person } = aPerson()
    await aRegistered('merchant', { phone: aPerson().phone, person })
    const shop = await onTier0('merchant')

    await expect(goUp('merchant', shop.id, person)).rejects.toMatchObject({ code: 'document_duplicate' })
    expect((await HANDLERS.merchant().get(shop.id)).person?.document).toBeNull()
  })

  it('whom a list may have waits on tier 0 for two operators, and nothing is given meanwhile', async () => {
    const { id, accountId } = await onTier0('consumer')
    const person = { ...aPerson().person, givenNames: 'Eufrasia', familyNames: 'Uxmatzul Bolomkej' }

    const asked = await goUp('consumer', id, { ...person, dateOfBirth: '1975-05-05' })

    expect(asked).toMatchObject({
      ...{ status: 'active', tier: 0, requestedTier: 1, accountId },
      review: { reasons: ['possibleMatch'] },
    })
    expect(asked.requirements.pendingVerification).toEqual(['name', 'birthDate', 'document', 'screening'])
    expect(asked.capabilities).toMatchObject({ holdBalance: { status: 'active' } })
    const { data } = await caseHandlers(world).listCases({ query: { personId: id } }, call('listCases'))
    expect(data).toMatchObject([{ kind: 'screening', status: 'open' }])
    await expect(HANDLERS.consumer().update(id, { person })).rejects.toMatchObject({ code: 'consumer_wrong_status' })
  })

  it.each([
    ['1111', 'documentMismatch', {}],
    ['2222', 'documentImageNeeded', { eventuallyDue: ['documentImage'] }],
  ])('a card that the registry does not know as %s waits for operators: %s', async (serial, finding, requirements) => {
    const { id } = await onTier0('merchant')
    const asked = await goUp('merchant', id, aPerson('GT', serial).person)
    expect(asked).toMatchObject({ tier: 0, requestedTier: 1, review: { reasons: [finding] }, requirements })
    const merchants = merchantHandlers(world)
    const approve = () => merchants.approveMerchant({ merchantId: id, body: { actor: 'ana' } }, call('approveMerchant'))
    if (finding === 'documentImageNeeded')
      return expect(approve()).rejects.toMatchObject({ facts: { currentlyDue: 'documentImage' } })

    expect(await approve()).toMatchObject({ tier: 1, requestedTier: null })
    expect((await limitsOf(await merchants.getMerchant({ merchantId: id }, call('get'))))?.[0]?.limits.balance).toBe(
      '25000.00',
    )
  })
})

it('in any order of registering and going up, nothing is accepted beyond the limits of whoever is known as one', async () => {
  const ONE = { phone: fc.nat({ max: 2 }), kind: fc.constantFrom('merchant' as const, 'consumer' as const) }
  const step = fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('begin' as const), ...ONE, document: fc.option(fc.nat({ max: 1 })) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('goUp' as const), ...ONE, document: fc.nat({ max: 1 }) }) },
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('receive' as const), ...ONE, hundreds: fc.integer({ min: 1, max: 50 }) }),
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 14, maxLength: 22, size: 'max' }), async (steps) => {
      const phones = [aPerson().phone, aPerson().phone, aPerson().phone]
      const people = [aPerson().person, aPerson().person]
      /** By kind and phone: what it received, as whom. */
      const accounts = new Map<
        string,
        { id: string; accountId: string; tier: number; document: number | null; sum: number }
      >()
      for (const each of steps) {
        const at = `${each.kind} ${each.phone}`
        const known = accounts.get(at)
        const phone = phones[each.phone] ?? ''
        if (each.do === 'begin' && known === undefined) {
          const { document } = each
          const given = { phone, ...(document !== null && { person: people[document] as WholePerson }) }
          const taken =
            document !== null &&
            [...accounts].some(([key, one]) => key.startsWith(each.kind) && one.document === document)
          if (taken) continue
          const { id, accountId, tier } = await aRegistered(each.kind, given, document === null ? { tier: 0 } : {})
          accounts.set(at, { id, accountId: accountId ?? '', tier, document, sum: 0 })
        } else if (each.do === 'goUp' && known?.tier === 0) {
          const taken = [...accounts].some(([key, one]) => key.startsWith(each.kind) && one.document === each.document)
          if (taken) continue
          await goUp(each.kind, known.id, people[each.document] as WholePerson)
          accounts.set(at, { ...known, tier: 1, document: each.document })
        } else if (each.do === 'receive' && known !== undefined) {
          const amount = each.hundreds * 100
          if ((await receive(known, `${amount}.00`)) !== 'ok') continue
          const sum = known.sum + amount
          accounts.set(at, { ...known, sum })
          const of = (is: (key: string, one: typeof known) => boolean) =>
            [...accounts].filter(([key, one]) => is(key, one)).reduce((total, [, one]) => total + one.sum, 0)
          if (known.tier === 0) {
            expect(sum).toBeLessThanOrEqual(500)
            expect(of((key, one) => key.endsWith(` ${each.phone}`) && one?.tier === 0)).toBeLessThanOrEqual(500)
          } else expect(of((_, one) => one?.document === known.document)).toBeLessThanOrEqual(10_000)
          const someoneIsUnknown = [...accounts].some(([key, one]) => key.endsWith(` ${each.phone}`) && one.tier === 0)
          if (someoneIsUnknown) expect(of((key) => key.endsWith(` ${each.phone}`))).toBeLessThanOrEqual(10_000)
        }
      }
    }),
    { numRuns: 4 },
  )
}, 60_000)
