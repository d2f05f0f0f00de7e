import { expect, it } from 'vitest'
import { ManualClock } from '../platform/runtime/clock.ts'
import { AccessTokens } from './access-tokens.ts'

const claims = {
  tenantId: 'ten_01kb2xbfmze3mv9d0fq0n5x3ck',
  sessionId: 'ses_01kb2xbfmze3mv9d0fq0n5x3ck',
  personId: 'per_01kb2xbfmze3mv9d0fq0n5x3ck',
  scope: 'self:draft self:read',
  thumbprint: 'x'.repeat(43),
}
const clock = new ManualClock('2026-11-28T00:00:00Z')
const tokens = new AccessTokens(new Uint8Array(32).fill(1), clock)

it('says what it was issued for, for ten minutes', async () => {
  const token = await tokens.issue(claims, 'one')

  expect(await tokens.verify(token)).toEqual(claims)
  clock.advance(599)
  expect(await tokens.verify(token)).toEqual(claims)
  clock.advance(2)
  await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'unauthenticated' })
})

it.each([
  ['of another server', async () => new AccessTokens(new Uint8Array(32).fill(2), clock).issue(claims, 'two')],
  [
    'changed',
    async () => (await tokens.issue(claims, 'three')).replace(/\.[^.]+\./, (part) => `${part.slice(0, -5)}AAAA.`),
  ],
  ['without signature', async () => `${btoa('{"alg":"none","typ":"at+jwt"}')}.${btoa(JSON.stringify(claims))}.`],
  ['that is none', async () => 'nonsense'],
])('a token %s is refused', async (_what, make) => {
  await expect(tokens.verify(await make())).rejects.toMatchObject({ code: 'unauthenticated' })
})
