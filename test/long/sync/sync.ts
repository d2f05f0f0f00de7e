import { type Pisto, PistoApiError } from '@pisto/sdk'
import { createDeviceKey, deviceSigner } from '@pisto/sdk/journal'
import { newestCode, newPerson } from '@pisto/testkit'
import { Draws, seededBytes } from '../../seeded.ts'
import { FieldDevice, type NewPerson } from './field-device.ts'
import { type Kill, Network } from './network.ts'
import { type ModelKind, type ModelPerson, Oracle } from './oracle.ts'

export interface SyncOptions {
  readonly seed: number
  /** How many operations the agents write down. */
  readonly operations: number
  /** Moves business time a day on. */
  readonly nextDay: () => Promise<unknown>
  /** Where its events begin: `lastEvent` of the run before. */
  readonly since?: string | undefined
  /** Kills the server and starts it again: the client still reaches it. @param oneIn Of so many pages one. */
  readonly kill?: Omit<Kill, 'draws'> | undefined
}

export interface SyncReport {
  readonly faults: readonly string[]
  readonly operations: number
  readonly people: number
  readonly conflicts: number
  readonly kills: number
  readonly network: Network['counts']
  readonly lastEvent: string | undefined
}

const DAYS = 14
const DEVICES = 3
const START_MS = Date.parse('2026-11-01T06:00:00Z')
const NAMES = ['Tortillería Ñandú', 'Abarrotes Lupita', 'Comedor Chepita', 'Panadería El Trigo'] as const
const CATEGORIES = ['5462', '5411', '5812'] as const

/**
 * Three agents enrol people for fourteen days, many of them twice, while the office edits, activates and closes; their
 * apps are killed and their network loses, doubles, delays, cuts and reorders. Each answer and the whole state in the
 * end are compared with a model. The same seed writes the same.
 *
 * @param client Of a tenant of Guatemala; other seeds are other people.
 */
export async function runSync(
  client: Pisto,
  { seed, operations, nextDay, since, kill }: SyncOptions,
): Promise<SyncReport> {
  const draws = new Draws('sync', seed)
  const oracle = new Oracle()
  const network = new Network(
    client,
    oracle,
    new Draws('network', seed),
    kill && { ...kill, draws: new Draws('kills', seed) },
  )
  let dayMs = START_MS
  const devices = await Promise.all(
    Array.from({ length: DEVICES }, (_, index) => aDevice(client, seed, index, () => dayMs)),
  )
  const field = { client, draws, oracle, seed, people: Math.max(6, operations >> 3), faults: [] }
  const perDay = Math.ceil(operations / DAYS)
  for (let day = 0; day < DAYS; day++) {
    for (let n = 0; n < perDay; n++) {
      const device = draws.pick(devices)
      await work(field, device)
      if (draws.oneIn(4)) await device.send(network)
      if (draws.oneIn(3)) await device.choose(() => freshPhone(field))
      if (draws.oneIn(12)) await officeWork(field)
      if (draws.oneIn(6)) await network.deliverLate(false)
    }
    dayMs += 86_400_000
    await nextDay()
    oracle.day++
  }
  network.isFaulty = false
  await network.deliverLate(true)
  for (const device of devices) {
    device.mayBeKilled = false
    do await device.send(network)
    while (await device.choose(() => freshPhone(field)))
  }
  const { found, lastEvent } = await differences(client, oracle, seed, since)
  const faults = [...network.faults, ...field.faults, ...lost(devices, oracle), ...found]
  return {
    lastEvent,
    faults: faults.slice(0, 20),
    operations: devices.reduce((sum, { entries }) => sum + entries.length, 0),
    people: oracle.people.size,
    conflicts: [...oracle.decided.values()].filter(({ told }) => told.outcome === 'conflict').length,
    kills: devices.reduce((sum, { killCount }) => sum + killCount, 0),
    network: network.counts,
  }
}

async function aDevice(client: Pisto, seed: number, index: number, now: () => number): Promise<FieldDevice> {
  const signer = await deviceSigner(await createDeviceKey())
  const agent = await client.agents.create({ name: `agent-${seed}-${index}` })
  const { id: deviceId } = await client.agents.addDevice(agent.id, { publicKey: signer.publicKey })
  let drawn = 0
  const random = (byteCount: number): Uint8Array => seededBytes('uuid', seed, index, drawn++).slice(0, byteCount)
  return new FieldDevice({ deviceId, signer, random, clock: { now } }, new Draws('device', seed, index))
}

