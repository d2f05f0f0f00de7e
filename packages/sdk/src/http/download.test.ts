import { expect, it } from 'vitest'
import { PistoAnswerError, PistoApiError, PistoConnectionError } from '../errors.ts'
import { rejection, testClient } from '../testing/clients.ts'
import { localServer, type Reply } from '../testing/local-server.ts'
import { hangUp, problem, raw } from '../testing/replies.ts'

const named = (disposition: string): Reply =>
  raw('\ufeffFecha,Descripción\r\n', 'text/csv; charset=utf-8', 200, { 'content-disposition': disposition })

/** Begins a file in two pieces, then leaves it open or cuts it. */
const begun =
  (then: 'stay' | 'cut'): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/csv' })
    response.write('a')
    setTimeout(() => response.write('b', () => then === 'cut' && response.destroy()), 20)
  }

it('gives a file whole, with its type and name, asked for in its form', async () => {
  await using server = await localServer(named('attachment; filename="statement-acc-1-2026-11.csv"'))
  const file = await testClient(server.baseUrl).accounts.statementFile('acc_1', 'csv', { from: '2026-11-01' })
  expect([file.mediaType, file.fileName]).toEqual(['text/csv', 'statement-acc-1-2026-11.csv'])
  expect(await file.text()).toBe('Fecha,Descripción\r\n')
  expect(server.seen.map(({ url, headers }) => [url, headers.accept])).toEqual([
    ['/v1/accounts/acc_1/statement?from=2026-11-01&format=csv', 'text/csv, application/problem+json'],
  ])
})

it('gives it piece by piece, and only once', async () => {
  await using server = await localServer(raw('abc', 'text/csv'))
  const file = await testClient(server.baseUrl).accounts.statementFile('acc_1', 'csv')
  let text = ''
  for await (const piece of file) text += new TextDecoder().decode(piece)
  expect(text).toBe('abc')
  await expect(file.bytes()).rejects.toThrow(TypeError)
})

it.each(['attachment; filename="../../etc/passwd"', 'attachment; filename=".bashrc"', 'attachment', 'inline'])(
  'takes no name from %s',
  async (disposition) => {
    await using server = await localServer(named(disposition))
    const file = await testClient(server.baseUrl).accounts.statementFile('acc_1', 'csv')
    expect(file.fileName).toBeUndefined()
    await file.bytes()
  },
)

it('tries again until it begins to come', async () => {
  await using server = await localServer(hangUp, problem('overloaded', 503), raw('abc', 'text/csv'))
  const file = await testClient(server.baseUrl).accounts.statementFile('acc_1', 'csv')
  expect(await file.text()).toBe('abc')
  expect(server.seen).toHaveLength(3)
})

it('tells what the server refuses, and what is no answer of Pisto', async () => {
  await using server = await localServer(problem('account_not_found', 404), raw('<h1>Hi</h1>', 'text/html'))
  const ask = () => testClient(server.baseUrl).accounts.statementFile('acc_1', 'csv')
  expect((await rejection(ask(), PistoApiError)).code).toBe('account_not_found')
  expect((await rejection(ask(), PistoAnswerError)).reason).toBe('notPisto')
})

it.each([
  ['stay', 'timeout'],
  ['cut', 'network'],
] as const)('never takes a file for whole whose connection %ss', async (then, reason) => {
  await using server = await localServer(begun(then))
  const file = await testClient(server.baseUrl, { timeoutMs: 300 }).accounts.statementFile('acc_1', 'csv')
  expect(await rejection(file.bytes(), PistoConnectionError)).toMatchObject({ reason, retryable: true })
})

it('ends when the caller aborts, with the caller’s reason', async () => {
  await using server = await localServer(begun('stay'))
  const controller = new AbortController()
  const file = await testClient(server.baseUrl).accounts.statementFile(
    'acc_1',
    'csv',
    {},
    { signal: controller.signal },
  )
  setTimeout(() => controller.abort(new Error('page left')), 50)
  await expect(file.bytes()).rejects.toThrow('page left')
})
