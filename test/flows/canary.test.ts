import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { Pisto, uploadDocument, verifyOpening, verifyProofText } from '@pisto/sdk'
import { newPerson } from '@pisto/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SandboxProcess, sandboxProcess } from './pisto.ts'
import { fieldsWith, freeFields, operations } from './support/free-text.ts'

/**
 * Whatever anybody writes into any field of any operation is neither in the leaves of the log, nor in events, nor in
 * what the server logs or counts. New operations are covered by themselves: a free field that this test does not
 * write into fails it.
 */
let sandbox: SandboxProcess
let client: Pisto
let written: { leaves: string; events: string; logged: string; metrics: string }

const canaries = new Set<string>()
const covered = new Set<string>()
let count = 0

/** A word that nobody has written before; letters only, as in names. */
function canary(): string {
  const letters = [...String(++count).padStart(4, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('')
  return known(`Zanate${letters}`)
}
function known(text: string): string {
  canaries.add(text)
  return text
}
const isCanary = (text: string): boolean => canaries.has(text)

interface Sent {
  readonly body?: object
  readonly query?: Readonly<Record<string, string>>
  /** JSON Lines. */
  readonly file?: string
  readonly [parameter: string]: unknown
}

/** Calls an operation; what it took is covered. The key is a canary, too. */
async function call(id: string, sent: Sent = {}) {
  const operation = operations.find((candidate) => candidate.id === id)
  if (operation === undefined) throw new Error(`no operation ${id}`)
  const path = operation.path.replaceAll(/\{(\w+)\*?\}/g, (_, name: string) => String(sent[name] ?? 'x'))
  const query = sent.query ? `?${new URLSearchParams(sent.query)}` : ''
  const answer = await fetch(`${sandbox.url}${path}${query}`, {
    method: operation.method,
    headers: {
      authorization: `Bearer ${sandbox.keys[0]}`,
      'idempotency-key': `${canary()}-${randomUUID()}`,
      ...(operation.method !== 'GET' && { 'content-type': sent.file ? 'application/x-ndjson' : 'application/json' }),
    },
    ...(operation.method !== 'GET' && { body: sent.file ?? JSON.stringify(sent.body ?? {}) }),
  })
  const text = await answer.text()
  for (const part of ['query', 'body'] as const) {
    const schema = operation[part]
    if (schema === undefined || (operation.method !== 'GET' && !answer.ok)) continue
    for (const field of fieldsWith(sent[part], schema, isCanary)) covered.add(`${id} ${part} ${field}`)
  }
  return { ok: answer.ok, body: answer.headers.get('content-type')?.endsWith('json') ? JSON.parse(text) : text }
}

async function done(id: string, sent: Sent = {}) {
  const { ok, body } = await call(id, sent)
  expect({ id, ok, body: ok ? undefined : body }).toEqual({ id, ok: true, body: undefined })
  return body
}

/** Digits as they stand in a number that was written with or without separators. */
const digitsOf = (text: string): string => text.replaceAll(/\D/g, '')

function somebody() {
  const { document, phone, dateOfBirth } = newPerson('GT', Math.floor(1_000_000 + 13 * ++count))
  for (const text of [phone, phone.slice(4), document.number, digitsOf(document.number)]) known(text)
  const person = { givenNames: canary(), familyNames: canary(), dateOfBirth, document }
  const consent = { version: canary(), acceptedAt: '2026-01-01T00:00:00.000Z' }
  return { country: 'GT', phone, person, consent, externalId: canary(), metadata: { [canary()]: canary() } }
}

async function register(kind: 'Merchant' | 'Consumer', more: object = {}) {
  const name = `${kind.toLowerCase()}Id`
  const { id } = await done(`create${kind}`, { body: { ...somebody(), ...more } })
  const { id: verificationId } = await done(`start${kind}PhoneVerification`, { [name]: id })
  await done(`confirm${kind}PhoneVerification`, { [name]: id, verificationId, body: { code: '000000' } })
  return done(`submit${kind}`, { [name]: id })
}

/** A document that the sandbox leaves in review: a DPI whose serial ends in 1111. */
function doubtful(): { type: 'DPI'; number: string } {
  const serial = `${String(++count).padStart(4, '0')}1111`
  const check = [...serial].reduce((sum, digit, index) => sum + Number(digit) * (index + 2), 0) % 11
  return check === 10 ? doubtful() : { type: 'DPI', number: known(`${serial}${check}0101`) }
}

/** Everything that an operator writes about somebody. */
async function review(kind: 'Merchant' | 'Consumer') {
  const name = `${kind.toLowerCase()}Id`
  const business = () => (kind === 'Merchant' ? { tradeName: canary(), categoryCode: '5462' } : {})
  const inReview = () => {
    const { person, ...form } = somebody()
    return { ...form, ...business(), person: { ...person, document: doubtful() } }
  }
  const { id } = await register(kind, inReview())
  const say = (verb: string, body: object) => done(`${verb}${kind}`, { [name]: id, body })
  const decide = (...reasons: string[]) => ({ actor: canary(), note: canary(), ...(reasons[0] && { reasons }) })

  const somebodyElse = canary()
  await say('assign', { to: somebodyElse })
  await say('assign', { to: null, from: somebodyElse })
  await say('return', decide('document_mismatch'))
  const { country: _, ...mended } = inReview()
  await say('update', mended)
  const { id: verificationId } = await done(`start${kind}PhoneVerification`, { [name]: id })
  await done(`confirm${kind}PhoneVerification`, { [name]: id, verificationId, body: { code: '000000' } })
  await say('submit', {})
  await say('approve', decide())
  await say('suspend', decide('own_request'))
  await say('reinstate', decide())
  await say('close', decide('own_request'))
  const { id: refused } = await register(kind, inReview())
  await done(`reject${kind}`, { [name]: refused, body: decide('rules_not_met') })
}

/** Everything that an agent and its device write, and what is written about them. */
async function fieldWork() {
  const { id: agentId } = await done('createAgent', { body: { name: canary() } })
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const publicKey = { kty: 'EC', crv: 'P-256', x, y }
  const { id: deviceId } = await done('addAgentDevice', { agentId, body: { publicKey } })
  const written = { [canary()]: canary() }
  const entry = { id: randomUUID(), subject: randomUUID(), previous: null, clientTime: '2026-01-01T00:00:00.000Z' }
  const operation = { ...entry, sequence: 1, kind: 'updateMerchant', body: written, base: { [canary()]: canary() } }
  await done('syncJournal', { body: { deviceId, operations: [operation] } })
  for (const verb of ['suspend', 'reinstate']) {
    await done(`${verb}Agent`, { agentId, body: { actor: canary(), note: canary() } })
  }
}

/** A document with words in it, and an operator who looks at it. */
async function show(kind: 'Merchant' | 'Consumer', id: string) {
  const documents = client[kind === 'Merchant' ? 'merchants' : 'consumers'].documents
  const file = new TextEncoder().encode(`%PDF-1.7\n% ${canary()}\n%%EOF\n`)
  const { id: documentId } = await uploadDocument(documents, id, file, { kind: 'selfie' })
  await done(`view${kind}Document`, { [`${kind.toLowerCase()}Id`]: id, documentId, body: { actor: canary() } })
}

/** Somebody on a new device. */
async function signIn() {
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  const deviceKey = { kty, crv, x, y, kid: canary() }
  const asked = { tenant: 'gtbank', country: 'GT', phone: somebody().phone, deviceKey }
  const { id: sessionId } = await done('startSession', { body: asked })
  const again = { ...deviceKey, kid: canary() }
  const confirmation = { code: '000000', deviceKey: again, deviceName: canary() }
  const { refreshToken, accessToken } = await done('confirmSession', { sessionId, body: confirmation })
  known(refreshToken)
  known(accessToken)
}

const GTQ = (amount: string) => ({ amount, currency: 'GTQ' })
const words = () => ({ reference: canary(), metadata: { [canary()]: canary() } })

beforeAll(async () => {
  sandbox = await sandboxProcess('--log', 'debug')
  client = new Pisto({ baseUrl: sandbox.url, apiKey: sandbox.keys[0] ?? '' })
})
afterAll(() => sandbox.end('SIGKILL'))

it('everything that can be written is written once', async () => {
  const payee = await register('Merchant', { tradeName: canary(), categoryCode: '5462' })
  known(payee.alias)
  const payer = await register('Consumer')
  await show('Merchant', payee.id)
  await show('Consumer', payer.id)
  await done('fundAccount', { accountId: payer.accountId, body: { amount: GTQ('100.00') } })

  const asked = await done('createPaymentRequest', { body: { merchantId: payee.id, amount: GTQ('2.00'), ...words() } })
  const payload = known(asked.qr.payload)
  for (const id of ['parseQr', 'resolveQr']) await done(id, { body: { payload } })
  const paid = await done('createPayment', { body: { payerAccountId: payer.accountId, qr: payload, ...words() } })
  await done('createRefund', { paymentId: paid.id, body: { amount: GTQ('0.50'), reason: canary() } })
  const held = await done('createPayment', {
    body: {
      payerAccountId: payer.accountId,
      alias: payee.alias,
      amount: GTQ('1.00'),
      confirmation: 'later',
      ...words(),
    },
  })
  await done('confirmPayment', { paymentId: held.id })

  for (const body of [{ alias: payee.alias }, { phone: payee.phone }]) await done('resolveAlias', { body })
  for (const labels of [
    ['billNumber', 'mobileNumber', 'storeLabel', 'loyaltyNumber'],
    ['customerLabel', 'terminalLabel', 'purpose'],
  ]) {
    const additionalData = Object.fromEntries(labels.map((label) => [label, canary()]))
    const code = await done('createQrCode', { merchantId: payee.id, body: { additionalData } })
    await done('revokeQrCode', { merchantId: payee.id, qrCodeId: code.id, body: { reason: canary() } })
  }

  for (const kind of ['Merchant', 'Consumer'] as const) await review(kind)
  await signIn()
  const invited = { phone: somebody().phone, name: canary(), role: 'staff' }
  await done('inviteMember', { merchantId: payee.id, body: invited })
  await done('createDevice', { merchantId: payee.id, body: { name: canary() } })

  const own = await done('openAccount', { body: { purpose: 'settlement', currency: 'GTQ' } })
  const moved = await done('createTransaction', {
    body: {
      transfers: [{ debitAccountId: own.id, creditAccountId: payer.accountId, amount: GTQ('1.00') }],
      ...words(),
    },
  })
  await done('reverseTransaction', { transactionId: moved.id, body: { reason: canary() } })

  await fieldWork()

  const { person, phone } = somebody()
  const row = {
    ...{ externalId: canary(), country: 'GT', tradeName: canary(), categoryCode: '5462', locale: 'es', phone },
    ...{ givenNames: person.givenNames, familyNames: person.familyNames, dateOfBirth: person.dateOfBirth },
    ...{ documentType: person.document.type, documentNumber: person.document.number, consent: '2026-11' },
  }
  const nonsense = Object.fromEntries(Object.keys(row).map((name) => [name, canary()]))
  const noted = canary()
  const lines = [{ ...row, [noted]: canary() }, nonsense].map((each) => `${JSON.stringify(each)}\n`)
  const file = [...lines, `${canary()}\n`].join('')
  const columns = known(JSON.stringify({ [noted]: 'externalId' }))
  await done('previewImport', { query: { kind: 'merchants', columns }, file })
  const { id: importId } = await done('createImport', { query: { kind: 'merchants', name: canary(), columns }, file })
  await expect.poll(async () => (await done('getImport', { importId })).status, { timeout: 30_000 }).toBe('completed')

  for (const operation of operations.filter(({ method }) => method === 'GET')) {
    const fields = freeFields(operation).map((field) => field.slice('query /'.length))
    const query = Object.fromEntries(fields.map((name) => [name, canary()]))
    if (operation.mediaType !== 'text/event-stream') await call(operation.id, { query })
  }

  // What is refused is not told either.
  for (const operation of operations.filter(({ method }) => method !== 'GET')) {
    const fields = freeFields(operation).filter((field) => /^body \/\w+$/.test(field))
    await call(operation.id, {
      body: Object.fromEntries(fields.map((field) => [field.slice('body /'.length), canary()])),
    })
  }
  expect(canaries.size).toBeGreaterThan(100)
})

it('no operation has a free field that was left out', () => {
  const all = operations.flatMap((operation) => freeFields(operation).map((field) => `${operation.id} ${field}`))

  expect(all.length).toBeGreaterThan(50)
  expect(all.filter((field) => !covered.has(field))).toEqual([])
})

it('nothing of it is in leaves, events, logs and metrics', async () => {
  const leaves: string[] = []
  for await (const { leaf } of client.log.leaves({ limit: 1000 })) leaves.push(leaf)
  const { data } = await client.events.list({ limit: 100 }).page()
  const metrics = await (await fetch(`${sandbox.url}/metrics`)).text()
  written = { leaves: leaves.join('\n'), events: JSON.stringify(data), logged: sandbox.said.error, metrics }

  expect(leaves.length).toBeGreaterThan(12)
  expect(data.length).toBeGreaterThan(10)
  expect(written.logged.split('\n').length).toBeGreaterThan(canaries.size / 4)
  for (const [where, text] of Object.entries(written)) {
    const found = [...canaries].filter((word) => text.toLowerCase().includes(word.toLowerCase()))
    expect({ where, found }).toEqual({ where, found: [] })
  }
})

it('text that goes with money is behind one commitment, which the receipt opens, at once and in two steps', async () => {
  const tenant = await client.tenant.get()
  const { keys } = await client.service.keys()
  const { data: payments } = await client.payments.list().page()

  expect(payments).toHaveLength(2)
  for (const { id, reference, metadata } of payments) {
    const { leaf } = await verifyProofText(await client.payments.receiptProof(id), tenant, keys)
    const { opening } = await client.payments.receipt(id)
    if (opening === null) throw new Error('somebody wrote a text')
    verifyOpening(leaf, opening)
    expect(opening.record).toEqual({ reference, metadata })
    expect(isCanary(reference ?? '')).toBe(true)
  }
})