interface Field {
  readonly client: Pisto
  readonly draws: Draws
  readonly oracle: Oracle
  readonly seed: number
  /** How many there are in the region: fewer than enrolments. */
  readonly people: number
  /** What the office was told otherwise than the model says. */
  readonly faults: string[]
}

/** One thing that an agent does. */
async function work(field: Field, device: FieldDevice): Promise<void> {
  const { draws } = field
  const person = device.enrolled.length > 0 ? draws.pick(device.enrolled) : undefined
  const what = person === undefined ? 0 : draws.below(10)
  if (person === undefined || what < 3) return device.enrol(aPerson(field))
  if (what < 6) {
    return device.edit(
      person,
      draws.pick([
        ...(person.kind === 'consumer'
          ? []
          : [
              { tradeName: draws.pick(NAMES) },
              { categoryCode: draws.pick(CATEGORIES) },
              { tradeName: draws.pick(NAMES), categoryCode: draws.pick(CATEGORIES) },
            ]),
        { locale: draws.pick(['es', 'en'] as const) },
        { phone: draws.oneIn(2) ? freshPhone(field) : phoneOf(field, draws.below(field.people)) },
      ]),
    )
  }
  if (what < 9 && person.lastStart === undefined) {
    person.lastStart = await device.startCode(person)
    return device.confirmCode(person, person.lastStart)
  }
  return device.submit(person)
}

/** What happens in the office meanwhile, over the API. */
async function officeWork({ client, draws, oracle, faults, ...field }: Field): Promise<void> {
  const people = [...oracle.people.values()]
  if (people.length === 0) return
  const { id, kind, status, phone } = draws.pick(people)
  const office = kind === 'merchant' ? client.merchants : client.consumers
  if (status === 'active') {
    await office.close(id, { actor: 'office', reasons: ['own_request'] })
    return oracle.officeCloses(id)
  }
  if (status !== 'draft') return
  if (draws.oneIn(3)) {
    const verificationId = await office.startPhoneVerification(id).then(
      ({ id: started }) => started,
      (error: unknown) => {
        if (error instanceof PistoApiError && error.hasCode('rate_limited')) return undefined
        throw error
      },
    )
    if (verificationId === undefined) return // a fifth code within the hour of the machine: all 14 days are in one
    const code = await newestCode(client, phone)
    await office.confirmPhoneVerification(id, verificationId, { code })
    await office.submit(id)
    return oracle.officeActivates(id)
  }
  const change =
    kind === 'merchant' && draws.oneIn(2)
      ? { tradeName: `Oficina ${draws.pick(NAMES)}` }
      : { phone: freshPhone({ draws, ...field }) }
  const refused = await office.update(id, change).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof PistoApiError) return error.code
      throw error
    },
  )
  const expected = oracle.officeEdits(id, change)
  if (refused !== expected) faults.push(`an edit of ${id} by the office: server ${refused}, model ${expected}`)
}

/** People of other seeds are others; 5,000 of a seed. */
const numberOf = (seed: number, n: number): number => (seed % 1500) * 5000 + n

/** A phone as the person has it who lives at that place in the list. */
const phoneOf = ({ seed }: Pick<Field, 'seed'>, n: number): string => newPerson('GT', numberOf(seed, n * 4)).phone

/** One that nobody in the list has. */
const freshPhone = ({ seed, draws }: Pick<Field, 'seed' | 'draws'>): string =>
  newPerson('GT', numberOf(seed, 2000 + draws.below(3000))).phone

function aPerson(field: Field): NewPerson {
  const { draws, seed, people } = field
  const n = draws.below(people)
  const { document, dateOfBirth, phone } = newPerson('GT', numberOf(seed, n * 4))
  const phones = [phone, phone, phone, phoneOf(field, draws.below(people)), draws.oneIn(3) ? '123' : phone]
  const form = {
    country: 'GT',
    locale: 'es',
    phone: draws.pick(phones),
    person: { givenNames: 'Rosa', familyNames: 'Umaña', dateOfBirth, document },
    consent: { version: '2026-11', acceptedAt: '2026-11-01T06:00:00.000Z' },
    externalId: `seed-${seed}`,
  } as const
  if (draws.oneIn(3)) return { kind: 'consumer', form }
  return {
    kind: 'merchant',
    form: { ...form, tradeName: draws.pick(NAMES), categoryCode: draws.pick(CATEGORIES) },
  }
}

