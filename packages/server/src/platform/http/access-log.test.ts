import { Type } from 'typebox'
import { expect, it, onTestFinished } from 'vitest'
import { endpoint, startTestServer } from '../../testing/http-server.ts'
import { json, send } from '../../testing/send.ts'
import { describeError } from '../runtime/log.ts'

const CANARY = 'Umaña-50251234567'

it('logs each request, and nothing of what was said in it', async () => {
  const lines: string[] = []
  const text = Type.Object({ name: Type.Optional(Type.String()) })
  const broken = endpoint(
    { method: 'POST', path: '/v1/things/{name}', query: text, body: text, response: text },
    () => {
      throw new Error(`cannot store "${CANARY}" for +502 5123 4567`)
    },
  )
  const server = await startTestServer({ endpoints: [broken], logged: (line) => lines.push(line) })
  onTestFinished(() => server.close())

  const path = `/v1/things/${encodeURIComponent(CANARY)}?name=${encodeURIComponent(CANARY)}`
  const failed = await send(server.url, { method: 'POST', path, ...json({ name: CANARY }) })
  await send(server.url, { path: `/${CANARY}` })
  await expect.poll(() => lines.length).toBe(3)

  const [error, request] = lines.map((line) => JSON.parse(line))
  expect(error).toMatchObject({
    level: 'error',
    traceId: failed.body.traceId,
    error: { message: 'cannot store "…" for …' },
  })
  expect(request).toMatchObject({ operation: 'testOperation', status: 500, code: 'internal', finished: true })
  expect(lines.join('')).not.toMatch(/Umaña|5123|%C3/)
})

it('the texts of database errors are not logged: they quote rows', () => {
  const error = Object.assign(new Error('Key (phone)=(+50251234567) already exists'), {
    code: '23505',
    detail: CANARY,
    parameters: [CANARY],
  })

  const described = describeError(new Error('outer', { cause: error }))

  expect(described.cause).toMatchObject({ name: 'Error', code: '23505' })
  expect(JSON.stringify(described)).not.toMatch(/Umaña|5025/)
})
