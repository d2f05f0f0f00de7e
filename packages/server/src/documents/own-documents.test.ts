import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../start.ts'
import { clientOf, register } from '../testing/client.ts'
import { TestDevice } from '../testing/device.ts'
import { aPerson } from '../testing/people.ts'
import { send } from '../testing/send.ts'
import { plainJpeg } from './testing/samples.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: 'memory', log: 'silent', checkAnswers: true })
})
afterAll(() => server.stop())

const signedIn = async (phone: string) => (await TestDevice.make(server)).signIn(phone)

it('people upload their own documents and see how they stand; nobody else’s, and no operator’s look', async () => {
  const { id, phone } = await register(clientOf(server), 'merchants')
  const [owner, stranger] = [await signedIn(phone), await signedIn(aPerson().phone)]
  const at = `/v1/merchants/${id}/documents`
  const file = plainJpeg()
  const sha256 = createHash('sha256').update(file).digest('hex')
  const body = { kind: 'identityFront', byteLength: file.length, sha256 }

  const { body: begun } = await owner.post(at, body)
  const path = `${at}/${begun.id}/content?offset=0`
  const part = await send(server.url, {
    ...{ method: 'PATCH', path, body: file },
    headers: {
      authorization: `DPoP ${owner.accessToken}`,
      dpop: await owner.proof('PATCH', path, true),
      'content-type': 'application/octet-stream',
    },
  })
  expect(part.body).toMatchObject({ receivedBytes: file.length })
  expect((await owner.post(`${at}/${begun.id}/complete`)).body.status).toBe('stored')
  expect((await owner.get(at)).body.data).toMatchObject([{ id: begun.id, status: 'stored' }])

  const look = { actor: 'ana' }
  expect((await owner.post(`${at}/${begun.id}/accept`, look)).body.code).toBe('scope_missing')
  const judged = { ...look, reasons: ['document_unreadable'] }
  expect((await owner.post(`${at}/${begun.id}/reject`, judged)).body.code).toBe('scope_missing')
  expect((await owner.post(`${at}/${begun.id}/view`, look)).body.code).toBe('scope_missing')
  expect((await owner.get('/v1/merchants/documents')).body.code).toBe('scope_missing')
  const { body: waiting } = await clientOf(server).get('/v1/merchants/documents?kind=identityFront&reviewing=false')
  expect(waiting.data).toMatchObject([{ id: begun.id, personId: id }])
  for (const refused of [
    await stranger.post(at, body),
    await stranger.get(at),
    await stranger.get(`${at}/${begun.id}`),
  ]) {
    expect(refused.body.code).toBe('merchant_not_found')
  }
})