/** What a journal has and the model not, or the other way, or differently. */
function lost(devices: readonly FieldDevice[], oracle: Oracle): string[] {
  const entries = devices.flatMap((device) => device.entries)
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const missing = devices.flatMap(({ acknowledged }) => acknowledged.filter((id) => !byId.has(id)))
  const undecided = entries.filter(({ id, result }) => result?.outcome !== oracle.decided.get(id)?.told.outcome)
  const waiting = entries.filter(({ result }) => result === null || result.outcome === 'waiting')
  const foreign = [...oracle.decided.keys()].filter((id) => !byId.has(id))
  return [
    ...missing.map((id) => `${id} was acknowledged and is not in its journal`),
    ...undecided.map(({ id, kind, result }) => `${kind} ${id}: the journal says ${result?.outcome ?? 'nothing'}`),
    ...waiting.map(({ id, kind }) => `${kind} ${id} waits for ever`),
    ...foreign.map((id) => `${id} was decided and is in no journal`),
  ]
}

/** What the server has otherwise than the model: states, events, attestations. */
async function differences(client: Pisto, oracle: Oracle, seed: number, since: string | undefined) {
  const found: string[] = []
  const seen = new Set<string>()
  const compare = (what: string, server: unknown, model: unknown): void => {
    const [is, should] = [server, model].map((value) => JSON.stringify(value))
    if (is !== should) found.push(`${what}: server ${is}, model ${should}`)
  }
  const events = new Map<string, number>()
  const { data, nextCursor } = await eventsSince(client, since)
  for (const { type, objectId } of data) {
    events.set(`${type} ${objectId}`, (events.get(`${type} ${objectId}`) ?? 0) + 1)
  }
  const compareKind = async (kind: ModelKind, people: AsyncIterable<Readonly<Record<string, unknown>>>) => {
    for await (const person of people) {
      const id = String(person['id'])
      const model = oracle.people.get(id)
      seen.add(id)
      compare(id, stateOf(kind, person), model && stateOf(kind, { ...model }))
      const { data: enrolments } = await client.agents.enrolments({ registrationId: id, limit: 100 }).page()
      compare(`enrolments of ${id}`, enrolments.length, model?.enrolments)
      const count = (type: string): number => events.get(`${kind}.${type} ${id}`) ?? 0
      compare(`created of ${id}`, count('created'), 1)
      compare(`updated of ${id}`, count('updated'), model?.updates)
      compare(`enrolled of ${id}`, count('enrolled'), model?.enrolments)
      compare(`activated of ${id}`, count('activated'), person['status'] === 'draft' ? 0 : 1)
      compare(`closed of ${id}`, count('closed'), person['status'] === 'closed' ? 1 : 0)
    }
  }
  const own = { externalId: `seed-${seed}`, limit: 100 }
  await compareKind('merchant', client.merchants.list(own))
  await compareKind('consumer', client.consumers.list(own))
  for (const id of oracle.people.keys()) if (!seen.has(id)) found.push(`the server has no ${id}`)
  return { found, lastEvent: nextCursor }
}

/** What both sides know of somebody. */
function stateOf(kind: ModelKind, person: Readonly<Partial<Record<keyof ModelPerson, unknown>>>) {
  const { status, phone, locale, tradeName, categoryCode } = person
  return { status, phone, locale, ...(kind === 'merchant' && { tradeName, categoryCode }) }
}

/** All events after a cursor. @returns With the cursor to go on from. */
async function eventsSince(client: Pisto, since: string | undefined) {
  const data: { readonly type: string; readonly objectId: string }[] = []
  for (let after = since; ; ) {
    const page = await client.events.list({ limit: 100, ...(after !== undefined && { after }) }).page()
    data.push(...page.data)
    if (page.data.length === 0 || page.nextCursor === null) return { data, nextCursor: page.nextCursor ?? after }
    after = page.nextCursor
  }
}
