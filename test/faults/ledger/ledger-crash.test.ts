import { expect, it } from 'vitest'
import { runCampaign } from './campaign.ts'

const KILLS = { postgres: 40, database: 7, pglite: 3 }

it('50 kills of what writes to a ledger and of PostgreSQL itself: what was acknowledged is there, the rest whole or absent', async () => {
  const { places } = await runCampaign({ seed: 'ci', kills: KILLS, workMs: 300 })

  expect(places.flatMap(({ place, findings }) => findings.map((finding) => ({ place, ...finding })))).toEqual([])
  expect(Object.fromEntries(places.map(({ place, killCount }) => [place, killCount]))).toEqual(KILLS)
  const cut = places.reduce((sum, { unanswered }) => sum + unanswered.whole + unanswered.absent, 0)
  expect(cut, 'kills in the middle of requests').toBeGreaterThan(10)
  for (const { place, counts, transactionCount } of places) {
    expect(counts.done, place).toBeGreaterThan(0)
    expect(transactionCount, place).toBeGreaterThan(0)
  }
}, 300_000)
