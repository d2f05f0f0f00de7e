import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { openHits } from './explanations.ts'
import { screeningHandlers, screeningListHandlers } from './handlers.ts'
import { ListIndexes } from './list-indexes.ts'
import { hashAnswer } from './screen-lists.ts'
import { findScreening } from './store.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

type Tenant = Awaited<ReturnType<typeof aTenant>>

const screenings = () => screeningHandlers(world)

/** Asks about somebody who is not registered. */
async function asked(tenant: Tenant, name: string) {
  const { id } = await screenings().createScreening({ body: { query: { name } } }, aCall(tenant, 'create'))
  return screenings().getScreening({ screeningId: id }, aCall(tenant, 'get'))
}

async function loadList(tenant: Tenant, version: string, entries: { id: string; name: string }[]) {
  const handlers = screeningListHandlers(world)
  const about = { name: 'national', version, consequence: 'review', legalBasis: 'x', source: 'x' } as const
  const { id: listId } = await handlers.createScreeningList({ body: about }, aCall(tenant, 'create'))
  await handlers.addScreeningListEntries({ listId, body: { entries } }, aCall(tenant, 'add'))
  const activate = { actor: 'ana', entryCount: entries.length }
  await handlers.activateScreeningList({ listId, body: activate }, aCall(tenant, 'activate'))
}

it('a decision replays bit for bit, in a process that knows nothing, after the lists have changed', async () => {
  const tenant = await aTenant(world)
  const entries = [
    { id: '1', name: 'XURUMBUL ZAKIJ, Telésforo', aliases: ['Telo Xurumbul'] },
    { id: '2', name: 'Telesforo Shurumbul' },
  ]
  await loadList(tenant, '1', entries)
  const { id: screeningId, inputHash, answerHash, matches } = await asked(tenant, 'Telésforo Xurumbul Zakij')
  await loadList(tenant, '2', [{ id: '9', name: 'Nadie' }])

  const later = screeningHandlers({ ...world, listIndexes: new ListIndexes() })
  const replayed = await later.replayScreening({ screeningId }, aCall(tenant, 'replay'))

  expect(matches.length).toBeGreaterThan(0)
  expect(replayed).toEqual({
    ...{ screeningId, isSame: true, answerHash, replayedHash: answerHash },
    ...{ inputHash, replayedInputHash: inputHash },
  })
})

it('a replay shows an entry that somebody altered; the explanation is the one of then', async () => {
  const tenant = await aTenant(world)
  await loadList(tenant, '1', [{ id: '1', name: 'XURUMBUL ZAKIJ, Telésfora' }])
  const { id: screeningId, matches } = await asked(tenant, 'Telésfora Xurumbul Zakij')
  await world.db.query(
    `update screening_entries set content = '{"id":"1","name":"Otra Persona"}' where content::text like '%Telésfora%'`,
  )

  const later = screeningHandlers({ ...world, listIndexes: new ListIndexes() })

  expect(await later.replayScreening({ screeningId }, aCall(tenant, 'replay'))).toMatchObject({ isSame: false })
  const { matches: shown } = await later.getScreening({ screeningId }, aCall(tenant, 'get'))
  expect(shown[0]?.explanation).toEqual(matches[0]?.explanation)
})

it('a replay shows a question that is not what was hashed', async () => {
  const tenant = await aTenant(world)
  const { id: screeningId } = await asked(tenant, 'Nadie Nunca')
  await world.db.query('update screenings set input_hash = answer_hash where id = $1', [toUuid(screeningId, 'scr')])

  const replayed = await screenings().replayScreening({ screeningId }, aCall(tenant, 'replay'))

  expect(replayed).toMatchObject({ isSame: false, replayedHash: replayed.answerHash })
})

it('a screening is explained as it was when the rules have changed, and says that it cannot be asked again', async () => {
  const tenant = await aTenant(world)
  const { id: screeningId, matches } = await asked(tenant, 'Filiberta Ixbalanké Zúmuk')
  const screening = await findScreening(world.db, tenant.id, screeningId)
  if (screening === undefined) throw new Error('there is none')
  const older = { ...screening.context, algorithm: 'pisto-screening-0' }
  const answerHash = hashAnswer(older, (await openHits(world, world.db, tenant.id, screening)) ?? [])
  const id = toUuid(screeningId, 'scr')
  const of = [id, JSON.stringify(older), new Uint8Array(Buffer.from(answerHash, 'hex'))]
  await world.db.query(
    `with changed as (update screenings set answer_hash = $3 where id = $1 returning tenant_id, context_hash)
     update screening_contexts c set content = $2::text::json from changed x
     where c.tenant_id = x.tenant_id and c.hash = x.context_hash`,
    of,
  )
  const get = () => screenings().getScreening({ screeningId }, aCall(tenant, 'get'))

  expect(matches[0]?.explanation?.pairs.length).toBeGreaterThan(1)
  expect(await get()).toMatchObject({ algorithm: 'pisto-screening-0', matches })
  await expect(screenings().replayScreening({ screeningId }, aCall(tenant, 'replay'))).rejects.toMatchObject({
    code: 'screening_not_replayable',
    facts: { reason: 'rules pisto-screening-0' },
  })
  await world.db.query('update screenings set answer_hash = input_hash where id = $1', [id])
  expect((await get()).matches[0]?.explanation, 'not what was answered').toBeNull()
})

it('a screening from before hits were kept is explained by asking again', async () => {
  const tenant = await aTenant(world)
  const { id: screeningId, matches } = await asked(tenant, 'Filiberta Ixbalanké Zúmuk')
  await world.db.query('update screenings set sealed_hits = null where id = $1', [toUuid(screeningId, 'scr')])

  const { matches: shown } = await screenings().getScreening({ screeningId }, aCall(tenant, 'get'))

  expect(shown).toEqual(matches)
})
